using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ml.Autoencoders.Kernels;

/// <summary>
/// The inner loop of <see cref="MatrixProduct"/>: a tile of a product, whose sums stay in registers throughout.
/// </summary>
internal static class MatrixKernel
{
    /// <summary>Rows of a tile: with two vectors each, what 24 of 32 registers hold the sums of.</summary>
    public const int Rows = 12;

    /// <summary>Columns of a tile.</summary>
    public const int Columns = 2 * Lanes;

    private const int Lanes = 16;

    /// <summary>output[i, j] = start[j] + Σ_k left[i, k] right[k, j], summed in the order of k.</summary>
    /// <param name="left0">The first number of the left matrix.</param>
    /// <param name="one">How far it is from there to the next row.</param>
    /// <param name="step">How far to the next k.</param>
    /// <param name="right">The first number of the right matrix, whose columns lie side by side.</param>
    /// <param name="rightStep">How far it is from there to the next k.</param>
    /// <param name="count">How many k there are.</param>
    /// <param name="start">A number for each column.</param>
    /// <param name="output">The first number of the tile, whose columns lie side by side.</param>
    /// <param name="stride">How far it is from there to the next row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile(ref float left0, nint one, nint step, ref float right, nint rightStep, int count,
        ref float start, ref float output, nint stride)
    {
        // Four rows from each of three places: addresses that the processor adds up by itself.
        nint two = 2 * one, three = 3 * one;
        ref float left4 = ref Unsafe.Add(ref left0, 4 * one);
        ref float left8 = ref Unsafe.Add(ref left0, 8 * one);
        Vector512<float> nearStart = Vector512.LoadUnsafe(ref start), farStart = Vector512.LoadUnsafe(ref start, Lanes);
        Vector512<float> near0 = nearStart, near1 = nearStart, near2 = nearStart, near3 = nearStart, near4 = nearStart,
            near5 = nearStart, near6 = nearStart, near7 = nearStart, near8 = nearStart, near9 = nearStart,
            near10 = nearStart, near11 = nearStart;
        Vector512<float> far0 = farStart, far1 = farStart, far2 = farStart, far3 = farStart, far4 = farStart,
            far5 = farStart, far6 = farStart, far7 = farStart, far8 = farStart, far9 = farStart, far10 = farStart,
            far11 = farStart;
        for (int k = 0; k < count; k++)
        {
            Vector512<float> near = Vector512.LoadUnsafe(ref right), far = Vector512.LoadUnsafe(ref right, Lanes);
            near0 = Vector512.MultiplyAddEstimate(Vector512.Create(left0), near, near0);
            far0 = Vector512.MultiplyAddEstimate(Vector512.Create(left0), far, far0);
            near1 = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref left0, one)), near, near1);
            far1 = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref left0, one)), far, far1);
            near2 = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref left0, two)), near, near2);
            far2 = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref left0, two)), far, far2);
            near3 = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref left0, three)), near, near3);
            far3 = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref left0, three)), far, far3);
            near4 = Vector512.MultiplyAddEstimate(Vector512.Create(left4), near, near4);
            far4 = Vector512.MultiplyAddEstimate(Vector512.Create(left4), far, far4);
            near5 = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref left4, one)), near, near5);
            far5 = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref left4, one)), far, far5);
            near6 = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref left4, two)), near, near6);
            far6 = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref left4, two)), far, far6);
            near7 = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref left4, three)), near, near7);
            far7 = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref left4, three)), far, far7);
            near8 = Vector512.MultiplyAddEstimate(Vector512.Create(left8), near, near8);
            far8 = Vector512.MultiplyAddEstimate(Vector512.Create(left8), far, far8);
            near9 = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref left8, one)), near, near9);
            far9 = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref left8, one)), far, far9);
            near10 = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref left8, two)), near, near10);
            far10 = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref left8, two)), far, far10);
            near11 = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref left8, three)), near, near11);
            far11 = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref left8, three)), far, far11);
            left0 = ref Unsafe.Add(ref left0, step);
            left4 = ref Unsafe.Add(ref left4, step);
            left8 = ref Unsafe.Add(ref left8, step);
            right = ref Unsafe.Add(ref right, rightStep);
        }
        StoreFour(near0, far0, near1, far1, near2, far2, near3, far3, ref output, stride);
        StoreFour(near4, far4, near5, far5, near6, far6, near7, far7, ref Unsafe.Add(ref output, 4 * stride), stride);
        StoreFour(near8, far8, near9, far9, near10, far10, near11, far11,
            ref Unsafe.Add(ref output, 8 * stride), stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreFour(Vector512<float> near0, Vector512<float> far0, Vector512<float> near1,
        Vector512<float> far1,
        Vector512<float> near2, Vector512<float> far2, Vector512<float> near3, Vector512<float> far3,
        ref float output, nint stride)
    {
        Store(near0, far0, ref output);
        Store(near1, far1, ref Unsafe.Add(ref output, stride));
        Store(near2, far2, ref Unsafe.Add(ref output, 2 * stride));
        Store(near3, far3, ref Unsafe.Add(ref output, 3 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<float> near, Vector512<float> far, ref float output)
    {
        near.StoreUnsafe(ref output);
        far.StoreUnsafe(ref output, Lanes);
    }
}
