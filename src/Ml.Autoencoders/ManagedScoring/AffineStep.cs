using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.ManagedScoring;

/// <summary>x := x scale + shift, slot by slot: batch normalization in prediction.</summary>
internal sealed class AffineStep(float[] scale, float[] shift) : ManagedStep
{
    public override void Run(Span<float> block, int stride)
    {
        for (int start = 0; start < block.Length; start += stride)
            Apply(block.Slice(start, scale.Length), scale, shift);
    }

    public static void Apply(Span<float> row, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift) =>
        Elementwise.Apply(row, scale, shift, default(Affine));

    private readonly struct Affine : ITernaryFunction
    {
        public T Of<T>(T x, T scale, T shift) where T : IElementwise<T> => x.TimesPlus(scale, shift);
    }
}
