namespace Ml.Autoencoders.Benchmarks.TableFeatures;

/// <summary>The classifiers and their settings.</summary>
internal static class Judges
{
    /// <summary>What <c>table-features search</c> chose.</summary>
    public static Judge Sdca { get; } = Judge.Sdca(null);

    /// <summary>What <c>table-features search</c> chose.</summary>
    public static Judge Logistic { get; } = Judge.Logistic(1);

    /// <summary>What <c>table-features search</c> chose.</summary>
    public static Judge Boosted { get; } = Judge.Boosted(5);

    public static Judge[] LinearTried { get; } =
        [Judge.Sdca(null), Judge.Sdca(1e-3f), Judge.Logistic(1), Judge.Logistic(3), Judge.Logistic(10)];

    public static Judge[] BoostedTried { get; } = [Judge.Boosted(5), Judge.Boosted(20)];
}
