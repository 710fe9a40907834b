namespace Ml.Autoencoders.Kernels;

/// <summary>Tokens as one-hot vectors, with one more channel for each label, which is 1 at all steps where it is the
/// row's, else 0: <c>[B, T]</c> to <c>[B, T, V + 1 + K]</c>. The whole part of a number counts; what is not from 0 to
/// V, NaN too, is class 0.</summary>
/// <param name="steps">T.</param>
/// <param name="classes">Classes besides 0, V.</param>
/// <param name="planes">Labels that there are, K.</param>
internal sealed class TokenPlanes(int steps, int classes, int planes)
    : BlockOperation(steps, checked((classes + 1 + planes) * steps))
{
    protected override void Compute(BlockRows rows, int count, ReadOnlySpan<long> labels, Span<float> output)
    {
        int size = classes + 1 + planes;
        output[..(count * Stride)].Clear();
        for (int row = 0; row < count; row++)
        {
            ReadOnlySpan<float> tokens = rows.Row(row, Inputs);
            Span<float> wider = output.Slice(row * Stride, Stride);
            for (int step = 0; step < tokens.Length; step++)
            {
                Span<float> numbers = wider.Slice(step * size, size);
                float token = tokens[step];
                numbers[token >= 0 && token <= classes ? (int)token : 0] = 1;
                if (planes > 0)
                    numbers[classes + 1 + checked((int)labels[row])] = 1;
            }
        }
    }
}
