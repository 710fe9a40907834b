using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ml.Autoencoders.Kernels;

/// <summary>
/// W x + b of rows in managed memory: what linear layers and convolutions consist of. The weights are laid out once in
/// the order in which <see cref="LinearKernel"/> reads them; the outputs are filled up to whole panels.
/// </summary>
internal sealed class PackedPanels
{
    private const int Line = 64;

    /// <summary>From so many rows left over on, a tile that begins earlier, and computes some rows again to the same
    /// bits, takes less time than row after row.</summary>
    private const int MinLeft = 3;

    private readonly float[] _memory;
    private readonly int _start;
    private readonly float[] _bias;
    private readonly int _inputs;

    /// <param name="weight"><c>[out, columns]</c>, row by row.</param>
    /// <param name="bias"><c>[out]</c>.</param>
    /// <param name="inputs">How many of the columns, from the first on, are weights of inputs. Default: all.</param>
    public PackedPanels(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, int? inputs = null)
    {
        int outputs = bias.Length;
        int columns = outputs == 0 || weight.Length % outputs != 0 ? 0 : weight.Length / outputs;
        _inputs = inputs ?? columns;
        if (_inputs < 1 || _inputs > columns)
            throw new ArgumentException(FormattableString.Invariant(
                $"{weight.Length} weights are not those of {outputs} outputs and {_inputs} inputs."));
        Stride = StrideOf(outputs);
        // Pinned, so that it stays where a row of a panel is one line of the cache.
        _memory = GC.AllocateArray<float>(checked((int)((long)_inputs * Stride + Line / sizeof(float))), pinned: true);
        _start = (int)((Line - Marshal.UnsafeAddrOfPinnedArrayElement(_memory, 0) % Line) % Line / sizeof(float));
        _bias = new float[Stride];
        bias.CopyTo(_bias);
        for (int output = 0; output < outputs; output++)
        {
            ReadOnlySpan<float> row = weight.Slice(output * columns, columns);
            Span<float> panel = _memory.AsSpan(_start + PanelPlace(output / LinearKernel.PanelOutputs));
            for (int k = 0; k < _inputs; k++)
                panel[k * LinearKernel.PanelOutputs + output % LinearKernel.PanelOutputs] = row[k];
        }
    }

    /// <summary>From one row of the result to the next.</summary>
    public int Stride { get; }

    /// <summary>Numbers filled up to whole panels.</summary>
    public static int StrideOf(int numbers) => checked((int)StrideOf((long)numbers));

    /// <inheritdoc cref="StrideOf(int)"/>
    public static long StrideOf(long numbers) =>
        (numbers + LinearKernel.PanelOutputs - 1) / LinearKernel.PanelOutputs * LinearKernel.PanelOutputs;

    /// <summary>Computes some rows. That their inputs are there is for the caller to know.</summary>
    /// <param name="first">What the places are counted from.</param>
    /// <param name="places">Where each row begins.</param>
    /// <param name="count">How many rows, B.</param>
    /// <param name="runs">Where the inputs of each lie from there on.</param>
    /// <param name="output">The result, <c>[B, stride]</c>.</param>
    public void Run<TPlaces>(ref float first, TPlaces places, int count, RowRuns runs, Span<float> output)
        where TPlaces : struct, IPlaces
    {
        if ((long)runs.Count * runs.Length != _inputs || output.Length < (long)count * Stride)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"{count} rows of {runs.Count} times {runs.Length} numbers do not fit {_inputs} inputs and room for " +
                $"{output.Length} numbers, {Stride} for each row."));
        int panels = Stride / LinearKernel.PanelOutputs;
        int left = count % LinearKernel.TileRows;
        bool isCovered = left >= MinLeft && count > LinearKernel.TileRows;
        int tiled = isCovered ? count : count - left;
        int paired = Vector512.IsHardwareAccelerated ? panels - panels % 2 : 0;
        for (int panel = 0; panel < panels; panel += panel < paired ? 2 : 1)
        {
            for (int row = 0; row < tiled; row += LinearKernel.TileRows)
                Tile(ref first, places, Math.Min(row, count - LinearKernel.TileRows), runs, panel, panel < paired,
                    output);
        }
        for (int row = tiled; row < count; row++)
            RunRow(ref Unsafe.Add(ref first, places.Of(row)), runs, output.Slice(row * Stride, Stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Tile<TPlaces>(ref float first, TPlaces places, int row, RowRuns runs, int panel, bool isWide,
        Span<float> output)
        where TPlaces : struct, IPlaces
    {
        ref float row0 = ref Unsafe.Add(ref first, places.Of(row));
        ref float row1 = ref Unsafe.Add(ref first, places.Of(row + 1));
        ref float row2 = ref Unsafe.Add(ref first, places.Of(row + 2));
        ref float row3 = ref Unsafe.Add(ref first, places.Of(row + 3));
        ref float row4 = ref Unsafe.Add(ref first, places.Of(row + 4));
        ref float row5 = ref Unsafe.Add(ref first, places.Of(row + 5));
        if (isWide)
            LinearKernel.WideTile(ref row0, ref row1, ref row2, ref row3, ref row4, ref row5, runs, ref Panel(panel),
                ref Panel(panel + 1), ref Bias(panel), ref Output(output, row, panel), Stride);
        else
            LinearKernel.Tile(ref row0, ref row1, ref row2, ref row3, ref row4, ref row5, runs, ref Panel(panel),
                ref Bias(panel), ref Output(output, row, panel), Stride);
    }

    private void RunRow(ref float row, RowRuns runs, Span<float> output)
    {
        int panels = Stride / LinearKernel.PanelOutputs;
        int wide = panels - panels % LinearKernel.RowPanels;
        for (int panel = 0; panel < wide; panel += LinearKernel.RowPanels)
            LinearKernel.Row64(ref row, runs, ref Panel(panel), ref Bias(panel), ref Output(output, 0, panel));
        for (int panel = wide; panel < panels; panel++)
            LinearKernel.Row16(ref row, runs, ref Panel(panel), ref Bias(panel), ref Output(output, 0, panel));
    }

    private int PanelPlace(int panel) => panel * LinearKernel.PanelOutputs * _inputs;

    private ref float Panel(int panel) =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_memory), _start + PanelPlace(panel));

    private ref float Bias(int panel) => ref _bias[panel * LinearKernel.PanelOutputs];

    private ref float Output(Span<float> output, int row, int panel) =>
        ref output[row * Stride + panel * LinearKernel.PanelOutputs];
}
