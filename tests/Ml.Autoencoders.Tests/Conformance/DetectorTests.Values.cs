using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Kernels;

namespace Ml.Autoencoders.Tests.Conformance;

/// <content>What the columns hold.</content>
internal sealed partial class DetectorTests
{
    [Test]
    public void A_row_is_called_an_anomaly_where_its_score_is_above_the_threshold_and_not_where_it_is_the_threshold()
    {
        using AutoencoderAnomalyTransformer model = FitFull();
        IDataView rows = Rows.View(_ml, 30, seed: 9);
        float[] scores = ScoresOf(model.Transform(rows));
        float middle = scores.Order().ElementAt(15);
        using AutoencoderAnomalyTransformer at = _ml.AnomalyDetection.ChangeModelThreshold(model, middle);
        using AutoencoderAnomalyTransformer below = _ml.AnomalyDetection.ChangeModelThreshold(model,
            MathF.BitDecrement(middle));
        Assert.That(LabelsOf(at.Transform(rows)),
            Is.EqualTo(scores.Select(score => score > middle)).And.Exactly(14).True);
        Assert.That(LabelsOf(below.Transform(rows)),
            Is.EqualTo(scores.Select(score => score >= middle)).And.Exactly(15).True);
    }

    [Test]
    public void A_missing_value_makes_a_score_of_its_own_row_only_and_no_anomaly()
    {
        using AutoencoderAnomalyTransformer fitted = FitFull();
        // With this threshold, everything that has a score is an anomaly.
        using AutoencoderAnomalyTransformer model = _ml.AnomalyDetection.ChangeModelThreshold(fitted, -1e9f);
        Row[] rows = Rows.Make(30, seed: 9);
        int[] whole = Bits.OfNumbers(model.Transform(_ml.Data.LoadFromEnumerable(rows)), "Score");

        rows[7].Features[4] = float.NaN;
        IDataView spoilt = model.Transform(_ml.Data.LoadFromEnumerable(rows));
        int[] found = Bits.OfNumbers(spoilt, "Score");
        Assert.That(spoilt.GetColumn<float>("Score").ElementAt(7), Is.NaN);
        Assert.That(found.Where((_, i) => i != 7), Is.EqualTo(whole.Where((_, i) => i != 7)));
        Assert.That(LabelsOf(spoilt).Select((label, i) => (label, i)).Where(row => !row.label).Select(row => row.i),
            Is.EqualTo(new[] { 7 }));
        Assert.That(spoilt.GetColumn<float[]>("Code").ElementAt(7), Has.All.NaN);
    }

    [TestCase(float.PositiveInfinity)]
    [TestCase(float.NegativeInfinity)]
    [TestCase(float.MaxValue)]
    public void What_is_beyond_all_numbers_is_an_anomaly_beyond_all_numbers(float value)
    {
        using AutoencoderAnomalyTransformer model = FitFull();
        Row[] rows = Rows.Make(10, seed: 9);
        rows[3].Features[4] = value;
        IDataView scored = model.Transform(_ml.Data.LoadFromEnumerable(rows));
        Assert.That(ScoresOf(scored)[3], Is.EqualTo(float.PositiveInfinity));
        Assert.That(LabelsOf(scored)[3], Is.True);
        Assert.That(ScoresOf(scored).Where((_, i) => i != 3), Has.All.Matches<float>(float.IsFinite));
    }

    [Test]
    public void With_cross_entropy_too_a_row_is_the_more_unusual_the_farther_it_is_from_the_others()
    {
        using AutoencoderAnomalyTransformer model = FitFull(
            (nameof(AnomalyOptions.Loss), ReconstructionLoss.BinaryCrossEntropy),
            (nameof(AnomalyOptions.Scaling), InputScaling.MinMax));
        Row[] rows = [.. new[] { 0.5f, 3, 10, 100 }
            .Select(value => new Row { Features = [.. Enumerable.Repeat(value, Row.Size)] })];
        Assert.That(ScoresOf(model.Transform(_ml.Data.LoadFromEnumerable(rows))), Is.Ordered.Ascending);
    }

    [TestCase(InputScaling.None)]
    [TestCase(InputScaling.Standardize)]
    public void The_errors_of_slots_say_where_row_and_reconstruction_differ(InputScaling scaling)
    {
        using AutoencoderAnomalyTransformer model = FitFull((nameof(AnomalyOptions.Scaling), scaling));
        Row[] rows = Rows.Make(20, seed: 9);
        IDataView scored = model.Transform(_ml.Data.LoadFromEnumerable(rows));
        float[][] clean = [.. scored.GetColumn<float[]>("Clean")];
        float[][] errors = [.. scored.GetColumn<float[]>("Errors")];
        double[] scales = scaling == InputScaling.None
            ? [.. Enumerable.Repeat(1.0, Row.Size)] : DeviationsOf(Rows.Make(40));
        for (int i = 0; i < rows.Length && detector.Kind != AnomalyScoreKind.Both; i++)
        {
            for (int slot = 0; slot < Row.Size; slot++)
            {
                double difference = (rows[i].Features[slot] - clean[i][slot]) / scales[slot];
                Assert.That(errors[i][slot], Is.EqualTo(difference * difference).Within(1e-4)
                    .Percent.Or.EqualTo(difference * difference).Within(1e-4));
            }
        }
        if (detector.Kind == AnomalyScoreKind.ReconstructionError)
            Assert.That(ScoresOf(scored), Is.EqualTo(errors.Select(row => row.Average())).Within(1e-5));
    }

    [Test]
    public void Each_column_may_be_asked_for_alone()
    {
        using AutoencoderAnomalyTransformer model = FitFull((nameof(AnomalyOptions.Contamination), 0.2f));
        var source = new CountingView(Rows.View(_ml, 40));
        IDataView scored = model.Transform(source);
        Assert.That(source.CursorsOpened, Is.Zero);
        float[] scores = ScoresOf(scored);
        bool[] labels = LabelsOf(scored);
        Assert.That((source.CursorsOpened, source.RowsRead), Is.EqualTo((2, 80)));
        Assert.That(source.ColumnsAsked, Is.EqualTo(new[] { "Features" }));

        Verdict[] together = [.. _ml.Data.CreateEnumerable<Verdict>(scored, reuseRowObject: false)];
        Assert.That(together.Select(verdict => verdict.Score), Is.EqualTo(scores));
        Assert.That(together.Select(verdict => verdict.PredictedLabel),
            Is.EqualTo(labels).And.Some.True.And.Some.False);
    }

    [Test]
    public void A_score_belongs_to_the_row_whatever_its_place_and_its_batch()
    {
        using AutoencoderAnomalyTransformer model = FitFull();
        Row[] rows = Rows.Make(90, seed: 9);
        float[] scores = ScoresOf(model.Transform(_ml.Data.LoadFromEnumerable(rows)));
        float[] again = ScoresOf(model.Transform(_ml.Data.LoadFromEnumerable(rows)));
        float[] backwards = ScoresOf(model.Transform(_ml.Data.LoadFromEnumerable(rows.Reverse())));
        float[] alone = [.. rows.Select(row => ScoresOf(model.Transform(_ml.Data.LoadFromEnumerable([row])))[0])];
        float[] late = ScoresOf(model.Transform(_ml.Data.SkipRows(_ml.Data.LoadFromEnumerable(rows), 33)));
        Assert.That(again, Is.EqualTo(scores));
        Assert.That(backwards.Reverse(), Is.EqualTo(scores));
        Assert.That(alone, Is.EqualTo(scores));
        Assert.That(late, Is.EqualTo(scores[33..]));
        Assert.That(scores.Max() - scores.Min(), Is.GreaterThan(1e-3), "rows differ by more than rounding");
    }

    [TestCase(1)]
    [TestCase(2)]
    public void Scores_are_the_same_from_call_to_call_on_any_number_of_threads(int threads)
    {
        using AutoencoderAnomalyTransformer model = FitFull();
        IDataView rows = Rows.View(_ml, 300, seed: 9);
        int[] expected = Bits.OfNumbers(model.Transform(rows), "Score");
        using var loaded = (AutoencoderAnomalyTransformer)ModelZip.Load(_ml, ModelZip.Save(_ml, model, rows.Schema));
        using ThreadLimit? limit = ThreadLimit.Set(threads);
        for (int call = 0; call < 20; call++)
            Assert.That(Bits.OfNumbers(model.Transform(rows), "Score"), Is.EqualTo(expected), $"call {call}");
        Assert.That(Bits.OfNumbers(loaded.Transform(rows), "Score"), Is.EqualTo(expected));
        using PredictionEngine<Row, Verdict> engine = _ml.Model.CreatePredictionEngine<Row, Verdict>(model,
            new PredictionEngineOptions { OwnsTransformer = false });
        float[] alone = [.. Rows.Make(300, seed: 9).Select(row => engine.Predict(row).Score)];
        Assert.That(Bits.Of(alone), Is.EqualTo(expected));
    }

    [Test]
    public void Cursors_of_a_set_give_each_row_once()
    {
        using AutoencoderAnomalyTransformer model = FitFull();
        IDataView scored = model.Transform(Rows.View(_ml, 200, seed: 9));
        var found = new Dictionary<long, float>();
        foreach (DataViewRowCursor cursor in scored.GetRowCursorSet([scored.Schema["Score"]], 3))
        {
            using (cursor)
            {
                ValueGetter<float> getScore = cursor.GetGetter<float>(scored.Schema["Score"]);
                float score = 0;
                while (cursor.MoveNext())
                {
                    getScore(ref score);
                    found.Add(cursor.Position, score);
                }
            }
        }
        Assert.That(found.OrderBy(row => row.Key).Select(row => row.Value), Is.EqualTo(ScoresOf(scored)).Within(1e-5));
    }

    [Test]
    public void A_prediction_engine_agrees_with_the_view()
    {
        using AutoencoderAnomalyTransformer model = FitFull((nameof(AnomalyOptions.Contamination), 0.3f));
        Row[] rows = Rows.Make(20, seed: 9);
        Verdict[] expected = [.. _ml.Data.CreateEnumerable<Verdict>(model.Transform(_ml.Data.LoadFromEnumerable(rows)),
            reuseRowObject: false)];
        using PredictionEngine<Row, Verdict> engine = _ml.Model.CreatePredictionEngine<Row, Verdict>(model);
        Verdict[] found = [.. rows.Select(row => engine.Predict(row))];
        Assert.That(found.Select(verdict => verdict.Score), Is.EqualTo(expected.Select(verdict => verdict.Score)));
        Assert.That(found.Select(verdict => verdict.PredictedLabel),
            Is.EqualTo(expected.Select(verdict => verdict.PredictedLabel)).And.Some.True.And.Some.False);
    }

    [Test]
    public void A_wrong_condition_makes_a_row_unusual()
    {
        using AutoencoderAnomalyTransformer model = detector.MakeFull(_ml,
            (nameof(AnomalyOptions.ConditionColumnName), "Level"), (nameof(AnomalyOptions.CodeSize), 1),
            (nameof(AnomalyOptions.Training), Small.Training(epochs: 60)))
                .Fit(LevelRows.Keyed(_ml, LevelRows.Make(200)));
        LevelRows.LevelRow[] rows = LevelRows.Make(40, seed: 9, LevelRows.Low);
        float[] right = ScoresOf(model.Transform(LevelRows.Keyed(_ml, rows)));
        foreach (LevelRows.LevelRow row in rows)
            row.Level = LevelRows.High;
        float[] wrong = ScoresOf(model.Transform(LevelRows.Keyed(_ml, rows)));
        Assert.That(model.ConditionColumnName, Is.EqualTo("Level"));
        Assert.That(wrong, Is.Not.EqualTo(right));
        // A code says what the condition does not, and may be as usual with a wrong one.
        if (detector.Kind != AnomalyScoreKind.CodeDistance)
            Assert.That(wrong.Zip(right, (high, low) => high > low), Has.All.True);
    }

    [Test]
    public void Other_columns_pass_through()
    {
        using AutoencoderAnomalyTransformer model = FitFull();
        IDataView rows = Rows.View(_ml, 600, seed: 9);
        Assert.That(model.Transform(rows).GetColumn<string>("Name"), Is.EqualTo(rows.GetColumn<string>("Name")));
    }

    private static double[] DeviationsOf(Row[] rows) => [.. Enumerable.Range(0, Row.Size).Select(slot =>
    {
        double mean = rows.Average(row => (double)row.Features[slot]);
        return Math.Sqrt(rows.Average(row => Math.Pow(row.Features[slot] - mean, 2)));
    })];
}
