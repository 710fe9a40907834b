using System.Buffers;
using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Networks;

namespace Ml.Autoencoders.ManagedScoring;

/// <summary>Reads the output of a hidden layer where it lies: a vector as it is, and of feature maps the means of
/// cells, as <see cref="AdaptiveMeans"/> describes them.</summary>
internal sealed class HiddenTap
{
    private readonly PictureLayout _layout;
    private readonly int _start;

    /// <summary>Of each cell the lines of pixels that it crosses, and where in each; null where nothing is
    /// averaged.</summary>
    private readonly (int[] Lines, Range Window)[]? _cells;

    /// <summary>Pixels of a line.</summary>
    private readonly int _line;

    /// <param name="layout">Where the numbers of a row lie.</param>
    /// <param name="shape">The shape of a row.</param>
    /// <param name="start">The activations of a row before these.</param>
    public HiddenTap(PictureLayout layout, Shape shape, int start)
    {
        (_layout, _start) = (layout, start);
        if (AdaptiveMeans.Of(shape).Equals(shape))
            return;
        int[] axes = shape.Axes.ToArray();
        _line = axes[^1];
        int[][] lines = [[0]];
        foreach (int size in axes[..^1])
        {
            lines = [.. from cell in lines
                        from window in Windows(size)
                        select (int[])[.. from line in cell from place in Places(window) select line * size + place]];
        }
        _cells = [.. from cell in lines from window in Windows(_line) select (cell, window)];
    }

    /// <param name="block">Rows, <c>[B, stride]</c>.</param>
    /// <param name="stride">From one row to the next.</param>
    /// <param name="hidden">Where the activations of each go.</param>
    public void Read(ReadOnlySpan<float> block, int stride, HiddenRows hidden)
    {
        (int channels, int maps) = (_layout.Channels, _layout.IsInnermost || _cells is null ? 0 : _layout.Count);
        float[] rented = ArrayPool<float>.Shared.Rent(2 * channels + maps);
        Span<float> sums = rented.AsSpan(0, 2 * channels);
        Span<float> turned = rented.AsSpan(2 * channels, maps);
        for (int row = 0; row * stride < block.Length; row++)
        {
            ReadOnlySpan<float> values = block.Slice(row * stride, (int)_layout.Reach);
            Span<float> target = hidden.Row(row)[_start..];
            if (_cells is null)
            {
                PictureLayout plain = PictureLayout.Plain(channels, _layout.Pixels);
                Rearrangement.Move(values, _layout, target[..plain.Count], plain);
            }
            else if (maps == 0)
            {
                WriteMeans(_cells, values, _layout.PixelStride, sums, target);
            }
            else
            {
                Rearrangement.Move(values, _layout, turned,
                    PictureLayout.Innermost(channels, _layout.Pixels, channels));
                WriteMeans(_cells, turned, channels, sums, target);
            }
        }
        ArrayPool<float>.Shared.Return(rented);
    }

    /// <summary>Of a row whose channels lie side by side. Each line is summed up by itself, so that the sum of a large
    /// cell is as exact as that of a small one.</summary>
    private void WriteMeans((int[] Lines, Range Window)[] cells, ReadOnlySpan<float> values, int pixelStride,
        Span<float> sums, Span<float> target)
    {
        int channels = sums.Length / 2;
        Span<float> sum = sums[..channels];
        Span<float> lineSum = sums[channels..];
        for (int cell = 0; cell < cells.Length; cell++)
        {
            (int[] lines, Range window) = cells[cell];
            sum.Clear();
            foreach (int line in lines)
            {
                lineSum.Clear();
                for (int place = window.Start.Value; place < window.End.Value; place++)
                {
                    Elementwise.Apply(lineSum, values.Slice((line * _line + place) * pixelStride, channels),
                        default(Sum));
                }
                Elementwise.Apply(sum, lineSum, default(Sum));
            }
            float share = 1f / (lines.Length * (window.End.Value - window.Start.Value));
            for (int channel = 0; channel < channels; channel++)
                target[channel * cells.Length + cell] = sum[channel] * share;
        }
    }

    private static IEnumerable<Range> Windows(int size) =>
        Enumerable.Range(0, AdaptiveMeans.Cells(size)).Select(cell => AdaptiveMeans.Window(size, cell));

    private static IEnumerable<int> Places(Range window) =>
        Enumerable.Range(window.Start.Value, window.End.Value - window.Start.Value);

    private readonly struct Sum : IBinaryFunction
    {
        public T Of<T>(T x, T y) where T : IElementwise<T> => x + y;
    }
}
