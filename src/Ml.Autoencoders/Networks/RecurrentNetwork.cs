namespace Ml.Autoencoders.Networks;

/// <summary>See <see cref="Network.Recurrent"/>.</summary>
internal sealed class RecurrentNetwork : SequenceNetwork
{
    private readonly RecurrentLayer[] _layers;

    private readonly bool _feedsBack;
    private readonly float _droppedInputs;
    private readonly float _scheduledSampling;

    public RecurrentNetwork(int[] units, RecurrentCell cell, bool bidirectional, bool feedsBack, float droppedInputs,
        float scheduledSampling)
        : base("Network.Recurrent")
    {
        Place place = Place.Call(Where);
        Require.Sizes(units, Limits.Width, place, nameof(units));
        Require.Defined(cell, place, nameof(cell));
        if (units.Length == 0)
            throw new ArgumentException(
                $"{Where}: units is empty; it must name the units of at least one layer.", nameof(units));
        RequireOfFeedback(droppedInputs, feedsBack, place, nameof(droppedInputs), "dropped");
        RequireOfFeedback(scheduledSampling, feedsBack, place, nameof(scheduledSampling), "sampled");
        if (feedsBack && units.Length > Limits.Nesting)
            throw new ArgumentException(FormattableString.Invariant(
                $"{Where}: units is a list of {units.Length}; where feedsBack is true it must name at most ") +
                FormattableString.Invariant($"{Limits.Nesting} layers."), nameof(units));
        (_feedsBack, _droppedInputs, _scheduledSampling) = (feedsBack, droppedInputs, scheduledSampling);
        _layers = [.. units.Select((count, i) => new RecurrentLayer(cell, count)
        {
            BothWays = bidirectional,
            LastState = i == units.Length - 1,
        })];
    }

    private protected override IReadOnlyList<Layer> EncoderLayers() => _layers;

    private protected override string? Decoding => _feedsBack ? FormattableString.Invariant(
        $"feeds back, {_droppedInputs} dropped, {_scheduledSampling} sampled") : null;

    /// <summary>The code unfolds into states of the last layer, those lead on to states of the one before, and so on; a
    /// linear map of each of the last gives the numbers of its step.</summary>
    private protected override IReadOnlyList<Layer> Mirror(LayerStack encoder, int outputs)
    {
        SequenceFormat row = RowOf(encoder, outputs);
        if (_feedsBack)
        {
            int[] units = [.. _layers.Reverse().Select(layer => layer.Units)];
            return
            [
                new FeedbackLayer(_layers[0].Cell, units, row.Steps, row.Channels, _droppedInputs)
                {
                    ScheduledSampling = _scheduledSampling,
                },
            ];
        }
        return
        [
            new UnfoldingLayer(_layers[^1].Cell, _layers[^1].Units, row.Steps),
            .. _layers.SkipLast(1).Reverse().Select(layer => layer with { BothWays = false }),
            new PerStepLayer([new LinearLayer(row.Channels)]),
        ];
    }

    private static void RequireOfFeedback(float probability, bool feedsBack, Place place, string name, string what)
    {
        Require.Within(probability, 0, 1, place, name);
        if (probability > 0 && !feedsBack)
            throw place.Error(name, FormattableString.Invariant(
                $"is {probability}; it must be 0 where feedsBack is false: nothing is fed back that could be {what}."));
    }
}
