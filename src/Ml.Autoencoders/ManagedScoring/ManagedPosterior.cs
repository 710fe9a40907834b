using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Codes;

namespace Ml.Autoencoders.ManagedScoring;

/// <summary>The managed counterpart of <see cref="DiagonalGaussian{T}"/>: q(z|x) of some rows.</summary>
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

    /// <summary>KL(q(z|x) || N(0, I)) of a row in nats: see
    /// <see cref="NormalNumber.Divergence"/>.</summary>
    public double Divergence(int row)
    {
        ReadOnlySpan<float> mean = Mean(row);
        ReadOnlySpan<float> logVariance = LogVariance(row);
        double sum = 0;
        for (int i = 0; i < codeSize; i++)
            sum += NormalNumber.Divergence<Number>(mean[i], logVariance[i]).Value;
        return sum;
    }

    /// <summary>ln p(z) - ln q(z|x) of a code that was drawn for a row.</summary>
    public double LogPriorOverPosterior(int row, ReadOnlySpan<float> noise, ReadOnlySpan<float> code)
    {
        ReadOnlySpan<float> logVariance = LogVariance(row);
        double sum = 0;
        for (int i = 0; i < codeSize; i++)
        {
            sum += (NormalNumber.StandardLogDensity<Number>(code[i])
                - NormalNumber.LogDensityOfDraw<Number>(noise[i], logVariance[i])).Value;
        }
        return sum;
    }

    private readonly struct Deviation : IUnaryFunction
    {
        public T Of<T>(T x) where T : IElementwise<T> => NormalNumber.Deviation(x);
    }
}
