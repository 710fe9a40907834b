namespace Ml.Autoencoders.Networks;

/// <summary>See <see cref="Network.Temporal"/>.</summary>
internal sealed class TemporalNetwork : SequenceNetwork
{
    private const int Stride = 2;

    /// <summary>Convolutions of which the last may still skip as many steps as it must.</summary>
    private const int MaxDilated = 16;

    private readonly IReadOnlyList<Layer> _layers;

    public TemporalNetwork(int[] filters, int kernel, Activation activation, bool batchNorm, bool dilated)
        : base("Network.Temporal")
    {
        Place place = Place.Call(Where);
        Require.Sizes(filters, Limits.Width, place, nameof(filters));
        Require.Within(kernel, 1, Limits.Convolution, place, nameof(kernel));
        Require.Defined(activation, place, nameof(activation));
        if (filters.Length == 0)
            throw new ArgumentException(
                $"{Where}: filters is empty; it must name the filters of at least one convolution.", nameof(filters));

        if (dilated && filters.Length > MaxDilated)
            throw new ArgumentException(FormattableString.Invariant(
                $"{Where}: filters is a list of {filters.Length}; dilated is true, and the last of more than ") +
                FormattableString.Invariant($"{MaxDilated} convolutions would skip too many steps."), nameof(filters));

        var list = new LayerList();
        for (int i = 0; i < filters.Length; i++)
        {
            if (dilated)
            {
                list.CausalConvolution(filters[i], kernel, 1 << i).Decorate(activation, batchNorm);
                continue;
            }
            // Half a kernel of zeros on each side: a filter then meets each step, and a step is left of any number.
            list.Convolution(filters[i], kernel, Stride, kernel / 2).Decorate(activation, batchNorm);
        }
        _layers = list.Layers;
    }

    private protected override IReadOnlyList<Layer> EncoderLayers() => _layers;

    /// <summary>Sequences of as many steps; the last layer gives the channels that are asked for.</summary>
    private protected override IReadOnlyList<Layer> Mirror(LayerStack encoder, int outputs)
    {
        Layer[] layers = [.. encoder.MirroredLayers()];
        if (outputs == encoder.InputShape.Count)
            return layers;
        SequenceFormat row = RowOf(encoder, outputs);
        return layers switch
        {
            [.. var before, TransposedConvolutionLayer last, var flat] =>
                [.. before, last with { Filters = row.Channels }, flat],
            [.. var before, CausalConvolutionLayer last, var flat] =>
                [.. before, last with { Filters = row.Channels }, flat],
            _ => throw new InvalidOperationException("The mirror of a temporal encoder ends in a convolution."),
        };
    }
}
