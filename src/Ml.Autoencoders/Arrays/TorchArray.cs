using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Arrays;

/// <summary>
/// Torch's tensors, through which gradients pass: each operation in the form in which torch, or a kernel of our own,
/// computes it best.
/// </summary>
/// <remarks>In prediction on a processor, the bits of a row must not depend on the rows beside it. Torch computes some
/// functions of what is left of a tensor after its last whole vectors in another way, with other last bits; these are
/// put together from others, which give the same bits everywhere.</remarks>
internal readonly record struct TorchArray(Tensor Tensor) : IArray<TorchArray>
{
    public static implicit operator TorchArray(Tensor tensor) => new(tensor);
    public static implicit operator Tensor(TorchArray array) => array.Tensor;
    public static TorchArray operator +(TorchArray left, TorchArray right) => left.Tensor.Plus(right.Tensor);
    public static TorchArray operator -(TorchArray left, TorchArray right) => left.Tensor - right.Tensor;
    public static TorchArray operator *(TorchArray left, TorchArray right) => left.Tensor * right.Tensor;
    public static TorchArray operator /(TorchArray left, TorchArray right) => left.Tensor / right.Tensor;
    public static TorchArray operator +(TorchArray left, double right) => left.Tensor.Plus(right);
    public static TorchArray operator -(TorchArray left, double right) => left.Tensor.Minus(right);
    public static TorchArray operator *(TorchArray left, double right) => left.Tensor.Times(right);
    public static TorchArray operator /(TorchArray left, double right) => left.Tensor.Over(right);
    public static TorchArray operator -(TorchArray value) => value.Tensor.neg();
    public TorchArray Exp() => Tensor.exp();
    public TorchArray Expm1() => Tensor.expm1();
    public TorchArray Log() => Tensor.log();
    public TorchArray Sqrt() => Tensor.sqrt();
    public TorchArray Abs() => Tensor.abs();
    public TorchArray Asinh() => Tensor.asinh();
    public TorchArray Squared() => Tensor.Squared();

    public TorchArray MinusOver(TorchArray offset, TorchArray scale) =>
        (Tensor - offset.Tensor).div_(scale.Tensor);

    public TorchArray TimesPlus(TorchArray scale, TorchArray offset) =>
        (Tensor * scale.Tensor).PlusInPlace(offset.Tensor);

    public TorchArray SquaredDistance(TorchArray other) =>
        nn.functional.mse_loss(Tensor, Repeated(other), nn.Reduction.None);

    public TorchArray Clamped(double least, double most) => Tensor.Clamped(least, most);
    public TorchArray AtLeast(double least) => Tensor.AtLeast(least);
    public TorchArray Relu() => nn.functional.relu(Tensor);
    public TorchArray LeakyRelu(double slope) => Tensor.LeakyRelu(slope);
    public TorchArray Elu(ForwardMode mode) => IsRepeatable(mode) ? Relu() + (-(-this).Relu()).Expm1() : Tensor.Elu();
    public TorchArray Gelu() => nn.functional.gelu(Tensor);
    public TorchArray Tanh() => Tensor.tanh();

    public TorchArray Sigmoid(ForwardMode mode) =>
        IsRepeatable(mode) ? ((-this).Exp() + 1).Tensor.reciprocal() : Tensor.sigmoid();

    public TorchArray Silu(ForwardMode mode) =>
        IsRepeatable(mode) ? this * Sigmoid(mode) : nn.functional.silu(Tensor);

    public TorchArray CrossEntropyWithLogits(TorchArray target) =>
        nn.functional.binary_cross_entropy_with_logits(Tensor, Repeated(target), reduction: nn.Reduction.None);

    /// <summary>The mean of the cross-entropy over each row, <c>[B, D]</c> to <c>[B]</c>, to train with.</summary>
    public TorchArray MeanCrossEntropyWithLogits(TorchArray target) => Cpu.CrossEntropy(target.Tensor, Tensor);

    public static TorchArray Fold(TorchArray? start, int count, Func<TorchArray?, int, int, TorchArray> step)
    {
        for (int i = 0; i < count; i++)
        {
            using DisposeScope scope = NewDisposeScope();
            start = step(start, i, 1).Tensor.MoveToOuterDisposeScope();
        }
        return start!.Value;
    }

    public int Rank => (int)Tensor.dim();

    public long Size(int dimension) => Tensor.size(dimension);

    public TorchArray Constant(float[] numbers, params long[] shape) =>
        tensor(numbers, shape, dtype: ScalarType.Float32, device: CPU).to(Tensor.dtype, Tensor.device);

    public TorchArray Sum(int dimension, bool keep = false) => Tensor.sum([dimension], keep);
    public TorchArray Max(int dimension) => Tensor.amax([dimension], keepdim: true);
    public TorchArray ArgMin(int dimension) => Tensor.argmin(dimension);
    public TorchArray ArgMax(int dimension) => Tensor.argmax(dimension);

    public TorchArray CrossEntropyOfClasses(TorchArray classes)
    {
        long size = Size(-1);
        long[] shape = Tensor.shape[..^1];
        // Torch counts classes from 0, and leaves out those of a number that is none.
        Tensor places = classes.Tensor.expand(shape).reshape(-1).Clamped(0, size).Minus(1).to(ScalarType.Int64);
        return nn.functional.cross_entropy(Tensor.reshape(-1, size), places, ignore_index: -1,
            reduction: nn.Reduction.None).reshape(shape);
    }

    public TorchArray Reshape(params long[] shape) => Tensor.reshape(shape);
    public TorchArray Flatten() => Tensor.flatten(1);
    public TorchArray Permute(params long[] dimensions) => Tensor.permute(dimensions);

    public (TorchArray First, TorchArray Second) Halves()
    {
        Tensor[] halves = Tensor.chunk(2, dim: 1);
        return (halves[0], halves[1]);
    }

    public TorchArray Narrow(int dimension, long start, long count) => Tensor.narrow(dimension, start, count);
    public TorchArray Concat(TorchArray other, int dimension) => cat([Tensor, other.Tensor], dimension);

    public static TorchArray Concat(IReadOnlyList<TorchArray> parts, int dimension) =>
        cat([.. parts.Select(part => part.Tensor)], dimension);

    public TorchArray Expand(params long[] shape) => Tensor.expand(shape);
    public TorchArray Detach() => Tensor.detach();
    public TorchArray IsBelow(double bound) => Tensor.IsBelow(bound);
    public TorchArray IsNaN() => Tensor.isnan();
    public TorchArray IsMissing() => Tensor.isfinite().all(1, keepdim: true).logical_not();

    /// <summary>Checking that costs less than holding them, and mostly nothing is to be held. A GPU is not waited
    /// for.</summary>
    public bool IsHeld(long start, double least, double most)
    {
        if (!Tensor.HasNumbers || !Tensor.is_contiguous())
            return false;
        Span<float> numbers = Tensor.Numbers;
        var size = (int)Size(1);
        for (int row = 0; row < numbers.Length; row += size)
        {
            foreach (float number in numbers[(row + (int)start)..(row + size)])
            {
                if (!(number >= least && number <= most))
                    return false;
            }
        }
        return true;
    }

    public TorchArray Masked(TorchArray mask, double number) => Tensor.Masked(mask.Tensor, number);
    public TorchArray Masked(TorchArray mask, TorchArray others) => where(mask.Tensor, others.Tensor, Tensor);
    public TorchArray AsNumbers() => Tensor.to(ScalarType.Float32);

    public TorchArray OneHot(long count)
    {
        Tensor places = Tensor.detach().to(ScalarType.Int64).unsqueeze(-1);
        return zeros([.. Tensor.shape, count], dtype: ScalarType.Float32, device: Tensor.device)
            .scatter_(-1, places, ones_like(places, dtype: ScalarType.Float32));
    }

    public TorchArray Rows(TorchArray indices) => Tensor.index_select(0, indices.Tensor);
    public TorchArray Product(TorchArray other) => Tensor.mm(other.Tensor);

    public TorchArray Linear(TorchArray weight, TorchArray bias, ForwardMode mode) =>
        Cpu.Linear(Tensor, weight.Tensor, bias.Tensor, mode.IsTraining);

    public TorchArray Convolve(TorchArray kernel, TorchArray bias, long[] strides, long[] padding, ForwardMode mode) =>
        Cpu.Convolve(Tensor, kernel.Tensor, bias.Tensor, strides, padding, mode.IsTraining);

    public TorchArray ConvolveTransposed(TorchArray kernel, TorchArray bias, long[] strides, long[] padding,
        long[] outputPadding) =>
        Cpu.ConvolveTransposed(Tensor, kernel.Tensor, bias.Tensor, strides, padding, outputPadding);

    public TorchArray ConvolveCausally(TorchArray kernel, TorchArray bias, long dilation, ForwardMode mode) =>
        CausalConvolution.Of(Tensor, kernel.Tensor, bias.Tensor, dilation, mode.IsTraining);

    /// <summary>Torch's own on other devices. On a processor, in prediction, step by step, so that the bits of a row do
    /// not depend on the others.</summary>
    public TorchArray Recurrent(RecurrentCell cell, IReadOnlyList<TorchArray> states,
        IReadOnlyList<TorchArray> weights, ForwardMode mode)
    {
        int directions = weights.Count / Recurrence.Tensors;
        long[] shape = [directions, Size(1), weights[1].Size(1)];
        Tensor input = Tensor;
        Tensor[] first = states.Count > 0 ? [.. states.Select(state => state.Tensor)]
            : [.. Enumerable.Range(0, RecurrentGates.States(cell))
                .Select(_ => zeros(shape, dtype: input.dtype, device: input.device))];
        Tensor[] tensors = [.. weights.Select(weight => weight.Tensor)];
        if (input.device_type != DeviceType.CPU)
            return TorchRecurrence.Run(input, first, tensors);
        TorchRecurrence.Require(input, first, tensors);
        return Concat([.. Enumerable.Range(0, directions).Select(direction =>
        {
            Tensor[] own = [.. first.Select(state => state.select(0, direction))];
            Tensor[] of = tensors[(direction * Recurrence.Tensors)..((direction + 1) * Recurrence.Tensors)];
            return mode.IsTraining
                ? new TorchArray(Cpu.Recurrence(input, own, of, isBackward: direction == 1))
                : Recurrence.Of<TorchArray>(cell, input, [.. own.Select(state => (TorchArray)state)],
                    [.. of.Select(weight => (TorchArray)weight)], isBackward: direction == 1);
        })], 2);
    }

    public TorchArray BatchNorm(TorchArray scale, TorchArray shift, TorchArray mean, TorchArray variance,
        double momentum, double epsilon, ForwardMode mode) =>
        nn.functional.batch_norm(Tensor, mean.Tensor, variance.Tensor, scale.Tensor, shift.Tensor, mode.IsTraining,
            momentum, epsilon);

    public TorchArray LayerNorm(TorchArray scale, TorchArray shift, double epsilon) =>
        nn.functional.layer_norm(Tensor, scale.Tensor.shape, scale.Tensor, shift.Tensor, epsilon);

    public TorchArray Dropout(float rate, ForwardMode mode) =>
        mode.IsTraining ? Dropped(rate, mode) / (1 - rate) : this;

    public TorchArray Dropped(float rate, ForwardMode mode) =>
        mode.Random is { } random ? Tensor * Draws.BernoulliLike(Tensor, 1 - rate, random) : this;

    /// <summary>A target as often as there are outputs for it, which losses ask for.</summary>
    private Tensor Repeated(TorchArray target) =>
        target.Tensor.dim() == Tensor.dim() ? target.Tensor : target.Tensor.expand_as(Tensor);

    /// <summary>Whether the bits of a row must not depend on the others.</summary>
    private bool IsRepeatable(ForwardMode mode) => !mode.IsTraining && Tensor.device_type == DeviceType.CPU;
}
