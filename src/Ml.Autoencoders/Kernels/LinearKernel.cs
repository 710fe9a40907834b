using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ml.Autoencoders.Kernels;

/// <summary>
/// The inner loops of <see cref="PackedPanels"/>. A panel holds the weights of 16 outputs, input after input, so that
/// each input meets vectors that lie side by side. The inputs of a row lie in one piece or in several (see
/// <see cref="RowRuns"/>).
/// </summary>
/// <remarks>
/// Each output is the sum over the inputs in their order, by the same operation in each of the loops, and then the
/// bias. So the bits of a row depend neither on the rows beside it, nor on the loop that it went through, nor on the
/// width of the vectors.
/// </remarks>
internal static class LinearKernel
{
    /// <summary>Outputs of a panel.</summary>
    public const int PanelOutputs = 16;

    /// <summary>Rows of a tile: with two vectors each, what 16 registers hold the sums of.</summary>
    public const int TileRows = 6;

    /// <summary>
    /// Panels that a single row works through side by side: eight sums hide what an addition waits for.
    /// </summary>
    public const int RowPanels = 4;

    private const int Half = PanelOutputs / 2;

    /// <summary>Six rows and one panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile(ref float row0, ref float row1, ref float row2, ref float row3, ref float row4,
        ref float row5,
        RowRuns runs, ref float panel, ref float bias, ref float output, int stride)
    {
        Vector256<float> sum00 = default, sum01 = default, sum10 = default, sum11 = default, sum20 = default,
            sum21 = default;
        Vector256<float> sum30 = default, sum31 = default, sum40 = default, sum41 = default, sum50 = default,
            sum51 = default;
        (int count, nint length, nint step) = (runs.Count, runs.Length, runs.Step);
        for (int run = 0; run < count; run++)
        {
            for (nint k = 0; k < length; k++)
            {
                Vector256<float> left = Vector256.LoadUnsafe(ref panel);
                Vector256<float> right = Vector256.LoadUnsafe(ref panel, Half);
                panel = ref Unsafe.Add(ref panel, PanelOutputs);

                Vector256<float> input = Vector256.Create(Unsafe.Add(ref row0, k));
                sum00 = Vector256.MultiplyAddEstimate(input, left, sum00);
                sum01 = Vector256.MultiplyAddEstimate(input, right, sum01);
                input = Vector256.Create(Unsafe.Add(ref row1, k));
                sum10 = Vector256.MultiplyAddEstimate(input, left, sum10);
                sum11 = Vector256.MultiplyAddEstimate(input, right, sum11);
                input = Vector256.Create(Unsafe.Add(ref row2, k));
                sum20 = Vector256.MultiplyAddEstimate(input, left, sum20);
                sum21 = Vector256.MultiplyAddEstimate(input, right, sum21);
                input = Vector256.Create(Unsafe.Add(ref row3, k));
                sum30 = Vector256.MultiplyAddEstimate(input, left, sum30);
                sum31 = Vector256.MultiplyAddEstimate(input, right, sum31);
                input = Vector256.Create(Unsafe.Add(ref row4, k));
                sum40 = Vector256.MultiplyAddEstimate(input, left, sum40);
                sum41 = Vector256.MultiplyAddEstimate(input, right, sum41);
                input = Vector256.Create(Unsafe.Add(ref row5, k));
                sum50 = Vector256.MultiplyAddEstimate(input, left, sum50);
                sum51 = Vector256.MultiplyAddEstimate(input, right, sum51);
            }
            row0 = ref Unsafe.Add(ref row0, step);
            row1 = ref Unsafe.Add(ref row1, step);
            row2 = ref Unsafe.Add(ref row2, step);
            row3 = ref Unsafe.Add(ref row3, step);
            row4 = ref Unsafe.Add(ref row4, step);
            row5 = ref Unsafe.Add(ref row5, step);
        }
        Store(sum00, sum01, ref bias, ref output);
        Store(sum10, sum11, ref bias, ref Unsafe.Add(ref output, stride));
        Store(sum20, sum21, ref bias, ref Unsafe.Add(ref output, 2 * stride));
        Store(sum30, sum31, ref bias, ref Unsafe.Add(ref output, 3 * stride));
        Store(sum40, sum41, ref bias, ref Unsafe.Add(ref output, 4 * stride));
        Store(sum50, sum51, ref bias, ref Unsafe.Add(ref output, 5 * stride));
    }

    /// <summary>Six rows and two panels, in vectors of 512 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WideTile(ref float row0, ref float row1, ref float row2, ref float row3, ref float row4,
        ref float row5,
        RowRuns runs, ref float panel0, ref float panel1, ref float bias, ref float output, int stride)
    {
        Vector512<float> sum00 = default, sum01 = default, sum10 = default, sum11 = default, sum20 = default,
            sum21 = default;
        Vector512<float> sum30 = default, sum31 = default, sum40 = default, sum41 = default, sum50 = default,
            sum51 = default;
        (int count, nint length, nint step) = (runs.Count, runs.Length, runs.Step);
        for (int run = 0; run < count; run++)
        {
            for (nint k = 0; k < length; k++)
            {
                Vector512<float> left = Vector512.LoadUnsafe(ref panel0);
                Vector512<float> right = Vector512.LoadUnsafe(ref panel1);
                panel0 = ref Unsafe.Add(ref panel0, PanelOutputs);
                panel1 = ref Unsafe.Add(ref panel1, PanelOutputs);

                Vector512<float> input = Vector512.Create(Unsafe.Add(ref row0, k));
                sum00 = Vector512.MultiplyAddEstimate(input, left, sum00);
                sum01 = Vector512.MultiplyAddEstimate(input, right, sum01);
                input = Vector512.Create(Unsafe.Add(ref row1, k));
                sum10 = Vector512.MultiplyAddEstimate(input, left, sum10);
                sum11 = Vector512.MultiplyAddEstimate(input, right, sum11);
                input = Vector512.Create(Unsafe.Add(ref row2, k));
                sum20 = Vector512.MultiplyAddEstimate(input, left, sum20);
                sum21 = Vector512.MultiplyAddEstimate(input, right, sum21);
                input = Vector512.Create(Unsafe.Add(ref row3, k));
                sum30 = Vector512.MultiplyAddEstimate(input, left, sum30);
                sum31 = Vector512.MultiplyAddEstimate(input, right, sum31);
                input = Vector512.Create(Unsafe.Add(ref row4, k));
                sum40 = Vector512.MultiplyAddEstimate(input, left, sum40);
                sum41 = Vector512.MultiplyAddEstimate(input, right, sum41);
                input = Vector512.Create(Unsafe.Add(ref row5, k));
                sum50 = Vector512.MultiplyAddEstimate(input, left, sum50);
                sum51 = Vector512.MultiplyAddEstimate(input, right, sum51);
            }
            row0 = ref Unsafe.Add(ref row0, step);
            row1 = ref Unsafe.Add(ref row1, step);
            row2 = ref Unsafe.Add(ref row2, step);
            row3 = ref Unsafe.Add(ref row3, step);
            row4 = ref Unsafe.Add(ref row4, step);
            row5 = ref Unsafe.Add(ref row5, step);
        }
        Store(sum00, sum01, ref bias, ref output);
        Store(sum10, sum11, ref bias, ref Unsafe.Add(ref output, stride));
        Store(sum20, sum21, ref bias, ref Unsafe.Add(ref output, 2 * stride));
        Store(sum30, sum31, ref bias, ref Unsafe.Add(ref output, 3 * stride));
        Store(sum40, sum41, ref bias, ref Unsafe.Add(ref output, 4 * stride));
        Store(sum50, sum51, ref bias, ref Unsafe.Add(ref output, 5 * stride));
    }

    /// <summary>One row and four panels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Row64(ref float row, RowRuns runs, ref float panels, ref float bias, ref float output)
    {
        nint inputs = (nint)runs.Count * runs.Length;
        ref float panel0 = ref panels;
        ref float panel1 = ref Unsafe.Add(ref panels, inputs * PanelOutputs);
        ref float panel2 = ref Unsafe.Add(ref panels, inputs * PanelOutputs * 2);
        ref float panel3 = ref Unsafe.Add(ref panels, inputs * PanelOutputs * 3);
        Vector256<float> sum00 = default, sum01 = default, sum10 = default, sum11 = default;
        Vector256<float> sum20 = default, sum21 = default, sum30 = default, sum31 = default;
        nint place = 0;
        for (int run = 0; run < runs.Count; run++)
        {
            for (nint k = 0; k < runs.Length; k++)
            {
                Vector256<float> input = Vector256.Create(Unsafe.Add(ref row, k));
                sum00 = Vector256.MultiplyAddEstimate(input, Vector256.LoadUnsafe(ref panel0, (nuint)place), sum00);
                sum01 = Vector256.MultiplyAddEstimate(input,
                    Vector256.LoadUnsafe(ref panel0, (nuint)(place + Half)), sum01);
                sum10 = Vector256.MultiplyAddEstimate(input, Vector256.LoadUnsafe(ref panel1, (nuint)place), sum10);
                sum11 = Vector256.MultiplyAddEstimate(input,
                    Vector256.LoadUnsafe(ref panel1, (nuint)(place + Half)), sum11);
                sum20 = Vector256.MultiplyAddEstimate(input, Vector256.LoadUnsafe(ref panel2, (nuint)place), sum20);
                sum21 = Vector256.MultiplyAddEstimate(input,
                    Vector256.LoadUnsafe(ref panel2, (nuint)(place + Half)), sum21);
                sum30 = Vector256.MultiplyAddEstimate(input, Vector256.LoadUnsafe(ref panel3, (nuint)place), sum30);
                sum31 = Vector256.MultiplyAddEstimate(input,
                    Vector256.LoadUnsafe(ref panel3, (nuint)(place + Half)), sum31);
                place += PanelOutputs;
            }
            row = ref Unsafe.Add(ref row, runs.Step);
        }
        Store(sum00, sum01, ref bias, ref output);
        Store(sum10, sum11, ref Unsafe.Add(ref bias, PanelOutputs), ref Unsafe.Add(ref output, PanelOutputs));
        Store(sum20, sum21, ref Unsafe.Add(ref bias, 2 * PanelOutputs), ref Unsafe.Add(ref output, 2 * PanelOutputs));
        Store(sum30, sum31, ref Unsafe.Add(ref bias, 3 * PanelOutputs), ref Unsafe.Add(ref output, 3 * PanelOutputs));
    }

    /// <summary>One row and one panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Row16(ref float row, RowRuns runs, ref float panel, ref float bias, ref float output)
    {
        Vector256<float> sum0 = default, sum1 = default;
        for (int run = 0; run < runs.Count; run++)
        {
            for (nint k = 0; k < runs.Length; k++)
            {
                Vector256<float> input = Vector256.Create(Unsafe.Add(ref row, k));
                sum0 = Vector256.MultiplyAddEstimate(input, Vector256.LoadUnsafe(ref panel), sum0);
                sum1 = Vector256.MultiplyAddEstimate(input, Vector256.LoadUnsafe(ref panel, Half), sum1);
                panel = ref Unsafe.Add(ref panel, PanelOutputs);
            }
            row = ref Unsafe.Add(ref row, runs.Step);
        }
        Store(sum0, sum1, ref bias, ref output);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> left, Vector256<float> right, ref float bias, ref float output)
    {
        (left + Vector256.LoadUnsafe(ref bias)).StoreUnsafe(ref output);
        (right + Vector256.LoadUnsafe(ref bias, Half)).StoreUnsafe(ref output, Half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<float> left, Vector512<float> right, ref float bias, ref float output)
    {
        (left + Vector512.LoadUnsafe(ref bias)).StoreUnsafe(ref output);
        (right + Vector512.LoadUnsafe(ref bias, PanelOutputs)).StoreUnsafe(ref output, PanelOutputs);
    }
}
