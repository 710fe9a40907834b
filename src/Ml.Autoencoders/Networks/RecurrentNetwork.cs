namespace Ml.Autoencoders.Networks;

/// <summary>See <see cref="Network.Recurrent"/>.</summary>
internal sealed class RecurrentNetwork : SequenceNetwork
{
    private readonly RecurrentLayer[] _layers;

    public RecurrentNetwork(int[] units, RecurrentCell cell, bool bidirectional)
        : base("Network.Recurrent")
    {
        Place place = Place.Call(Where);
        Require.Sizes(units, Limits.Width, place, nameof(units));
        Require.Defined(cell, place, nameof(cell));
        if (units.Length == 0)
            throw new ArgumentException(
                $"{Where}: units is empty; it must name the units of at least one layer.", nameof(units));
        _layers = [.. units.Select((count, i) => new RecurrentLayer(cell, count)
        {
            BothWays = bidirectional,
            LastState = i == units.Length - 1,
        })];
    }

    private protected override IReadOnlyList<Layer> EncoderLayers() => _layers;

    /// <summary>The code unfolds into states of the last layer, those lead on to states of the one before, and so on; a
    /// linear map of each of the last gives the numbers of its step.</summary>
    private protected override IReadOnlyList<Layer> Mirror(LayerStack encoder, int outputs)
    {
        SequenceFormat row = RowOf(encoder, outputs);
        return
        [
            new UnfoldingLayer(_layers[^1].Cell, _layers[^1].Units, row.Steps),
            .. _layers.SkipLast(1).Reverse().Select(layer => layer with { BothWays = false }),
            new PerStepLayer([new LinearLayer(row.Channels)]),
        ];
    }
}
