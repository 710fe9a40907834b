using System.Numerics.Tensors;

namespace Ml.Autoencoders.Kernels;

/// <summary>
/// y = W x + b over rows in managed memory: <c>[B, in]</c> to <c>[B, stride]</c>, the stride being the outputs filled
/// up to whole panels.
/// </summary>
internal sealed class PackedLinear : BlockOperation
{
    private readonly PackedPanels _panels;
    private readonly float[] _labels;

    /// <param name="weight"><c>[out, in + K]</c>, row by row.</param>
    /// <param name="bias"><c>[out]</c>.</param>
    /// <param name="labels">How many of the columns, K, the last ones, belong to a one-hot label.</param>
    public PackedLinear(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, int labels)
        : base(InputsOf(weight, bias, labels), PackedPanels.StrideOf(bias.Length))
    {
        _panels = new PackedPanels(weight, bias, Inputs);
        _labels = new float[checked(labels * Stride)];
        for (int output = 0; output < bias.Length; output++)
        {
            ReadOnlySpan<float> row = weight.Slice(output * (Inputs + labels) + Inputs, labels);
            for (int label = 0; label < labels; label++)
                _labels[label * Stride + output] = row[label];
        }
    }

    protected override void Compute(BlockRows rows, int count, ReadOnlySpan<long> labels, Span<float> output)
    {
        _panels.Run(ref rows.First(0), new EvenPlaces(rows.Stride), count, new RowRuns(1, Inputs, 0), output);
        if (_labels.Length == 0)
            return;
        for (int row = 0; row < labels.Length; row++)
        {
            Span<float> numbers = output.Slice(row * Stride, Stride);
            TensorPrimitives.Add(numbers, _labels.AsSpan(checked((int)(labels[row] * Stride)), Stride), numbers);
        }
    }

    private static int InputsOf(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, int labels)
    {
        int outputs = bias.Length;
        return outputs == 0 || weight.Length % outputs != 0 || labels < 0 || weight.Length / outputs <= labels
            ? throw new ArgumentException(FormattableString.Invariant(
                $"{weight.Length} weights are not those of {outputs} outputs and {labels} labels."))
            : weight.Length / outputs - labels;
    }
}
