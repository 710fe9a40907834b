using System.Buffers;

namespace Ml.Autoencoders.Kernels;

/// <summary>
/// A convolution over pictures in managed memory. The channels of a pixel lie side by side, so that what a kernel
/// covers is a piece of memory for each of its rows: a row of <see cref="PackedPanels"/> that need not be copied
/// together. <c>[B, C, H, W]</c> to <c>[B, H' W', stride]</c>, the stride being the filters filled up to whole panels.
/// </summary>
internal sealed class PackedConvolution : BlockOperation
{
    private readonly ConvolutionGeometry _geometry;
    private readonly PictureLayout _layout;
    private readonly PackedPanels _panels;
    private readonly RowRuns _runs;
    private readonly int[] _places;

    /// <param name="geometry">From the many to the few.</param>
    /// <param name="layout">Where the numbers of a picture lie.</param>
    /// <param name="weight"><c>[F, C, kernel rows, kernel columns]</c>.</param>
    /// <param name="bias"><c>[F]</c>.</param>
    /// <exception cref="ArgumentException">One does not fit the others.</exception>
    public PackedConvolution(ConvolutionGeometry geometry, PictureLayout layout, ReadOnlySpan<float> weight,
        ReadOnlySpan<float> bias)
        : base(checked((int)layout.Reach), StrideOf(geometry))
    {
        geometry.Require(layout, (geometry.ManyChannels, geometry.ManyPixels), weight.Length,
            (bias.Length, geometry.FewChannels));
        (_geometry, _layout) = (geometry, layout);
        (ConvolutionAxis rows, ConvolutionAxis columns, int channels) =
            (geometry.Rows, geometry.Columns, geometry.ManyChannels);
        int width = (int)columns.Padded * channels;
        _runs = new RowRuns(rows.Kernel, columns.Kernel * channels, width);
        _panels = new PackedPanels(ChannelsInnermost(weight, geometry), bias);
        _places = new int[geometry.FewPixels];
        for (int pixel = 0; pixel < _places.Length; pixel++)
        {
            (int row, int column) = Math.DivRem(pixel, columns.Few);
            _places[pixel] = row * rows.Stride * width + column * columns.Stride * channels;
        }
    }

    /// <summary>Where the numbers of a result lie.</summary>
    public static PictureLayout ResultOf(int filters, int pixels) =>
        PictureLayout.Innermost(filters, pixels, PackedPanels.StrideOf(filters));

    protected override void Compute(BlockRows rows, int count, ReadOnlySpan<long> labels, Span<float> output)
    {
        if (IsReadInPlace)
        {
            for (int row = 0; row < count; row++)
                Compute(ref rows.First(row), output.Slice(row * Stride, Stride));
            return;
        }
        int size = _geometry.PaddedPixels * _geometry.ManyChannels;
        float[] rented = ArrayPool<float>.Shared.Rent(size);
        Span<float> padded = rented.AsSpan(0, size);
        padded.Clear(); // what lies around the pictures stays so
        for (int row = 0; row < count; row++)
        {
            Pad(rows.Row(row, Inputs), padded);
            Compute(ref padded[0], output.Slice(row * Stride, Stride));
        }
        ArrayPool<float>.Shared.Return(rented);
    }

    private bool IsReadInPlace => _geometry.Rows.Padding == 0 && _geometry.Columns.Padding == 0
        && _layout.IsInnermost && (_layout.PixelStride == _geometry.ManyChannels || _layout.Pixels == 1);

    private static int StrideOf(ConvolutionGeometry geometry) =>
        checked(geometry.FewPixels * PackedPanels.StrideOf(geometry.FewChannels));

    private void Compute(ref float picture, Span<float> output) =>
        _panels.Run(ref picture, new ListedPlaces(_places), _places.Length, _runs, output);

    /// <summary>A picture between its padding, with the channels of a pixel side by side.</summary>
    private void Pad(ReadOnlySpan<float> picture, Span<float> padded)
    {
        (ConvolutionAxis rows, ConvolutionAxis columns, int channels) =
            (_geometry.Rows, _geometry.Columns, _geometry.ManyChannels);
        int width = (int)columns.Padded * channels;
        for (int row = 0; row < rows.Many; row++)
        {
            int first = row * columns.Many * _layout.PixelStride;
            Span<float> line = padded.Slice((row + rows.Padding) * width + columns.Padding * channels,
                columns.Many * channels);
            if (_layout.IsInnermost && _layout.PixelStride == channels)
            {
                picture.Slice(first, line.Length).CopyTo(line);
            }
            else if (_layout.IsInnermost)
            {
                for (int column = 0; column < columns.Many; column++)
                    picture.Slice(first + column * _layout.PixelStride, channels).CopyTo(line[(column * channels)..]);
            }
            else
            {
                for (int channel = 0; channel < channels; channel++)
                {
                    int place = first + channel * _layout.ChannelStride;
                    for (int to = channel; to < line.Length; to += channels, place += _layout.PixelStride)
                        line[to] = picture[place];
                }
            }
        }
    }

    /// <summary><c>[F, C, taps]</c> to <c>[F, taps, C]</c>.</summary>
    private static float[] ChannelsInnermost(ReadOnlySpan<float> weight, ConvolutionGeometry geometry)
    {
        (int channels, int taps) = (geometry.ManyChannels, geometry.Taps);
        var ordered = new float[weight.Length];
        for (int filter = 0; filter < geometry.FewChannels; filter++)
        {
            int start = filter * channels * taps;
            for (int channel = 0; channel < channels; channel++)
            {
                for (int tap = 0; tap < taps; tap++)
                    ordered[start + tap * channels + channel] = weight[start + channel * taps + tap];
            }
        }
        return ordered;
    }
}
