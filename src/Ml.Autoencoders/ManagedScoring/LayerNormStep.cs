using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Networks;

namespace Ml.Autoencoders.ManagedScoring;

/// <summary>Each row to mean 0 and variance 1, then scaled and shifted per number.</summary>
internal sealed class LayerNormStep(float[] scale, float[] shift) : ManagedStep
{
    public override void Run(Span<float> block, int stride)
    {
        for (int start = 0; start < block.Length; start += stride)
        {
            Span<float> row = block.Slice(start, scale.Length);
            float mean = Elementwise.Sum(row) / row.Length;
            Elementwise.Apply(row, new Shift(-mean));
            Elementwise.Apply(row,
                new Stretch(1 / MathF.Sqrt(SumOfSquares(row) / row.Length + LayerNormLayer.Epsilon)));
            AffineStep.Apply(row, scale, shift);
        }
    }

    private static float SumOfSquares(ReadOnlySpan<float> row)
    {
        double sum = 0;
        foreach (float value in row)
            sum += (double)value * value;
        return (float)sum;
    }

    private readonly struct Shift(float by) : IUnaryFunction
    {
        public T Of<T>(T x) where T : IElementwise<T> => x + by;
    }

    private readonly struct Stretch(float by) : IUnaryFunction
    {
        public T Of<T>(T x) where T : IElementwise<T> => x * by;
    }
}
