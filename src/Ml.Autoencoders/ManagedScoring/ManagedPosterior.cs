using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.ManagedScoring;

/// <summary>The managed counterpart of <see cref="Codes.DiagonalGaussian"/>: q(z|x) of some rows.</summary>
/// <param name="values">μ and ln σ² of each row side by side, <c>[B, 2Z]</c>.</param>
/// <param name="codeSize">Numbers of a code, Z.</param>
internal readonly ref struct ManagedPosterior(Span<float> values, int codeSize)
{
    private readonly Span<float> _values = values;

    public ReadOnlySpan<float> Mean(int row) => _values.Slice(2 * row * codeSize, codeSize);

    public ReadOnlySpan<float> LogVariance(int row) => _values.Slice((2 * row + 1) * codeSize, codeSize);

    /// <summary>σ of a row.</summary>
    public void Deviations(int row, Span<float> deviations)
    {
        LogVariance(row).CopyTo(deviations);
        Elementwise.Apply(deviations, default(Deviation));
    }

    /// <summary>A code of a row from its noise, in place: μ + σ ε.</summary>
    public void Draw(int row, ReadOnlySpan<float> deviations, Span<float> noise) =>
        AffineStep.Apply(noise, deviations, Mean(row));

    /// <summary>KL(q(z|x) || N(0, I)) of a row in nats: Σ (μ² + σ² - 1 - ln σ²) / 2.</summary>
    public double Divergence(int row)
    {
        ReadOnlySpan<float> mean = Mean(row);
        ReadOnlySpan<float> logVariance = LogVariance(row);
        double sum = 0;
        for (int i = 0; i < codeSize; i++)
            sum += (double)mean[i] * mean[i] + Math.Exp(logVariance[i]) - 1 - logVariance[i];
        return sum / 2;
    }

    /// <summary>ln p(z) - ln q(z|x) of a code that was drawn for a row: Σ (ln σ² + ε² - z²) / 2.</summary>
    public double LogPriorOverPosterior(int row, ReadOnlySpan<float> noise, ReadOnlySpan<float> code)
    {
        ReadOnlySpan<float> logVariance = LogVariance(row);
        double sum = 0;
        for (int i = 0; i < codeSize; i++)
            sum += logVariance[i] + (double)noise[i] * noise[i] - (double)code[i] * code[i];
        return sum / 2;
    }

    private readonly struct Deviation : IUnaryFunction
    {
        public T Of<T>(T x) where T : IElementwise<T> => (x / 2).Exp();
    }
}
