using Ml.Autoencoders.Networks;

namespace Ml.Autoencoders;

/// <summary>
/// The layers of a custom network, added in order: <c>layers.Linear(300).Gelu().LayerNorm()</c>.
/// </summary>
/// <remarks>Shapes are given without the batch dimension. Rows enter as vectors.</remarks>
public sealed class LayerList
{
    private readonly List<Layer> _layers = [];

    internal LayerList()
    {
    }

    internal IReadOnlyList<Layer> Layers => _layers;

    internal static IReadOnlyList<Layer> Collect(Action<LayerList> add)
    {
        var list = new LayerList();
        add(list);
        return [.. list._layers];
    }

    /// <summary>
    /// A fully connected layer, W x + b. Takes a vector, gives a vector of <paramref name="outputs"/>.
    /// </summary>
    /// <param name="outputs">At least 1, at most 536,870,897.</param>
    public LayerList Linear(int outputs) => Add(new LinearLayer(outputs), nameof(Linear));

    /// <summary>A 2-D convolution. Takes an image C x H x W, gives <paramref name="filters"/> x H' x W' with
    /// H' = (H + 2 padding - kernel) / stride + 1, rounded down.</summary>
    /// <param name="filters">Output channels, at least 1, at most 536,870,897.</param>
    /// <param name="kernel">Height and width of a filter, at least 1, at most 65,536.</param>
    /// <param name="stride">Step between outputs, at least 1, at most 65,536; 2 halves the image.</param>
    /// <param name="padding">Zeros around the image, at least 0, at most the kernel.</param>
    public LayerList Convolution(int filters, int kernel = 3, int stride = 2, int padding = 1) =>
        Add(new ConvolutionLayer(filters, kernel, stride, padding), nameof(Convolution));

    /// <summary>A transposed 2-D convolution. Takes an image C x H x W, gives <paramref name="filters"/> x H' x W' with
    /// H' = (H - 1) stride - 2 padding + kernel + outputPadding.</summary>
    /// <param name="filters">Output channels, at least 1, at most 536,870,897.</param>
    /// <param name="kernel">Height and width of a filter, at least 1, at most 65,536.</param>
    /// <param name="stride">Step between inputs, at least 1, at most 65,536; 2 doubles the image.</param>
    /// <param name="padding">Rows and columns cut from each side, at least 0, at most the kernel.</param>
    /// <param name="outputPadding">Rows and columns added at the bottom and the right, at least 0 and
    /// below the stride.</param>
    public LayerList TransposedConvolution(int filters, int kernel = 3, int stride = 2, int padding = 1,
        int outputPadding = 1) =>
        Add(new TransposedConvolutionLayer(filters, kernel, stride, padding, outputPadding, outputPadding),
            nameof(TransposedConvolution));

    /// <summary>The row as an image, channel by channel: at most 536,870,897 numbers.</summary>
    /// <param name="channels">At least 1.</param>
    /// <param name="height">At least 1.</param>
    /// <param name="width">At least 1.</param>
    public LayerList Reshape(int channels, int height, int width)
    {
        ImageFormat.Check(height, width, channels, nameof(Reshape));
        return Add(new ReshapeLayer(Shape.Image(channels, height, width)), nameof(Reshape));
    }

    /// <summary>An image as a vector.</summary>
    public LayerList Flatten() => Add(new ReshapeLayer(null), nameof(Flatten));

    /// <summary>Batch normalization (Ioffe and Szegedy 2015). Training batches need at least 2 rows.</summary>
    public LayerList BatchNorm() => Add(new BatchNormLayer(), nameof(BatchNorm));

    /// <summary>Layer normalization (Ba et al. 2016).</summary>
    public LayerList LayerNorm() => Add(new LayerNormLayer(), nameof(LayerNorm));

    /// <summary>Dropout (Srivastava et al. 2014), in training only.</summary>
    /// <param name="rate">The probability that a number is set to 0; at least 0, below 1.</param>
    public LayerList Dropout(float rate = 0.5f) => Add(new DropoutLayer(rate), nameof(Dropout));

    /// <summary>Any <see cref="Activation"/>.</summary>
    /// <param name="activation">The function.</param>
    public LayerList Activation(Activation activation) => Add(new ActivationLayer(activation), nameof(Activation));

    /// <summary><see cref="Activation.Relu"/>.</summary>
    public LayerList Relu() => Activation(Autoencoders.Activation.Relu);

    /// <summary><see cref="Activation.LeakyRelu"/>.</summary>
    public LayerList LeakyRelu() => Activation(Autoencoders.Activation.LeakyRelu);

    /// <summary><see cref="Activation.Elu"/>.</summary>
    public LayerList Elu() => Activation(Autoencoders.Activation.Elu);

    /// <summary><see cref="Activation.Gelu"/>.</summary>
    public LayerList Gelu() => Activation(Autoencoders.Activation.Gelu);

    /// <summary><see cref="Activation.Silu"/>.</summary>
    public LayerList Silu() => Activation(Autoencoders.Activation.Silu);

    /// <summary><see cref="Activation.Tanh"/>.</summary>
    public LayerList Tanh() => Activation(Autoencoders.Activation.Tanh);

    /// <summary><see cref="Activation.Sigmoid"/>.</summary>
    public LayerList Sigmoid() => Activation(Autoencoders.Activation.Sigmoid);

    internal LayerList Decorate(Activation activation, bool batchNorm) =>
        (batchNorm ? BatchNorm() : this).Activation(activation);

    private LayerList Add(Layer layer, string method)
    {
        layer.Check(Place.Call(method));
        _layers.Add(layer);
        return this;
    }
}
