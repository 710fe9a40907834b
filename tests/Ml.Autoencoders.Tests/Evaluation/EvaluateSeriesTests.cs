using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Evaluation;

namespace Ml.Autoencoders.Tests.Evaluation;

internal sealed class EvaluateSeriesTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Test]
    public void Columns_are_measured_as_arrays_are()
    {
        (float[] scores, bool[] labels) = ScoredExample.Make(ScoredExample.Helped, ScoredExample.Long);
        SeriesMeasures expected = SeriesQuality.Measure(scores, labels, 33, threshold: 1);
        IDataView data = View(scores.Zip(labels, (score, label) => new Row { Score = score, Label = label }));
        Assert.That(_ml.EvaluateSeries(data, window: 33, threshold: 1), Is.EqualTo(expected));
        Assert.That((expected.RowsWithoutScore, expected.Rows), Is.EqualTo((0, 1000)));
    }

    [TestCase("Number")]
    [TestCase("Whole")]
    [TestCase("Text")]
    [TestCase("Key")]
    public void Labels_may_be_of_any_type(string column)
    {
        (float[] scores, bool[] labels) = ScoredExample.Make("late", "300 rows");
        IDataView rows = View(scores.Zip(labels, (score, label) =>
            new Row { Score = score, Number = label ? 1 : 0, Whole = label ? 1 : 0, Text = $"{label}" }));
        IDataView data = _ml.Transforms.Conversion.MapValueToKey("Key", "Text")
            .Append(_ml.Transforms.CopyColumns("Error", "Score")).Fit(rows).Transform(rows);
        Assert.That(_ml.EvaluateSeries(data, 20, column, "Error"),
            Is.EqualTo(SeriesQuality.Measure(scores, labels, 20)));
    }

    [Test]
    public void Rows_without_a_score_at_the_start_are_as_if_they_were_not_there()
    {
        (float[] scores, bool[] labels) = ScoredExample.Make(ScoredExample.Helped, "300 rows");
        IEnumerable<Row> rows = scores.Zip(labels, (score, label) => new Row { Score = score, Label = label });
        IEnumerable<Row> none = Enumerable.Range(0, 59).Select(i => new Row { Score = float.NaN, Label = i is 4 or 5 });
        SeriesMeasures measures = _ml.EvaluateSeries(View(none.Concat(rows)), window: 20);
        SeriesMeasures expected = SeriesQuality.Measure(scores, labels, 20);
        Assert.That(measures.RowsWithoutScore, Is.EqualTo(59));
        Assert.That((measures.Rows, measures.Events, measures.AnomalousRows, measures.Threshold),
            Is.EqualTo((expected.Rows, 5, expected.AnomalousRows, expected.Threshold)));
        Assert.That((measures.VolumeUnderPrecisionRecallSurface, measures.VolumeUnderRocSurface,
            measures.AreaUnderPrecisionRecallCurve, measures.BestF1, measures.EventRecall), Is.EqualTo((
            expected.VolumeUnderPrecisionRecallSurface, expected.VolumeUnderRocSurface,
            expected.AreaUnderPrecisionRecallCurve, expected.BestF1, expected.EventRecall)));
    }

    [Test]
    public void Rows_without_a_score_keep_their_place()
    {
        // A high score three rows before an anomaly is too far away to be forgiven at widths up to 5, also where the
        // rows between have no score; without them it would stand next to the anomaly.
        float[] scores = [1, 0, 9, float.NaN, float.NaN, 8, 0, 1];
        IDataView data = View(scores.Select((score, i) => new Row { Score = score, Label = i == 5 }));
        SeriesMeasures measures = _ml.EvaluateSeries(data, window: 5);
        Assert.That(measures.VolumeUnderPrecisionRecallSurface, Is.EqualTo(0.5).Within(1e-12));
        Assert.That((measures.Rows, measures.RowsWithoutScore), Is.EqualTo((6, 2)));
    }

    [Test]
    public void An_anomaly_around_rows_without_a_score_is_one()
    {
        float[] scores = [0, 5, float.NaN, 1, 0, float.NaN, 2];
        IDataView data = View(scores.Select((score, i) => new Row { Score = score, Label = i is 1 or 2 or 3 or 5 }));
        SeriesMeasures measures = _ml.EvaluateSeries(data, window: 1);
        Assert.That((measures.Events, measures.AnomalousRows), Is.EqualTo((1, 2)), "of the last, no row has a score");
    }

    [TestCase("Group")]
    [TestCase("Number")]
    public void Series_are_told_apart_wherever_their_rows_stand(string column)
    {
        // The anomaly at the end of one series would be next to that at the start of the other.
        float[] scores = [1, 2, 3, 9, 8, 0, 1, 0];
        bool[] labels = [false, false, false, true, true, false, false, false];
        Row[] rows = [.. scores.Select((score, i) =>
            new Row { Score = score, Label = labels[i], Group = i < 4 ? "left" : "right", Number = i < 4 ? 7 : 2.5f })];
        Row[] mixed = [rows[4], rows[0], rows[5], rows[1], rows[6], rows[2], rows[7], rows[3]];
        SeriesMeasures apart = _ml.EvaluateSeries(View(rows), 4, groupColumnName: column);
        SeriesMeasures one = _ml.EvaluateSeries(View(rows), 4);
        Assert.That((apart.Events, one.Events), Is.EqualTo((2, 1)));
        Assert.That(_ml.EvaluateSeries(View(mixed), 4, groupColumnName: column), Is.EqualTo(apart));
        // In one series the row of score 3 is touched by both, and so is 1 at a width of 4 and more.
        Assert.That((apart.AreaUnderPrecisionRecallCurve, apart.VolumeUnderRocSurface), Is.EqualTo((1.0, 1.0)));
    }

    [Test]
    public void Columns_that_do_not_fit_are_named()
    {
        IDataView data = View([new Row { Score = 1, Label = true }]);
        Assert.That(() => _ml.EvaluateSeries(data, 1, scoreColumnName: "Scroe"),
            Throws.InstanceOf<ArgumentException>().With.Message.Contains("Could not find score column 'Scroe' among"));
        Assert.That(() => _ml.EvaluateSeries(data, 1, "Lable"),
            Throws.InstanceOf<ArgumentException>().With.Message.Contains("Could not find label column 'Lable' among"));
        Assert.That(() => _ml.EvaluateSeries(data, 1, groupColumnName: "Pump"),
            Throws.InstanceOf<ArgumentException>().With.Message.Contains("Could not find group column 'Pump' among"));
        Assert.That(() => _ml.EvaluateSeries(data, 1, scoreColumnName: "Text"),
            Throws.InstanceOf<ArgumentException>().With.Message.StartsWith(
                "Score column 'Text' is of type String; it must be a Single."));
        Assert.That(() => _ml.EvaluateSeries(data, 1, groupColumnName: "Vector"),
            Throws.InstanceOf<ArgumentException>().With.Message.StartsWith(
                "Group column 'Vector' is of type Vector<Single, 2>; it must be a key, a text, a Boolean or a " +
                "number."));
    }

    [Test]
    public void Values_that_cannot_be_measured_are_named()
    {
        Row[] rows = [new Row { Score = 1, Label = true, Number = 1 }, new Row { Score = 2, Number = 2 }];
        Assert.That(() => _ml.EvaluateSeries(View(rows), 1, "Number"), Throws.InvalidOperationException.With.Message
            .EqualTo("Column 'Number', row 1: the label is '2'; it must be 1 or True for a row of an anomaly, " +
                "or 0 or False for another."));
        Assert.That(() => _ml.EvaluateSeries(View([new Row { Number = float.NaN }]), 1, "Number"),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "Column 'Number', scored row 0: the label is missing. Leave such rows out."));
        Assert.That(() => _ml.EvaluateSeries(View([new Row { Group = "" }]), 1, groupColumnName: "Group"),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "Column 'Group', scored row 0: the group is missing. Leave such rows out."));
        Assert.That(() => _ml.EvaluateSeries(View([new Row { Score = float.NegativeInfinity }]), 1),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "Column 'Score', row 0: the score is -Infinity; it must be a finite number, or NaN."));
    }

    [Test]
    public void Views_with_nothing_to_measure_are_refused()
    {
        Row without = new() { Score = float.NaN, Label = true };
        Assert.That(() => _ml.EvaluateSeries(View([without, without]), 1), Throws.InvalidOperationException.With.Message
            .EqualTo("Column 'Score': none of the 2 rows has a score; at least one must."));
        Assert.That(() => _ml.EvaluateSeries(View([]), 1), Throws.InvalidOperationException.With.Message
            .EqualTo("Column 'Score': none of the 0 rows has a score; at least one must."));
        Assert.That(() => _ml.EvaluateSeries(View([without, new() { Score = 1 }]), 1),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "Column 'Label': none of the 1 rows with a score is an anomaly, with the label 1 or True; at least " +
                "one must be."));
        Assert.That(() => _ml.EvaluateSeries(View([without, new() { Score = 1, Label = true }]), 2),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(
                "EvaluateSeries: window is 2; it must be at most 1. (Parameter 'window')"));
        Assert.That(() => _ml.EvaluateSeries(View([without]), 1, threshold: float.NaN),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(
                "EvaluateSeries: threshold is NaN; it must be a finite number. (Parameter 'threshold')"));
    }

    private IDataView View(IEnumerable<Row> rows) => _ml.Data.LoadFromEnumerable(rows);

    private sealed class Row
    {
        public float Score { get; set; }

        public bool Label { get; set; }

        public float Number { get; set; }

        public int Whole { get; set; }

        public string Text { get; set; } = "";

        public string Group { get; set; } = "all";

        [VectorType(2)]
        public float[] Vector { get; set; } = [0, 0];
    }
}
