namespace Ml.Autoencoders.Kernels;

/// <summary>The same numbers in another order: <c>[B, C, P]</c> to <c>[B, C, P]</c>.</summary>
/// <param name="from">Where they lie.</param>
/// <param name="to">Where they go; there is nothing between them.</param>
internal sealed class Rearrangement(PictureLayout from, PictureLayout to)
    : BlockOperation(checked((int)from.Reach), PackedPanels.StrideOf(Compact(from, to)))
{
    protected override void Compute(BlockRows rows, int count, ReadOnlySpan<long> labels, Span<float> output)
    {
        for (int row = 0; row < count; row++)
            Move(rows.Row(row, Inputs), from, output.Slice(row * Stride, to.Count), to);
    }

    /// <summary>The same of one row.</summary>
    public static void Move(ReadOnlySpan<float> row, PictureLayout from, Span<float> moved, PictureLayout to)
    {
        if (from.IsPlain && to.IsPlain)
        {
            row.CopyTo(moved);
            return;
        }
        for (int channel = 0; channel < from.Channels; channel++)
        {
            (int place, int target) = (channel * from.ChannelStride, channel * to.ChannelStride);
            for (int pixel = 0; pixel < from.Pixels; pixel++, place += from.PixelStride, target += to.PixelStride)
                moved[target] = row[place];
        }
    }

    private static int Compact(PictureLayout from, PictureLayout to) =>
        to.IsCompact && (from.Channels, from.Pixels) == (to.Channels, to.Pixels)
            ? to.Count
            : throw new ArgumentException(FormattableString.Invariant(
                $"Pictures of {from.Channels} x {from.Pixels} do not go where {to.Channels} x {to.Pixels} lie."));
}
