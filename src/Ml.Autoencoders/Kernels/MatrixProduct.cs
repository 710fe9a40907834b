using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Kernels;

/// <summary>Products of matrices in managed code, split among torch's threads.</summary>
/// <remarks>
/// Each number of a product is a sum in one order, whichever tile it lies in and whichever thread computes that. Where
/// a tile would reach beyond the edge, it lies further in, and computes again what its neighbor does, bit by bit.
/// </remarks>
internal static class MatrixProduct
{
    /// <summary>Columns that are made to lie side by side at once.</summary>
    private const int ColumnsTogether = 16;

    private static readonly float[] Zeros = new float[MatrixKernel.Columns];

    private static readonly bool HasWiderVectors = Vector512.IsHardwareAccelerated && IsZen5OrLater();

    [ThreadStatic]
    private static float[]? _panel;

    /// <summary>Whether these take less time than torch's, on this processor.</summary>
    /// <remarks>Torch's products come from a library of Intel's, which on AMD processors uses half of the width of
    /// their vectors. Those of the Zen 5 generation and later compute with all of it at once.</remarks>
    public static bool IsFaster => HasWiderVectors && TorchThreads.AreShared;

    /// <summary>Whether a product fills tiles.</summary>
    public static bool HasTiles(long rows, long columns) =>
        rows >= MatrixKernel.Rows && columns >= MatrixKernel.Columns;

    /// <summary>
    /// left right + start: <c>[M, K]</c>, <c>[K, N]</c>, <c>[N]</c> to <c>[M, N]</c>, which <see cref="HasTiles"/>.
    /// </summary>
    public static Tensor Of(Matrix left, Matrix right, Tensor? start = null)
    {
        Require(left, right, start);
        (int rows, int columns, int depth) = ((int)left.Rows, (int)right.Columns, (int)left.Columns);
        Tensor product = empty([rows, columns], dtype: ScalarType.Float32, device: CPU);
        int tiles = Parts(rows, MatrixKernel.Rows), panels = Parts(columns, MatrixKernel.Columns);
        // Few panels are cut, so that every thread has some of the work.
        int threads = ThreadLimit.Current, cuts = Math.Min(Math.Min(tiles, threads), Parts(2 * threads, panels)),
            together = Parts(tiles, cuts);
        TorchThreads.Share(panels * cuts, part =>
        {
            (int panel, int cut) = (part / cuts, part % cuts);
            int column = Math.Min(panel * MatrixKernel.Columns, columns - MatrixKernel.Columns);
            Span<float> numbers = left.Stored.Numbers, output = product.Numbers;
            Span<float> starts = start is null ? Zeros : start.Numbers.Slice(column, MatrixKernel.Columns);
            (nint oneRow, nint step) = left.IsTransposed ? (1, rows) : (depth, (nint)1);
            Span<float> facing = right.IsTransposed
                ? SideBySide(right.Stored.Numbers[(column * depth)..], depth) : right.Stored.Numbers[column..];
            nint rightStep = right.IsTransposed ? MatrixKernel.Columns : columns;
            for (int tile = cut * together; tile < Math.Min(tiles, (cut + 1) * together); tile++)
            {
                int row = Math.Min(tile * MatrixKernel.Rows, rows - MatrixKernel.Rows);
                MatrixKernel.Tile(ref numbers[(int)(row * oneRow)], oneRow, step, ref facing[0], rightStep, depth,
                    ref starts[0], ref output[row * columns + column], columns);
            }
        });
        return product;
    }

    /// <summary>Whether the matrices are what the tiles take them for. They do not check.</summary>
    /// <exception cref="ArgumentException">They are not.</exception>
    private static void Require(Matrix left, Matrix right, Tensor? start)
    {
        long rows = left.Rows, depth = left.Columns, columns = right.Columns;
        if (right.Rows != depth || !HasTiles(rows, columns) || depth < 1
            || depth * MatrixKernel.Columns > TensorMemory.Most
            || rows * columns > TensorMemory.Most || !IsWhole(left.Stored) || !IsWhole(right.Stored)
            || (start is not null && (start.NumberOfElements != columns || !IsWhole(start))))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"[{rows}, {depth}] and [{right.Rows}, {columns}] are not matrices whose product fills tiles."));
        }
    }

    private static bool IsWhole(Tensor tensor) => tensor.HasNumbers && tensor.is_contiguous();

    /// <summary>
    /// The columns of a panel side by side, of consecutive rows: <c>[32, K]</c> to <c>[K,
    /// 32]</c>, in memory of the thread.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Span<float> SideBySide(ReadOnlySpan<float> rows, int depth)
    {
        if (_panel is null || _panel.Length < depth * MatrixKernel.Columns)
            _panel = new float[depth * MatrixKernel.Columns];
        Span<float> panel = _panel.AsSpan(0, depth * MatrixKernel.Columns);
        // Some columns of all rows, and so on, so that what is written stays in the nearest cache
        // until its lines are full.
        for (int first = 0; first < depth; first += ColumnsTogether)
        {
            int count = Math.Min(ColumnsTogether, depth - first);
            for (int row = 0; row < MatrixKernel.Columns; row += 4)
            {
                ref float row0 = ref Unsafe.Add(ref MemoryMarshal.GetReference(rows), (nint)row * depth + first);
                ref float row1 = ref Unsafe.Add(ref row0, depth);
                ref float row2 = ref Unsafe.Add(ref row1, depth);
                ref float row3 = ref Unsafe.Add(ref row2, depth);
                ref float to = ref Unsafe.Add(ref MemoryMarshal.GetReference(panel),
                    (nint)first * MatrixKernel.Columns + row);
                for (nint k = 0; k < count; k++)
                {
                    Vector128.Create(Unsafe.Add(ref row0, k), Unsafe.Add(ref row1, k), Unsafe.Add(ref row2, k),
                        Unsafe.Add(ref row3, k)).StoreUnsafe(ref to);
                    to = ref Unsafe.Add(ref to, MatrixKernel.Columns);
                }
            }
        }
        return panel;
    }

    private static bool IsZen5OrLater()
    {
        if (!X86Base.IsSupported)
            return false;
        // The name of the maker is in three registers: "Auth", "enti", "cAMD".
        (_, int first, int third, int second) = X86Base.CpuId(0, 0);
        (int signature, _, _, _) = X86Base.CpuId(1, 0);
        int family = (signature >> 8 & 0xF) + (signature >> 20 & 0xFF);
        return (first, second, third) == (0x68747541, 0x69746E65, 0x444D4163) && family >= 0x1A;
    }

    private static int Parts(int count, int size) => (count + size - 1) / size;

    /// <summary>A matrix, as it lies in memory or with rows and columns exchanged.</summary>
    /// <param name="Stored">Contiguous, in main memory.</param>
    /// <param name="IsTransposed">Whether its rows are the columns.</param>
    internal readonly record struct Matrix(Tensor Stored, bool IsTransposed = false)
    {
        public long Rows => Stored.shape[IsTransposed ? 1 : 0];

        public long Columns => Stored.shape[IsTransposed ? 0 : 1];
    }
}
