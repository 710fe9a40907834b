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
    /// <param name="lastAxis">Whether it takes a row of any shape and acts on its last axis: the width of an image, the
    /// steps of a sequence. <see cref="PerStep"/> acts on the channels of each step.</param>
    public LayerList Linear(int outputs, bool lastAxis = false) =>
        Add(new LinearLayer(outputs) { LastAxis = lastAxis }, nameof(Linear));

    /// <summary>A convolution. Takes an image C x H x W, gives <paramref name="filters"/> x H' x W' with
    /// H' = (H + 2 padding - kernel) / stride + 1, rounded down; or takes a sequence C x T, gives
    /// <paramref name="filters"/> x T'.</summary>
    /// <param name="filters">Output channels, at least 1, at most 536,870,897.</param>
    /// <param name="kernel">Height and width of a filter, or its steps, at least 1, at most 65,536.</param>
    /// <param name="stride">Step between outputs, at least 1, at most 65,536; 2 halves the image.</param>
    /// <param name="padding">Zeros around the image, at least 0, at most the kernel.</param>
    public LayerList Convolution(int filters, int kernel = 3, int stride = 2, int padding = 1) =>
        Add(new ConvolutionLayer(filters, kernel, stride, padding), nameof(Convolution));

    /// <summary>A convolution whose numbers differ between height and width.</summary>
    /// <param name="filters">Output channels, at least 1, at most 536,870,897.</param>
    /// <param name="kernel">Height and width of a filter, each at least 1, at most 65,536.</param>
    /// <param name="stride">Steps between outputs along height and width, each at least 1, at most 65,536.</param>
    /// <param name="padding">Zeros above and below, and at the sides, each at least 0, at most the kernel's
    /// side.</param>
    /// <exception cref="ArgumentNullException">A list is null.</exception>
    public LayerList ConvolutionPerAxis(int filters, int[] kernel, int[] stride, int[] padding)
    {
        Place place = Place.Call(nameof(ConvolutionPerAxis));
        return Add(new ConvolutionLayer(filters, ByAxis(kernel, place, nameof(kernel)),
            ByAxis(stride, place, nameof(stride)), ByAxis(padding, place, nameof(padding))),
            nameof(ConvolutionPerAxis));
    }

    /// <summary>A transposed convolution. Takes an image C x H x W, gives <paramref name="filters"/> x H' x W' with
    /// H' = (H - 1) stride - 2 padding + kernel + outputPadding; or takes a sequence C x T, gives
    /// <paramref name="filters"/> x T'.</summary>
    /// <param name="filters">Output channels, at least 1, at most 536,870,897.</param>
    /// <param name="kernel">Height and width of a filter, or its steps, at least 1, at most 65,536.</param>
    /// <param name="stride">Step between inputs, at least 1, at most 65,536; 2 doubles the image.</param>
    /// <param name="padding">Rows and columns cut from each side, at least 0, at most the kernel.</param>
    /// <param name="outputPadding">Rows and columns added at the bottom and the right, at least 0 and
    /// below the stride.</param>
    public LayerList TransposedConvolution(int filters, int kernel = 3, int stride = 2, int padding = 1,
        int outputPadding = 1) =>
        Add(new TransposedConvolutionLayer(filters, kernel, stride, padding, outputPadding, outputPadding),
            nameof(TransposedConvolution));

    /// <summary>A transposed convolution whose numbers differ between height and width.</summary>
    /// <param name="filters">Output channels, at least 1, at most 536,870,897.</param>
    /// <param name="kernel">Height and width of a filter, each at least 1, at most 65,536.</param>
    /// <param name="stride">Steps between inputs along height and width, each at least 1, at most 65,536.</param>
    /// <param name="padding">Rows and columns cut from each side, each at least 0, at most the kernel's side.</param>
    /// <param name="outputPadding">Rows added at the bottom and columns added at the right, each at least 0 and below
    /// the stride.</param>
    /// <exception cref="ArgumentNullException">A list is null.</exception>
    public LayerList TransposedConvolutionPerAxis(int filters, int[] kernel, int[] stride, int[] padding,
        int[] outputPadding)
    {
        Place place = Place.Call(nameof(TransposedConvolutionPerAxis));
        PerAxis added = ByAxis(outputPadding, place, nameof(outputPadding));
        return Add(new TransposedConvolutionLayer(filters, ByAxis(kernel, place, nameof(kernel)),
            ByAxis(stride, place, nameof(stride)), ByAxis(padding, place, nameof(padding)), added[0], added[1]),
            nameof(TransposedConvolutionPerAxis));
    }

    /// <summary>A causal convolution with gaps between the steps under its kernel (van den Oord et al. 2016): takes a
    /// sequence C x T, gives <paramref name="filters"/> x T. Each step meets itself and kernel - 1 steps before it,
    /// each <paramref name="dilation"/> steps before the next; before the first step there are zeros.</summary>
    /// <param name="filters">Output channels, at least 1, at most 536,870,897.</param>
    /// <param name="kernel">Steps that a filter meets, at least 1, at most 65,536.</param>
    /// <param name="dilation">From one of these to the next, at least 1, at most 65,536.</param>
    public LayerList CausalConvolution(int filters, int kernel = 3, int dilation = 1) =>
        Add(new CausalConvolutionLayer(filters, kernel, dilation), nameof(CausalConvolution));

    /// <summary>The row as an image, channel by channel: at most 536,870,897 numbers.</summary>
    /// <param name="channels">At least 1.</param>
    /// <param name="height">At least 1.</param>
    /// <param name="width">At least 1.</param>
    public LayerList Reshape(int channels, int height, int width)
    {
        ImageFormat.Check(height, width, channels, nameof(Reshape));
        return Add(new ReshapeLayer(Shape.Image(channels, height, width)), nameof(Reshape));
    }

    /// <summary>The row as a sequence C x T, which it holds step by step: the numbers of all channels at the first
    /// step, then those at the next. At most 536,870,897 numbers.</summary>
    /// <param name="steps">T, at least 1.</param>
    /// <param name="channels">Numbers per step, C, at least 1.</param>
    public LayerList Sequence(int steps, int channels = 1)
    {
        SequenceFormat.Check(steps, channels, Place.Call(nameof(Sequence)));
        return Add(new ReshapeLayer(Shape.Sequence(channels, steps)), nameof(Sequence));
    }

    /// <summary>A row of tokens as a sequence (<paramref name="classes"/> + 1) x <paramref name="steps"/>, in which at
    /// each step the channel of its class is 1 and the others are 0. Class 0 is that of steps that are missing or
    /// masked. The whole part of a number counts; NaN, and what is below 0 or above <paramref name="classes"/>, is
    /// class 0.</summary>
    /// <param name="steps">T, at least 1.</param>
    /// <param name="classes">Classes besides 0, V, at least 1, at most 16,777,216: the keys that a step can have. A
    /// sequence can have at most 536,870,897 numbers.</param>
    public LayerList Tokens(int steps, int classes) => Add(new TokenLayer(steps, classes), nameof(Tokens));

    /// <summary>An image as a vector, channel by channel; or a sequence, step by step.</summary>
    public LayerList Flatten() => Add(new ReshapeLayer(null), nameof(Flatten));

    /// <summary>A row plus what layers make of it, x + f(x): takes a row of any shape, gives one of the same (He et al.
    /// 2016, "Deep Residual Learning for Image Recognition").</summary>
    /// <param name="layers">Adds the layers of f, at least one, which give what they take.</param>
    /// <exception cref="ArgumentNullException"><paramref name="layers"/> is null.</exception>
    public LayerList Residual(Action<LayerList> layers) =>
        Add(new ResidualLayer(Inner(layers, nameof(Residual))), nameof(Residual));

    /// <summary>The same layers for each step of a sequence: takes a sequence C x T, gives C' x T.</summary>
    /// <param name="layers">Adds the layers, at least one. They take the C numbers of a step as a vector, and give one
    /// of C' numbers.</param>
    /// <exception cref="ArgumentNullException"><paramref name="layers"/> is null.</exception>
    public LayerList PerStep(Action<LayerList> layers) =>
        Add(new PerStepLayer(Inner(layers, nameof(PerStep))), nameof(PerStep));

    /// <summary>A recurrence over the steps of a sequence, from a state of zeros on (see <see cref="RecurrentCell"/>):
    /// takes a sequence C x T, gives <paramref name="units"/> x T, the states at all steps; or the last one, a vector
    /// of <paramref name="units"/>.</summary>
    /// <param name="units">Numbers of a state, H, at least 1, at most 16,777,216.</param>
    /// <param name="cell">What it computes at each step.</param>
    /// <param name="bidirectional">Whether a second recurrence goes through the steps from the last to the first, so
    /// that twice as many numbers are given.</param>
    /// <param name="lastState">Whether the last state of each direction is given instead of all.</param>
    public LayerList Recurrent(int units, RecurrentCell cell = RecurrentCell.Lstm, bool bidirectional = false,
        bool lastState = false) =>
        Add(new RecurrentLayer(cell, units) { BothWays = bidirectional, LastState = lastState }, nameof(Recurrent));

    /// <summary>A recurrence that a vector drives: takes a vector, gives a sequence <paramref name="units"/> x
    /// <paramref name="steps"/>. The states begin as tanh of a linear map of the vector, and the vector is what each
    /// step is given.</summary>
    /// <param name="steps">T, at least 1, at most 536,870,897.</param>
    /// <param name="units">Numbers of a state, H, at least 1, at most 16,777,216.</param>
    /// <param name="cell">What it computes at each step.</param>
    public LayerList Unfold(int steps, int units, RecurrentCell cell = RecurrentCell.Lstm) =>
        Add(new UnfoldingLayer(cell, units, steps), nameof(Unfold));

    /// <summary>Batch normalization (Ioffe and Szegedy 2015). Training batches need at least 2 rows.</summary>
    public LayerList BatchNorm() => Add(new BatchNormLayer(), nameof(BatchNorm));

    /// <summary>Layer normalization (Ba et al. 2016).</summary>
    /// <param name="lastAxis">Whether the last axis of a row is normalized by itself, instead of the whole row: the
    /// width of an image, the steps of a sequence.</param>
    public LayerList LayerNorm(bool lastAxis = false) =>
        Add(new LayerNormLayer { LastAxis = lastAxis }, nameof(LayerNorm));

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

    private static PerAxis ByAxis(int[] numbers, Place place, string name)
    {
        Require.NotNull(numbers, place, name);
        PerAxis each = PerAxis.Of(numbers);
        ConvolutionNumbers.Check(each, place, name);
        return each;
    }

    private static IReadOnlyList<Layer> Inner(Action<LayerList> layers, string method)
    {
        Require.NotNull(layers, Place.Call(method), nameof(layers));
        return Collect(layers);
    }

    private LayerList Add(Layer layer, string method)
    {
        layer.Check(Place.Call(method));
        _layers.Add(layer);
        return this;
    }
}
