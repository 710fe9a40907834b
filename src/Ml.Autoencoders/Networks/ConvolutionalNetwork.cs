namespace Ml.Autoencoders.Networks;

/// <summary>See <see cref="Network.Convolutional"/>.</summary>
internal sealed class ConvolutionalNetwork : Network
{
    private const int Kernel = 3;
    private const int Stride = 2;
    private const int Padding = 1;

    private readonly IReadOnlyList<Layer> _layers;
    private readonly ImageFormat _image;
    private readonly int _firstFilters;
    private readonly Activation _activation;
    private readonly bool _batchNorm;

    public ConvolutionalNetwork(int height, int width, int channels, int[] filters, Activation activation,
        bool batchNorm)
    {
        const string Where = "Network.Convolutional";
        ImageFormat.Check(height, width, channels, Where);
        Require.Sizes(filters, Limits.Width, Where, nameof(filters));
        Require.Defined(activation, Where, nameof(activation));
        if (filters.Length == 0)
            throw new ArgumentException(
                $"{Where}: filters is empty; it must name the filters of at least one convolution.", nameof(filters));

        var list = new LayerList().Reshape(channels, height, width);
        foreach (int count in filters)
            list.Convolution(count, Kernel, Stride, Padding).Decorate(activation, batchNorm);
        new LayerStack(Shape.Vector(channels * height * width), list.Layers).Check(Where);
        _layers = list.Layers;
        _image = new ImageFormat(height, width, channels);
        _firstFilters = filters[0];
        _activation = activation;
        _batchNorm = batchNorm;
    }

    private protected override IReadOnlyList<Layer> EncoderLayers() => _layers;

    /// <summary>
    /// Where pictures grow, the layer that would give a small picture gives filters, and one more the large picture.
    /// </summary>
    private protected override IReadOnlyList<Layer> Mirror(LayerStack encoder, int outputs)
    {
        Layer[] layers = [.. encoder.MirroredLayers()];
        long inputs = encoder.InputShape.Count;
        if (outputs == inputs)
            return layers;
        int factor = (int)Math.Round(Math.Sqrt((double)outputs / inputs));
        if (factor < 2 || factor * factor * inputs != outputs)
        {
            throw new NetworkException(
                $"Network.Convolutional of {_image.Shape} gives pictures of that size or of a whole multiple of it, " +
                $"and {outputs} numbers per row are neither. Network.Compose with a custom decoder, or " +
                "Network.Dense, gives any.");
        }
        if (layers is not [.. var before, TransposedConvolutionLayer last, ReshapeLayer flat])
            throw new InvalidOperationException(
                "The mirror of a convolutional encoder ends in a transposed convolution.");
        IReadOnlyList<Layer> decoration = new LayerList().Decorate(_activation, _batchNorm).Layers;
        return [.. before, last with { Filters = _firstFilters }, .. decoration,
            new TransposedConvolutionLayer(_image.Channels, factor + 2 * Padding, factor, Padding, 0, 0), flat];
    }
}
