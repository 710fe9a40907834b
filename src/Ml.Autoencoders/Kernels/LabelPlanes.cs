namespace Ml.Autoencoders.Kernels;

/// <summary>Pictures with one more channel for each label, which is 1 everywhere where it is the row's, else 0:
/// <c>[B, C P]</c> to <c>[B, P, C + K]</c>.</summary>
/// <param name="from">Where the numbers of a picture lie.</param>
/// <param name="planes">Labels that there are, K.</param>
internal sealed class LabelPlanes(PictureLayout from, int planes)
    : BlockOperation(from.Count, checked((from.Channels + planes) * from.Pixels))
{
    protected override void Compute(BlockRows rows, int count, ReadOnlySpan<long> labels, Span<float> output)
    {
        int size = from.Channels + planes;
        output[..(count * Stride)].Clear();
        for (int row = 0; row < count; row++)
        {
            ReadOnlySpan<float> picture = rows.Row(row, Inputs);
            Span<float> wider = output.Slice(row * Stride, Stride);
            int plane = from.Channels + checked((int)labels[row]);
            for (int pixel = 0; pixel < from.Pixels; pixel++)
            {
                Span<float> numbers = wider.Slice(pixel * size, size);
                for (int channel = 0; channel < from.Channels; channel++)
                    numbers[channel] = picture[channel * from.ChannelStride + pixel * from.PixelStride];
                numbers[plane] = 1;
            }
        }
    }
}
