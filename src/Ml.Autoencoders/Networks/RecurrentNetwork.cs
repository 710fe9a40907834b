namespace Ml.Autoencoders.Networks;

/// <summary>See <see cref="Network.Recurrent"/>.</summary>
internal sealed class RecurrentNetwork : SequenceNetwork
{
    private readonly RecurrentLayer[] _layers;

    private readonly bool _feedsBack;
    private readonly float _droppedInputs;

    public RecurrentNetwork(int[] units, RecurrentCell cell, bool bidirectional, bool feedsBack, float droppedInputs)
        : base("Network.Recurrent")
    {
        Place place = Place.Call(Where);
        Require.Sizes(units, Limits.Width, place, nameof(units));
        Require.Defined(cell, place, nameof(cell));
        if (units.Length == 0)
            throw new ArgumentException(
                $"{Where}: units is empty; it must name the units of at least one layer.", nameof(units));
        Require.Within(droppedInputs, 0, 1, place, nameof(droppedInputs));
        if (droppedInputs > 0 && !feedsBack)
            throw place.Error(nameof(droppedInputs), FormattableString.Invariant(
                $"is {droppedInputs}; it must be 0 where feedsBack is false: ") +
                "nothing is fed back that could be dropped.");
        if (feedsBack && units.Length > Limits.Nesting)
            throw new ArgumentException(FormattableString.Invariant(
                $"{Where}: units is a list of {units.Length}; where feedsBack is true it must name at most ") +
                FormattableString.Invariant($"{Limits.Nesting} layers."), nameof(units));
        (_feedsBack, _droppedInputs) = (feedsBack, droppedInputs);
        _layers = [.. units.Select((count, i) => new RecurrentLayer(cell, count)
        {
            BothWays = bidirectional,
            LastState = i == units.Length - 1,
        })];
    }

    private protected override IReadOnlyList<Layer> EncoderLayers() => _layers;

    private protected override string? Decoding =>
        _feedsBack ? FormattableString.Invariant($"feeds back, {_droppedInputs} dropped") : null;

    /// <summary>The code unfolds into states of the last layer, those lead on to states of the one before, and so on; a
    /// linear map of each of the last gives the numbers of its step.</summary>
    private protected override IReadOnlyList<Layer> Mirror(LayerStack encoder, int outputs)
    {
        SequenceFormat row = RowOf(encoder, outputs);
        if (_feedsBack)
        {
            int[] units = [.. _layers.Reverse().Select(layer => layer.Units)];
            return [new FeedbackLayer(_layers[0].Cell, units, row.Steps, row.Channels, _droppedInputs)];
        }
        return
        [
            new UnfoldingLayer(_layers[^1].Cell, _layers[^1].Units, row.Steps),
            .. _layers.SkipLast(1).Reverse().Select(layer => layer with { BothWays = false }),
            new PerStepLayer([new LinearLayer(row.Channels)]),
        ];
    }
}
