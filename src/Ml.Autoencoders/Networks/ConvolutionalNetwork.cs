namespace Ml.Autoencoders.Networks;

/// <summary>See <see cref="Network.Convolutional"/>.</summary>
internal sealed class ConvolutionalNetwork : Network
{
    private const int Kernel = 3;
    private const int Stride = 2;
    private const int Padding = 1;

    private readonly IReadOnlyList<Layer> _layers;

    public ConvolutionalNetwork(int height, int width, int channels, int[] filters, Activation activation, bool batchNorm)
    {
        const string Where = "Network.Convolutional";
        Require.AtLeast(height, 1, Where, nameof(height));
        Require.AtLeast(width, 1, Where, nameof(width));
        Require.AtLeast(channels, 1, Where, nameof(channels));
        Require.Sizes(filters, Where, nameof(filters));
        Require.Defined(activation, Where, nameof(activation));
        if (filters.Length == 0)
            throw new ArgumentException($"{Where}: filters is empty; it must name the filters of at least one convolution.", nameof(filters));

        var list = new LayerList().Reshape(channels, height, width);
        foreach (int count in filters)
            list.Convolution(count, Kernel, Stride, Padding).Decorate(activation, batchNorm);
        _layers = list.Layers;
    }

    private protected override IReadOnlyList<Layer> EncoderLayers() => _layers;
}
