namespace Ml.Autoencoders.Benchmarks.Tables;

/// <summary>Areas under the ROC curve by both protocols.</summary>
/// <param name="Unsupervised">See <see cref="Trial.Unsupervised"/>.</param>
/// <param name="SemiSupervised">See <see cref="Trial.SemiSupervised"/>.</param>
internal readonly record struct Areas(double Unsupervised, double SemiSupervised)
{
    public double Mean => (Unsupervised + SemiSupervised) / 2;

    public static Areas MeanOf(IReadOnlyCollection<Areas> values) =>
        new(values.Average(value => value.Unsupervised), values.Average(value => value.SemiSupervised));
}
