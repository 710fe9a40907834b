namespace Ml.Autoencoders.Kernels;

/// <summary>Pictures with one more channel for each label, which is 1 everywhere where it is the row's, else 0:
/// <c>[B, C P]</c> to <c>[B, P, C + K]</c>.</summary>
/// <param name="channels">Channels of a picture, C.</param>
/// <param name="pixels">Pixels of a channel, P.</param>
/// <param name="planes">Labels that there are, K.</param>
internal sealed class LabelPlanes(int channels, int pixels, int planes)
    : BlockOperation(checked(channels * pixels), checked((channels + planes) * pixels))
{
    protected override void Compute(BlockRows rows, int count, ReadOnlySpan<long> labels, Span<float> output)
    {
        int size = channels + planes;
        output[..(count * Stride)].Clear();
        for (int row = 0; row < count; row++)
        {
            ReadOnlySpan<float> picture = rows.Row(row, Inputs);
            Span<float> wider = output.Slice(row * Stride, Stride);
            int plane = channels + checked((int)labels[row]);
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                Span<float> numbers = wider.Slice(pixel * size, size);
                for (int channel = 0; channel < channels; channel++)
                    numbers[channel] = picture[channel * pixels + pixel];
                numbers[plane] = 1;
            }
        }
    }
}
