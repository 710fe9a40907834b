using Heartbeats;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Samples;

/// <summary>What the second detector of a series learns from, and what its numbers were before.</summary>
internal sealed class UsualWindowsTests
{
    private readonly MLContext _ml = new();

    [TestCase(0, new float[] { 7, 3, 9, 5 })]
    [TestCase(0.2f, new float[] { 7, 3, 5 })]
    [TestCase(0.5f, new float[] { 3, 5 })]
    [TestCase(0.99f, new float[] { 3 })]
    public void The_share_with_the_highest_scores_is_left_out(float share, float[] expected)
    {
        Assert.That(Usual([7, float.NaN, 3, 9, 5], share), Is.EqualTo(expected));
    }

    [TestCase(0)]
    [TestCase(0.02f)]
    [TestCase(0.5f)]
    public void Windows_that_are_all_alike_remain(float share)
    {
        Assert.That(Usual([.. Enumerable.Repeat(0.25f, 60)], share), Has.Length.EqualTo(60));
        Assert.That(Usual([.. Enumerable.Repeat(0f, 60)], share), Has.Length.EqualTo(60));
    }

    [Test]
    public void A_column_that_never_changes_is_what_it_was()
    {
        Row[] rows = [.. Enumerable.Range(0, 10).Select(i => new Row { Values = [i * i, 5, 0.1f] })];
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        var model = _ml.Transforms.NormalizeMeanVariance("Numbers", nameof(Row.Values), fixZero: false).Fit(data);
        float[][] normalized = [.. model.Transform(data).GetColumn<float[]>("Numbers")];

        var normalizer = Normalizer.Of([model], rows[3].Values);
        for (int i = 0; i < rows.Length; i++)
        {
            Assert.That(normalized[i].Select(normalizer.Undo), Is.EqualTo(rows[i].Values).Within(1e-4));
        }
        Assert.That(normalizer.Undo(0.3f, 1), Is.EqualTo(5), "whatever is reconstructed");
    }

    private float[] Usual(float[] scores, float share) => [.. UsualWindows.Of(_ml,
        _ml.Data.LoadFromEnumerable(scores.Select(score => new Scored { Score = score })), nameof(Scored.Score), share)
        .GetColumn<float>(nameof(Scored.Score))];

    private sealed class Scored
    {
        public float Score { get; set; }
    }

    private sealed class Row
    {
        [VectorType(3)]
        public float[] Values { get; set; } = [];
    }
}
