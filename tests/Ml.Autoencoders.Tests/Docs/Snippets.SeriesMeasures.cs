using Microsoft.ML;
using Ml.Autoencoders.Evaluation;

namespace Ml.Autoencoders.Tests.Docs;

/// <content>Examples of the page on measures of series.</content>
public partial class Snippets
{
    [Test]
    public void Scores_beside_labels_are_measured()
    {
        IDataView scored = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 400).Select(i => new ScoredReading
        {
            // No window ends in the first 59 rows of a pump.
            Score = i % 200 < 59 ? float.NaN : i % 200 is >= 120 and < 140 ? 2 : i % 7,
            Label = i % 200 is >= 122 and < 142,
            Pump = i < 200 ? "A" : "B",
        }));
        float[] scores = [0, 1, 5, 0];
        bool[] labels = [false, false, true, false];

        SeriesMeasures measures = ml.EvaluateSeries(scored, window: 60, groupColumnName: "Pump");
        Console.WriteLine($"VUS-PR {measures.VolumeUnderPrecisionRecallSurface:0.000} of {measures.Events} anomalies");
        Console.WriteLine($"{measures.RowsWithoutScore} rows had no score");

        double volume = SeriesQuality.VolumeUnderPrecisionRecallSurface(scores, labels, window: 2);
        double found = SeriesQuality.EventRecall(scores, labels, threshold: 3);

        Assert.That((measures.Events, measures.RowsWithoutScore), Is.EqualTo((2, 118)));
        Assert.That((volume, found), Is.EqualTo((1.0, 1.0)));
    }

    private sealed class ScoredReading
    {
        public float Score { get; set; }

        public bool Label { get; set; }

        public string Pump { get; set; } = "";
    }
}
