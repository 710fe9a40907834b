using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Networks;

namespace Ml.Autoencoders.ManagedScoring;

/// <summary>
/// Plans how the layers of a stack compute in managed memory. Layers that do nothing in prediction are left out, and
/// reshapes move nothing as long as the next layer can read numbers where they lie.
/// </summary>
internal sealed partial class ManagedCompiler
{
    private readonly List<PlannedOperation> _operations = [];
    private readonly int _labels;

    /// <summary>The hidden layers whose outputs may be requested, in order.</summary>
    private readonly IReadOnlyList<HiddenLayer> _hidden;

    /// <summary>How many of them were planned, and the numbers that they give.</summary>
    private (int Count, int Size) _tapped;

    /// <summary>The last linear layer or convolution, as long as a normalization may still be folded into it.</summary>
    private OpenProduct? _open;

    private PictureLayout _layout;

    private ManagedCompiler(int inputs, int labels, IReadOnlyList<HiddenLayer> hidden) =>
        (_layout, _labels, _hidden) = (PictureLayout.Vector(inputs), labels, hidden);

    /// <param name="stack">The layers.</param>
    /// <param name="labels">Numbers of the one-hot label appended to a row, K; then the first layer to compute
    /// has to be one that takes it.</param>
    /// <param name="count">How many of the layers, from the first on.</param>
    /// <param name="hidden">The hidden layers whose outputs may be requested, in order.</param>
    public static ManagedPlan Plan(LayerStack stack, int labels, int count, IReadOnlyList<HiddenLayer> hidden)
    {
        int inputs = (int)stack.InputShape.Count - labels;
        var compiler = new ManagedCompiler(inputs, labels, hidden);
        for (int i = 0; i < count; i++)
        {
            Shape output = i + 1 < stack.Layers.Count ? stack.LayerInputs[i + 1] : stack.OutputShape;
            if (!compiler.Add(i, stack.Layers[i], stack.LayerInputs[i], output))
                return new ManagedPlan(inputs, 0, []) { Obstacle = stack.Layers[i].ToString() };
        }
        compiler.Finish();
        return new ManagedPlan(inputs, (int)stack.OutputShape.Count, compiler._operations)
        {
            HasPictures = stack.LayerInputs.Any(shape => !shape.IsVector),
            Hidden = compiler._tapped.Size,
        };
    }

    private bool IsFirst => _open is null && _operations.Count == 0;

    /// <returns>Whether the layer can compute in managed memory.</returns>
    private bool Add(int index, Layer layer, Shape input, Shape output)
    {
        switch (layer)
        {
            case DropoutLayer:
                return true;
            case ReshapeLayer:
                Reshape(input, output);
                return true;
            case ConditionedReshapeLayer planes when IsFirst:
                AddPlanes(planes);
                return true;
            case TokenLayer tokens when IsFirst:
                return AddTokens(tokens);
            case LinearLayer when input.IsVector:
                AddLinear(index, output);
                return true;
            case UnfoldingLayer unfolding:
                return AddUnfolding(index, unfolding);
            case FeedbackLayer feedback:
                return AddFeedback(index, feedback, input);
            // From here on a label would have to be in the row already.
            case var _ when IsFirst && _labels > 0:
                return false;
            case ConvolutionLayer convolution:
                return AddConvolution(index, convolution, input, output);
            case CausalConvolutionLayer convolution:
                return AddCausal(index, convolution, input);
            case TransposedConvolutionLayer convolution:
                return AddTransposition(index, convolution, input, output);
            case PerStepLayer { Layers: [LinearLayer linear] }:
                return AddEachStep(index, "0.", linear.Outputs, input);
            case PerSegmentLayer segments:
                return AddSegments(index, segments, input);
            case RecurrentLayer recurrent:
                return AddRecurrence(index, recurrent, input);
            case ActivationLayer activation:
                AddActivation(index, activation);
                return true;
            case BatchNormLayer:
                AddBatchNorm(index, input);
                return true;
            case LayerNormLayer norm when !norm.LastAxis || input.IsVector:
                AddLayerNorm(index);
                return true;
            default:
                return false;
        }
    }

    private void Reshape(Shape input, Shape shape)
    {
        if (input.IsSequence)
            _layout = _layout.Turned; // a vector holds it step by step
        if (shape.IsVector)
            return; // its numbers are where they were
        (int channels, int pixels) = PictureOf(shape);
        if (shape.IsSequence)
        {
            ReshapeToSequence(channels, pixels);
            return;
        }
        if ((channels, pixels) == (_layout.Channels, _layout.Pixels))
            return;
        if (_open is { IsLinear: true } linear && _layout.IsPlain)
        {
            // A linear layer writes its outputs in whichever order the next one reads them.
            PictureLayout to = PictureLayout.Innermost(channels, pixels, channels);
            _open = linear with
            {
                Make = (weight, bias) => linear.Make(
                    PlacedNumbers.Ordered(weight, to, linear.Inner), PlacedNumbers.Ordered(bias, to, 1)),
            };
            _layout = to;
            return;
        }
        MakePlain();
        _layout = PictureLayout.Plain(channels, pixels);
    }

    private void ReshapeToSequence(int channels, int steps)
    {
        if ((steps, channels) != (_layout.Channels, _layout.Pixels))
        {
            MakePlain();
            _layout = PictureLayout.Plain(steps, channels);
        }
        // A normalization by channel is not one of outputs that follow each other.
        if (_open is { IsLinear: true } && channels > 1 && steps > 1)
            Close();
        _layout = _layout.Turned;
    }

    private void AddPlanes(ConditionedReshapeLayer layer)
    {
        (int channels, int pixels) = PictureOf(layer.Image);
        int labels = layer.Labels;
        PictureLayout from = layer.Image.IsSequence
            ? PictureLayout.Innermost(channels, pixels, channels) : PictureLayout.Plain(channels, pixels);
        Add((long)pixels * (channels + labels), 0, _ => new LabelPlanes(from, labels));
        _layout = PictureLayout.Innermost(channels + labels, pixels, channels + labels);
    }

    private void AddLinear(int index, Shape output)
    {
        int labels = IsFirst ? _labels : 0;
        if (!_layout.IsCompact)
            MakePlain();
        PictureLayout from = _layout;
        int outputs = (int)output.Count;
        Open(new OpenProduct(index, outputs, from.Count + labels, PackedPanels.StrideOf((long)outputs),
            PackedPanels.StrideOf((long)outputs) * from.Count,
            (weight, bias) => new PackedLinear(
                from.IsPlain ? weight : PlacedNumbers.Columns(weight, bias.Length, from, labels), bias, labels))
        { IsLinear = true }, PictureLayout.Vector(outputs));
    }

    private bool AddConvolution(int index, ConvolutionLayer layer, Shape input, Shape output)
    {
        (int filters, int pixels) = PictureOf(output);
        long stride = PackedPanels.StrideOf((long)filters) * pixels;
        if (stride > ManagedPlan.MaxStride)
            return false;
        PictureLayout from = _layout;
        (ConvolutionAxis first, ConvolutionAxis last) =
            AxesOf(input, output, layer.Kernel, layer.Stride, layer.Padding);
        var geometry = new ConvolutionGeometry(first, last, input.Dimensions[0], filters);
        int inner = geometry.Taps * geometry.ManyChannels;
        Open(new OpenProduct(index, filters, inner, stride, PackedPanels.StrideOf((long)filters) * inner,
            (weight, bias) => new PackedConvolution(geometry, from, weight, bias)),
            PackedConvolution.ResultOf(filters, pixels));
        return true;
    }

    private bool AddTransposition(int index, TransposedConvolutionLayer layer, Shape input, Shape output)
    {
        (int filters, int pixels) = PictureOf(output);
        (ConvolutionAxis first, ConvolutionAxis last) =
            AxesOf(output, input, layer.Kernel, layer.Stride, layer.Padding);
        var geometry = new ConvolutionGeometry(first, last, filters, input.Dimensions[0]);
        if (!_layout.IsInnermost)
            Rearrange(PictureLayout.Innermost(_layout.Channels, _layout.Pixels, _layout.Channels));
        PictureLayout from = _layout;
        Open(new OpenProduct(index, filters, geometry.Taps, (long)filters * pixels,
            PackedPanels.StrideOf((long)filters * geometry.Taps) * geometry.FewChannels,
            (weight, bias) => new PackedTransposition(geometry, from, weight, bias)),
            PackedTransposition.ResultOf(filters, pixels));
        return true;
    }

    private void AddBatchNorm(int index, Shape input)
    {
        int features = input.Dimensions[0];
        if (_open?.Fold(index, features) == true)
            return;
        (PictureLayout layout, int shared) = (_layout, (int)(input.Count / features));
        AddStep(numbers =>
        {
            (float[] scale, float[] shift) = BatchNormFold.Of(name => numbers(index, name));
            return new AffineStep(PlacedNumbers.PerPlace(scale, layout, shared),
                PlacedNumbers.PerPlace(shift, layout, shared));
        });
    }

    private void AddLayerNorm(int index)
    {
        if (!_layout.IsCompact)
            MakePlain();
        PictureLayout layout = _layout;
        AddStep(numbers => new LayerNormStep(PlacedNumbers.PerPlace(numbers(index, "weight"), layout, 1),
            PlacedNumbers.PerPlace(numbers(index, "bias"), layout, 1)));
    }

    private void AddActivation(int index, ActivationLayer layer)
    {
        var step = new ActivationStep(layer.Function, TapOf(index));
        AddStep(_ => step);
    }

    /// <summary>What reads the output of a hidden layer where it lies; null for another layer.</summary>
    private HiddenTap? TapOf(int index)
    {
        if (_tapped.Count == _hidden.Count || _hidden[_tapped.Count].Index != index)
            return null;
        HiddenLayer layer = _hidden[_tapped.Count];
        var tap = new HiddenTap(_layout, layer.Shape, _tapped.Size);
        _tapped = (_tapped.Count + 1, _tapped.Size + (int)layer.Size);
        return tap;
    }

    /// <summary>Leaves the numbers of a row as they are counted, outside of the rows that came.</summary>
    private void Finish()
    {
        MakePlain();
        if (IsFirst)
            Rearrange(_layout);
        Close();
    }

    private void MakePlain()
    {
        if (!_layout.IsPlain)
            Rearrange(PictureLayout.Plain(_layout.Channels, _layout.Pixels));
    }

    private void Rearrange(PictureLayout to)
    {
        PictureLayout from = _layout;
        Add(PackedPanels.StrideOf((long)to.Count), 0, _ => new Rearrangement(from, to));
        _layout = to;
    }

    private void AddStep(Func<NumbersOf, ManagedStep> step)
    {
        Close();
        if (IsFirst)
            Rearrange(_layout); // the rows that came are not written to
        _operations[^1].Steps.Add(step);
    }

    private void Open(OpenProduct product, PictureLayout result)
    {
        Close();
        (_open, _layout) = (product, result);
    }

    private void Add(long stride, long weights, Func<NumbersOf, BlockOperation> make)
    {
        Close();
        _operations.Add(new PlannedOperation(stride, weights, make));
    }

    private void Close()
    {
        if (_open is { } product)
            _operations.Add(product.Close());
        _open = null;
    }

    /// <summary>Those of a convolution from many places to few; a sequence is a picture of one row.</summary>
    private static (ConvolutionAxis First, ConvolutionAxis Last) AxesOf(Shape many, Shape few, PerAxis kernel,
        PerAxis stride, PerAxis padding)
    {
        ConvolutionAxis Axis(int axis) =>
            new(many.Axes[axis], few.Axes[axis], kernel[axis], stride[axis], padding[axis]);
        return many.IsSequence ? (ConvolutionAxis.None, Axis(0)) : (Axis(0), Axis(1));
    }

    private static (int Channels, int Pixels) PictureOf(Shape shape) =>
        (shape.Dimensions[0], (int)(shape.Count / shape.Dimensions[0]));
}
