namespace Ml.Autoencoders.Networks;

/// <summary>See <see cref="Network.Temporal"/>.</summary>
internal sealed class TemporalNetwork : SequenceNetwork
{
    private const int Stride = 2;

    private readonly IReadOnlyList<Layer> _layers;

    public TemporalNetwork(int[] filters, int kernel, Activation activation, bool batchNorm)
        : base("Network.Temporal")
    {
        Place place = Place.Call(Where);
        Require.Sizes(filters, Limits.Width, place, nameof(filters));
        Require.Within(kernel, 1, Limits.Convolution, place, nameof(kernel));
        Require.Defined(activation, place, nameof(activation));
        if (filters.Length == 0)
            throw new ArgumentException(
                $"{Where}: filters is empty; it must name the filters of at least one convolution.", nameof(filters));

        var list = new LayerList();
        foreach (int count in filters)
        {
            // Half a kernel of zeros on each side: a filter then meets each step, and a step is left of any number.
            list.Convolution(count, kernel, Stride, kernel / 2).Decorate(activation, batchNorm);
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
        if (layers is not [.. var before, TransposedConvolutionLayer last, ReshapeLayer flat])
            throw new InvalidOperationException("The mirror of a temporal encoder ends in a transposed convolution.");
        return [.. before, last with { Filters = row.Channels }, flat];
    }
}
