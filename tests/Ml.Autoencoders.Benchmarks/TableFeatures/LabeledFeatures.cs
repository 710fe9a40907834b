namespace Ml.Autoencoders.Benchmarks.TableFeatures;

/// <summary>Rows as a classifier gets them.</summary>
/// <param name="Features">A row each.</param>
/// <param name="Labels">The class of each row.</param>
internal sealed record LabeledFeatures(float[][] Features, uint[] Labels)
{
    public int Width => Features[0].Length;

    public LabeledFeatures At(int[] rows) =>
        new([.. rows.Select(row => Features[row])], [.. rows.Select(row => Labels[row])]);
}
