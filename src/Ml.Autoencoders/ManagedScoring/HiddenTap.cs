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

    /// <summary>Of each cell where the lines of pixels begin that it has a part of, and how many pixels of each; null
    /// where nothing is averaged.</summary>
    private readonly (int[] Lines, int Places)[]? _cells;

    /// <summary>Where the channels of a pixel lie side by side; null where nothing has to be moved for that.</summary>
    private readonly PictureLayout? _turned;

    /// <param name="layout">Where the numbers of a row lie.</param>
    /// <param name="shape">The shape of a row.</param>
    /// <param name="start">The activations of a row before these.</param>
    public HiddenTap(PictureLayout layout, Shape shape, int start)
    {
        (_layout, _start) = (layout, start);
        if (AdaptiveMeans.Of(shape).Equals(shape))
            return;
        if (!layout.IsInnermost)
            _turned = PictureLayout.Innermost(layout.Channels, layout.Pixels, layout.Channels);
        int pixelStride = (_turned ?? layout).PixelStride;
        int[] axes = shape.Axes.ToArray();
        int[][] lines = [[0]];
        foreach (int size in axes[..^1])
        {
            lines = [.. from cell in lines
                        from window in Windows(size)
                        select (int[])[.. from line in cell from place in Places(window) select line * size + place]];
        }
        _cells = [.. from cell in lines
                     from window in Windows(axes[^1])
                     select (cell.Select(line => (line * axes[^1] + window.Start.Value) * pixelStride).ToArray(),
                         window.End.Value - window.Start.Value)];
    }

    /// <param name="block">Rows, <c>[B, stride]</c>.</param>
    /// <param name="stride">From one row to the next.</param>
    /// <param name="hidden">Where the activations of each go.</param>
    public void Read(ReadOnlySpan<float> block, int stride, HiddenRows hidden)
    {
        PictureLayout plain = PictureLayout.Plain(_layout.Channels, _layout.Pixels);
        float[] rented = ArrayPool<float>.Shared.Rent(_layout.Channels + (_turned?.Count ?? 0));
        Span<float> sums = rented.AsSpan(0, _layout.Channels);
        Span<float> turned = rented.AsSpan(_layout.Channels);
        for (int row = 0; row * stride < block.Length; row++)
        {
            ReadOnlySpan<float> values = block.Slice(row * stride, (int)_layout.Reach);
            Span<float> target = hidden.Row(row)[_start..];
            if (_cells is null)
            {
                Rearrangement.Move(values, _layout, target[..plain.Count], plain);
            }
            else if (_turned is { } beside)
            {
                Rearrangement.Move(values, _layout, turned, beside);
                WriteMeans(_cells, turned, beside.PixelStride, sums, target);
            }
            else
            {
                WriteMeans(_cells, values, _layout.PixelStride, sums, target);
            }
        }
        ArrayPool<float>.Shared.Return(rented);
    }

    /// <summary>Of a row whose channels lie side by side. Each line is summed up by itself, so that the sum of a large
    /// cell is as exact as that of a small one.</summary>
    private static void WriteMeans((int[] Lines, int Places)[] cells, ReadOnlySpan<float> values, int pixelStride,
        Span<float> sums, Span<float> target)
    {
        for (int cell = 0; cell < cells.Length; cell++)
        {
            (int[] lines, int places) = cells[cell];
            Elementwise.Sum(sums, values, lines, places, pixelStride);
            float share = 1f / (lines.Length * places);
            int at = cell;
            foreach (float sum in sums)
            {
                target[at] = sum * share;
                at += cells.Length;
            }
        }
    }

    private static IEnumerable<Range> Windows(int size) =>
        Enumerable.Range(0, AdaptiveMeans.Cells(size)).Select(cell => AdaptiveMeans.Window(size, cell));

    private static IEnumerable<int> Places(Range window) =>
        Enumerable.Range(window.Start.Value, window.End.Value - window.Start.Value);
}
