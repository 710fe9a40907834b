using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ml.Autoencoders.Kernels;

/// <summary>
/// y = W x + b over rows in managed memory: <c>[B, in]</c> to <c>[B, stride]</c>, the stride being the outputs filled
/// up to whole panels. The weights are laid out once in the order in which <see cref="LinearKernel"/> reads them.
/// </summary>
internal sealed class PackedLinear
{
    private const int Line = 64;

    private readonly float[] _memory;
    private readonly int _start;
    private readonly float[] _bias;
    private readonly float[] _labels;
    private readonly int _inputs;

    /// <param name="weight"><c>[out, in + K]</c>, row by row.</param>
    /// <param name="bias"><c>[out]</c>.</param>
    /// <param name="labels">How many of the columns, K, the last ones, belong to a one-hot label.</param>
    public PackedLinear(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, int labels)
    {
        int outputs = bias.Length;
        if (outputs == 0 || weight.Length % outputs != 0 || labels < 0 || weight.Length / outputs <= labels)
            throw new ArgumentException(FormattableString.Invariant(
                $"{weight.Length} weights are not those of {outputs} outputs and {labels} labels."));
        int columns = weight.Length / outputs;
        _inputs = columns - labels;
        Stride = StrideOf(outputs);
        // Pinned, so that it stays where a row of a panel is one line of the cache.
        _memory = GC.AllocateArray<float>(checked((int)((long)_inputs * Stride + Line / sizeof(float))), pinned: true);
        _start = (int)((Line - Marshal.UnsafeAddrOfPinnedArrayElement(_memory, 0) % Line) % Line / sizeof(float));
        _bias = new float[Stride];
        _labels = new float[checked(labels * Stride)];
        bias.CopyTo(_bias);
        for (int output = 0; output < outputs; output++)
        {
            ReadOnlySpan<float> row = weight.Slice(output * columns, columns);
            Span<float> panel = _memory.AsSpan(_start + PanelPlace(output / LinearKernel.PanelOutputs));
            for (int k = 0; k < _inputs; k++)
                panel[k * LinearKernel.PanelOutputs + output % LinearKernel.PanelOutputs] = row[k];
            for (int label = 0; label < labels; label++)
                _labels[label * Stride + output] = row[_inputs + label];
        }
    }

    /// <summary>From one row of the result to the next.</summary>
    public int Stride { get; }

    /// <summary>Numbers filled up to whole panels.</summary>
    public static int StrideOf(int numbers) =>
        (numbers + LinearKernel.PanelOutputs - 1) / LinearKernel.PanelOutputs * LinearKernel.PanelOutputs;

    /// <param name="rows">The rows.</param>
    /// <param name="count">How many of them, B.</param>
    /// <param name="labels">The index of each row's label; empty where there is none.</param>
    /// <param name="output">The result, <c>[B, stride]</c>.</param>
    public void Run<TRows>(TRows rows, int count, ReadOnlySpan<long> labels, Span<float> output)
        where TRows : IRows<TRows>, allows ref struct
    {
        rows.Require(count, _inputs);
        if (output.Length < (long)count * Stride)
            throw new ArgumentException(FormattableString.Invariant(
                $"{count} rows of {Stride} numbers need more room than {output.Length}."));
        int tiled = count - count % LinearKernel.TileRows;
        for (int panel = 0; panel < Stride / LinearKernel.PanelOutputs; panel++)
        {
            for (int row = 0; row < tiled; row += LinearKernel.TileRows)
            {
                LinearKernel.Tile(ref rows.First(row), ref rows.First(row + 1), ref rows.First(row + 2),
                    ref rows.First(row + 3),
                    ref rows.First(row + 4), ref rows.First(row + 5), _inputs, ref Panel(panel), ref Bias(panel),
                    ref Output(output, row, panel), Stride);
            }
        }
        for (int row = tiled; row < count; row++)
            RunRow(ref rows.First(row), output.Slice(row * Stride, Stride));
        for (int row = 0; row < labels.Length; row++)
        {
            Span<float> numbers = output.Slice(row * Stride, Stride);
            TensorPrimitives.Add(numbers, _labels.AsSpan(checked((int)(labels[row] * Stride)), Stride), numbers);
        }
    }

    private void RunRow(ref float row, Span<float> output)
    {
        int panels = Stride / LinearKernel.PanelOutputs;
        int wide = panels - panels % LinearKernel.RowPanels;
        for (int panel = 0; panel < wide; panel += LinearKernel.RowPanels)
            LinearKernel.Row64(ref row, _inputs, ref Panel(panel), ref Bias(panel), ref Output(output, 0, panel));
        for (int panel = wide; panel < panels; panel++)
            LinearKernel.Row16(ref row, _inputs, ref Panel(panel), ref Bias(panel), ref Output(output, 0, panel));
    }

    private int PanelPlace(int panel) => panel * LinearKernel.PanelOutputs * _inputs;

    private ref float Panel(int panel) =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_memory), _start + PanelPlace(panel));

    private ref float Bias(int panel) => ref _bias[panel * LinearKernel.PanelOutputs];

    private ref float Output(Span<float> output, int row, int panel) =>
        ref output[row * Stride + panel * LinearKernel.PanelOutputs];
}
