using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ml.Autoencoders.Kernels;

/// <summary>
/// The three sums that convolutions between one channel and many consist of, for one picture, in managed code. Features
/// have their channels innermost, so many that they fill whole vectors, and so have kernels: <c>[k, k, F]</c>.
/// </summary>
internal static class OneChannelKernels
{
    /// <summary>Places of a kernel whose sums are kept in registers at once.</summary>
    private const int Together = 5;

    /// <summary>Numbers of a vector: what F is a multiple of.</summary>
    public static int Lanes => Vector256<float>.Count;

    /// <summary>
    /// features[y, x, f] = start[f] + Σ_ij picture[s y + i, s x + j] kernel[i, j, f], the picture with its padding.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Correlate(OneChannelGeometry geometry, ReadOnlySpan<float> picture, ReadOnlySpan<float> kernel,
        ReadOnlySpan<float> start, Span<float> features)
    {
        ReadOnlySpan<int> taps = geometry.Taps;
        int filters = start.Length;
        geometry.Require(picture.Length, geometry.PaddedSize, kernel.Length, features.Length, filters);
        ref float weights = ref MemoryMarshal.GetReference(kernel);
        ref float feature = ref MemoryMarshal.GetReference(features);
        for (int y = 0; y < geometry.Rows; y++)
        {
            for (int x = 0; x < geometry.Columns; x++)
            {
                ref float corner = ref Unsafe.Add(ref MemoryMarshal.GetReference(picture), geometry.Corner(y, x));
                for (int f = 0; f < filters; f += Lanes)
                {
                    Vector256<float> sum = Vector256.LoadUnsafe(in start[f]);
                    int weight = f;
                    foreach (int tap in taps)
                    {
                        sum = AddProduct(sum, Unsafe.Add(ref corner, tap),
                            Vector256.LoadUnsafe(ref weights, (nuint)weight));
                        weight += filters;
                    }
                    sum.StoreUnsafe(ref feature, (nuint)f);
                }
                feature = ref Unsafe.Add(ref feature, filters);
            }
        }
    }

    /// <summary>
    /// kernel[i, j, f] += Σ_yx picture[s y + i, s x + j] features[y, x, f], the picture with its padding.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddProducts(OneChannelGeometry geometry, ReadOnlySpan<float> picture,
        ReadOnlySpan<float> features, Span<float> kernel)
    {
        ReadOnlySpan<int> taps = geometry.Taps;
        int filters = kernel.Length / taps.Length;
        geometry.Require(picture.Length, geometry.PaddedSize, kernel.Length, features.Length, filters);
        Span<Vector256<float>> sums = stackalloc Vector256<float>[Together];
        for (int first = 0; first < taps.Length; first += Together)
        {
            ReadOnlySpan<int> some = taps[first..Math.Min(first + Together, taps.Length)];
            for (int f = 0; f < filters; f += Lanes)
            {
                SumProducts(geometry, picture, features[f..], filters, some, sums);
                for (int i = 0; i < some.Length; i++)
                {
                    ref float place = ref kernel[(first + i) * filters + f];
                    (Vector256.LoadUnsafe(ref place) + sums[i]).StoreUnsafe(ref place);
                }
            }
        }
    }

    /// <summary>
    /// picture[Y, X] = start + Σ_f Σ_(s y + i = Y + p, s x + j = X + p) features[y, x, f] kernel[i, j, f], the
    /// picture without padding.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Spread(OneChannelGeometry geometry, ReadOnlySpan<float> features, ReadOnlySpan<float> kernel,
        float start, Span<float> picture)
    {
        (int size, int stride, int filters) = (geometry.Kernel, geometry.Stride, kernel.Length / geometry.Taps.Length);
        geometry.Require(picture.Length, (long)geometry.Height * geometry.Width, kernel.Length, features.Length,
            filters);
        ref float values = ref MemoryMarshal.GetReference(features);
        ref float weights = ref MemoryMarshal.GetReference(kernel);
        int pixel = 0;
        for (int top = geometry.Padding; top < geometry.Height + geometry.Padding; top++)
        {
            (int firstRow, int lastRow) = Covering(top, geometry.Rows);
            for (int left = geometry.Padding; left < geometry.Width + geometry.Padding; left++)
            {
                (int firstColumn, int lastColumn) = Covering(left, geometry.Columns);
                Vector256<float> sum = default;
                for (int y = firstRow; y <= lastRow; y++)
                {
                    for (int x = firstColumn; x <= lastColumn; x++)
                    {
                        nuint feature = (nuint)((y * geometry.Columns + x) * filters);
                        nuint weight = (nuint)(((top - y * stride) * size + left - x * stride) * filters);
                        for (nuint f = 0; f < (nuint)filters; f += (nuint)Lanes)
                            sum = Vector256.MultiplyAddEstimate(Vector256.LoadUnsafe(ref values, feature + f),
                                Vector256.LoadUnsafe(ref weights, weight + f), sum);
                    }
                }
                picture[pixel++] = start + Vector256.Sum(sum);
            }
        }

        // The features whose kernel covers a place: s y <= place < s y + k.
        (int First, int Last) Covering(int place, int count) =>
            (place < size ? 0 : (place - size) / stride + 1, Math.Min(place / stride, count - 1));
    }

    /// <summary>
    /// Of eight filters and up to five places of the kernel: Σ_yx picture[s y + i, s x + j] features[y, x].
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumProducts(OneChannelGeometry geometry, ReadOnlySpan<float> picture,
        ReadOnlySpan<float> features, int filters,
        ReadOnlySpan<int> taps, Span<Vector256<float>> sums)
    {
        // Where there are fewer places the last stands in for the others, whose sums are not read.
        int last = taps.Length - 1;
        (int tap0, int tap1, int tap2, int tap3, int tap4) = (taps[0], taps[Math.Min(1, last)], taps[Math.Min(2, last)],
            taps[Math.Min(3, last)], taps[last]);
        Vector256<float> sum0 = default, sum1 = default, sum2 = default, sum3 = default, sum4 = default;
        ref float feature = ref MemoryMarshal.GetReference(features);
        for (int y = 0; y < geometry.Rows; y++)
        {
            ref float corner = ref Unsafe.Add(ref MemoryMarshal.GetReference(picture), geometry.Corner(y, 0));
            for (int x = 0; x < geometry.Columns; x++)
            {
                Vector256<float> values = Vector256.LoadUnsafe(ref feature);
                sum0 = AddProduct(sum0, Unsafe.Add(ref corner, tap0), values);
                sum1 = AddProduct(sum1, Unsafe.Add(ref corner, tap1), values);
                sum2 = AddProduct(sum2, Unsafe.Add(ref corner, tap2), values);
                sum3 = AddProduct(sum3, Unsafe.Add(ref corner, tap3), values);
                sum4 = AddProduct(sum4, Unsafe.Add(ref corner, tap4), values);
                feature = ref Unsafe.Add(ref feature, filters);
                corner = ref Unsafe.Add(ref corner, geometry.Stride);
            }
        }
        (sums[0], sums[1], sums[2], sums[3], sums[4]) = (sum0, sum1, sum2, sum3, sum4);
    }

    private static Vector256<float> AddProduct(Vector256<float> sum, float number, Vector256<float> values) =>
        Vector256.MultiplyAddEstimate(Vector256.Create(number), values, sum);
}
