using System.Globalization;

namespace Ml.Autoencoders.Benchmarks.TableFeatures;

/// <summary>Shares of rows that are read right.</summary>
/// <param name="All">Where all learned rows have labels.</param>
/// <param name="Few">Where twenty of each class have.</param>
internal readonly record struct Accuracy(double All, double Few)
{
    public static Accuracy Mean(IReadOnlyCollection<Accuracy> values) =>
        new(values.Average(value => value.All), values.Average(value => value.Few));

    public static Accuracy operator -(Accuracy a, Accuracy b) => new(a.All - b.All, a.Few - b.Few);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{All:0.000}, {Few:0.000}");
}
