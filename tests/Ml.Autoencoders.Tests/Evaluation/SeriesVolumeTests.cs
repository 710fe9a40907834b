using Ml.Autoencoders.Evaluation;
using Ml.Autoencoders.Evaluation.Series;

namespace Ml.Autoencoders.Tests.Evaluation;

/// <summary>Volumes beside those of the authors' code, and beside the definition, read word for word.</summary>
internal sealed class SeriesVolumeTests
{
    /// <summary>The figures are what <c>RangeAUC_volume_opt</c> of TSB-AD's <c>basic_metrics.py</c> (October 2025)
    /// gives for these series, rounded to six digits.</summary>
    [TestCase("constant", "300 rows", 20, 0.206159, 0.524261)]
    [TestCase("constant", "1000 rows", 33, 0.112681, 0.513198)]
    [TestCase("constant", "120 rows", 0, 0.083333, 0.500000)]
    [TestCase("random", "300 rows", 20, 0.185803, 0.607013)]
    [TestCase("random", "1000 rows", 33, 0.106853, 0.655683)]
    [TestCase("random", "120 rows", 0, 0.076000, 0.435455)]
    [TestCase("helped", "300 rows", 20, 0.753512, 0.920237)]
    [TestCase("helped", "1000 rows", 33, 0.714234, 0.915247)]
    [TestCase("helped", "120 rows", 0, 0.603149, 0.851818)]
    [TestCase("late", "300 rows", 20, 0.575519, 0.847384)]
    [TestCase("late", "1000 rows", 33, 0.598943, 0.868063)]
    [TestCase("late", "120 rows", 0, 0.247236, 0.685455)]
    [TestCase("coarse", "300 rows", 20, 0.179890, 0.601702)]
    [TestCase("coarse", "1000 rows", 33, 0.108568, 0.649234)]
    [TestCase("coarse", "120 rows", 0, 0.078486, 0.446818)]
    public void Volumes_are_those_of_the_authors(string kind, string name, int window, double precisionRecall,
        double roc)
    {
        (float[] scores, bool[] labels) = ScoredExample.Make(kind, name);
        Assert.That(SeriesQuality.VolumeUnderPrecisionRecallSurface(scores, labels, window),
            Is.EqualTo(precisionRecall).Within(1e-6));
        Assert.That(SeriesQuality.VolumeUnderRocSurface(scores, labels, window), Is.EqualTo(roc).Within(1e-6));
    }

    [Test]
    public void Volumes_are_what_the_definition_says([Range(0, 39)] int seed)
    {
        var random = new Random(seed);
        int[] lengths = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(5, 150))];
        bool[] labels = [.. lengths.SelectMany(length => Runs(random, length))];
        // Some scores are equal, and some rows have none.
        float[] scores = [.. labels.Select((label, i) => seed % 2 == 0 && i % 7 == 3 ? float.NaN
            : MathF.Round((label ? 10 : 0) + 40 * random.NextSingle()))];
        labels[0] = true;
        scores[0] = 20;
        int window = random.Next(0, 40);

        SurfaceVolumes volumes = ScoreSurface.Volumes(new ScoredSeries(scores, labels, lengths), window);
        (double precisionRecall, double roc) = LiteralVolumes.Of(scores, labels, lengths, window);
        Assert.That(volumes.PrecisionRecall, Is.EqualTo(precisionRecall).Within(1e-12));
        Assert.That(volumes.Roc, Is.EqualTo(roc).Within(1e-12));
    }

    private static IEnumerable<bool> Runs(Random random, int length)
    {
        bool isAnomaly = random.Next(4) == 0;
        int left = random.Next(1, 12);
        for (int i = 0; i < length; i++, left--)
        {
            if (left == 0)
            {
                isAnomaly = !isAnomaly;
                left = random.Next(1, isAnomaly ? 6 : 30);
            }
            yield return isAnomaly;
        }
    }
}
