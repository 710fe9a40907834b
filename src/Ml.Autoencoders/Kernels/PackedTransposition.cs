using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ml.Autoencoders.Kernels;

/// <summary>
/// A transposed convolution over pictures in managed memory: each pixel times the weights of all places under the
/// kernel, by <see cref="PackedPanels"/>, is added to where it belongs. <c>[B, C, H, W]</c> to <c>[B, H' W', F]</c>.
/// </summary>
/// <remarks>A number of the result is the bias and then the sum over pixels in their order.</remarks>
internal sealed class PackedTransposition : BlockOperation
{
    /// <summary>Pixels whose products are kept at once at most: whole tiles, which stay in the cache.</summary>
    private const int MaxPixels = 8 * LinearKernel.TileRows;

    /// <summary>Numbers of such products at most, as far as a single pixel allows it.</summary>
    private const int MaxProducts = 1 << 16;

    private readonly ConvolutionGeometry _geometry;
    private readonly PictureLayout _layout;
    private readonly PackedPanels _panels;
    private readonly float[] _bias;
    private readonly int _together;

    /// <param name="geometry">From the few to the many.</param>
    /// <param name="layout">Where the numbers of a picture lie; the channels of a pixel side by side.</param>
    /// <param name="weight"><c>[C, F, kernel rows, kernel columns]</c>.</param>
    /// <param name="bias"><c>[F]</c>.</param>
    /// <exception cref="ArgumentException">One does not fit the others.</exception>
    public PackedTransposition(ConvolutionGeometry geometry, PictureLayout layout, ReadOnlySpan<float> weight,
        ReadOnlySpan<float> bias)
        : base(checked((int)layout.Reach), geometry.ManyPixels * geometry.ManyChannels)
    {
        geometry.Require(layout, (geometry.FewChannels, geometry.FewPixels), weight.Length,
            (bias.Length, geometry.ManyChannels));
        if (!layout.IsInnermost)
            throw new ArgumentException("The channels of a pixel do not lie side by side.", nameof(layout));
        (_geometry, _layout, _bias) = (geometry, layout, bias.ToArray());
        _panels = new PackedPanels(Outputs(weight, geometry), new float[geometry.Taps * geometry.ManyChannels]);
        _together = Math.Clamp(MaxProducts / _panels.Stride, 1, MaxPixels);
    }

    /// <summary>Where the numbers of a result lie.</summary>
    public static PictureLayout ResultOf(int filters, int pixels) =>
        PictureLayout.Innermost(filters, pixels, filters);

    protected override void Compute(BlockRows rows, int count, ReadOnlySpan<long> labels, Span<float> output)
    {
        float[] rented = ArrayPool<float>.Shared.Rent(_together * _panels.Stride);
        for (int row = 0; row < count; row++)
            Compute(ref rows.First(row), output.Slice(row * Stride, Stride), rented);
        ArrayPool<float>.Shared.Return(rented);
    }

    private void Compute(ref float picture, Span<float> output, Span<float> products)
    {
        if (_bias.Length == 1)
            output.Fill(_bias[0]);
        else
            for (int place = 0; place < output.Length; place += _bias.Length)
                _bias.CopyTo(output[place..]);
        var runs = new RowRuns(1, _geometry.FewChannels, 0);
        for (int start = 0; start < _geometry.FewPixels; start += _together)
        {
            int count = Math.Min(_together, _geometry.FewPixels - start);
            _panels.Run(ref Unsafe.Add(ref picture, (nint)start * _layout.PixelStride),
                new EvenPlaces(_layout.PixelStride), count, runs, products);
            (int row, int column) = Math.DivRem(start, _geometry.Columns.Few);
            for (int i = 0; i < count; i++)
            {
                Spread(products.Slice(i * _panels.Stride, _panels.Stride), row, column, output);
                if (++column == _geometry.Columns.Few)
                    (row, column) = (row + 1, 0);
            }
        }
    }

    /// <summary>Adds what a pixel gives, <c>[kernel rows, kernel columns, F]</c>, except for what is cut off.</summary>
    private void Spread(ReadOnlySpan<float> product, int row, int column, Span<float> output)
    {
        (ConvolutionAxis rows, ConvolutionAxis columns, int filters) =
            (_geometry.Rows, _geometry.Columns, _geometry.ManyChannels);
        int top = row * rows.Stride - rows.Padding, left = column * columns.Stride - columns.Padding;
        int first = Math.Max(0, -left), last = Math.Min(columns.Kernel, columns.Many - left);
        int size = (last - first) * filters;
        if (size <= 0)
            return;
        for (int y = Math.Max(0, -top); y < Math.Min(rows.Kernel, rows.Many - top); y++)
        {
            Add(product.Slice((y * columns.Kernel + first) * filters, size),
                output.Slice(((top + y) * columns.Many + left + first) * filters, size));
        }
    }

    private static void Add(ReadOnlySpan<float> numbers, Span<float> sums)
    {
        ref float number = ref MemoryMarshal.GetReference(numbers);
        ref float sum = ref MemoryMarshal.GetReference(sums);
        nint i = 0;
        for (; i <= numbers.Length - Vector256<float>.Count; i += Vector256<float>.Count)
            (Vector256.LoadUnsafe(ref sum, (nuint)i) + Vector256.LoadUnsafe(ref number, (nuint)i))
                .StoreUnsafe(ref sum, (nuint)i);
        for (; i < numbers.Length; i++)
            Unsafe.Add(ref sum, i) += Unsafe.Add(ref number, i);
    }

    /// <summary><c>[C, F, taps]</c> to <c>[taps, F, C]</c>.</summary>
    private static float[] Outputs(ReadOnlySpan<float> weight, ConvolutionGeometry geometry)
    {
        (int channels, int filters, int taps) = (geometry.FewChannels, geometry.ManyChannels, geometry.Taps);
        var ordered = new float[weight.Length];
        for (int channel = 0; channel < channels; channel++)
        {
            for (int filter = 0; filter < filters; filter++)
            {
                for (int tap = 0; tap < taps; tap++)
                    ordered[(tap * filters + filter) * channels + channel] =
                        weight[(channel * filters + filter) * taps + tap];
            }
        }
        return ordered;
    }
}
