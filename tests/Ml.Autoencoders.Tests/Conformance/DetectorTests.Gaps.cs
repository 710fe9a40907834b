using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Conformance;

/// <content>Rows with missing values that are left out.</content>
internal sealed partial class DetectorTests
{
    [Test]
    public void Every_row_with_gaps_has_a_score_and_the_same_in_torch_in_ONNX_and_from_a_file()
    {
        using AutoencoderAnomalyTransformer model = FitToGaps();
        LabeledRow[] rows = Gaps.In(LabeledRows.Make(70, seed: 9));
        IDataView view = LabeledRows.View(_ml, rows);
        IDataView expected = model.Transform(view);
        float[] scores = ScoresOf(expected);
        Assert.That(scores, Has.All.Matches<float>(float.IsFinite));
        Assert.That(LabelsOf(expected), Is.EqualTo(scores.Select(score => score > model.Threshold)));
        Assert.That(ColumnNumbers.Of(expected, "Filled").Zip(rows, (filled, row) => filled.Zip(row.Features)
            .Where(slot => !float.IsNaN(slot.Second)).All(slot => slot.First == slot.Second)), Has.All.True);

        using var loaded = (AutoencoderAnomalyTransformer)ModelZip.Load(new MLContext(),
            ModelZip.Save(_ml, model, view.Schema));
        Assert.That(ScoresOf(loaded.Transform(view)), Is.EqualTo(scores));
        using var folder = new TemporaryFolder();
        model.SaveOnnx(folder.File("detector.onnx"));
        using var session = new OnnxSession(folder.File("detector.onnx"));
        Dictionary<string, float[][]> found = session.Run("Features", [.. rows.Select(row => row.Features)]);
        foreach (string column in new[] { "Score", "Filled", "Errors", "Clean", "Code" })
            Assert.That(found[column], Near.To(ColumnNumbers.Of(expected, column)), column);
    }

    [Test]
    public void The_parts_of_what_is_there_and_of_the_code_add_up_to_the_score()
    {
        if (detector.Kind != AnomalyScoreKind.Both)
            return;
        using AutoencoderAnomalyTransformer model = FitToGaps((nameof(AutoencoderAnomalyOptions.CodePartColumnName),
            "Part"));
        LabeledRow[] rows = Gaps.In(LabeledRows.Make(70, seed: 9));
        IDataView scored = model.Transform(LabeledRows.View(_ml, rows));
        float[][] errors = [.. scored.GetColumn<float[]>("Errors")];
        Assert.That(ScoresOf(scored), Is.EqualTo(errors.Zip(scored.GetColumn<float>("Part"),
            (slots, part) => slots.Sum() + part)).Within(1e-3).Percent);
        Assert.That(errors.Zip(rows, (slots, row) => slots.Zip(row.Features)
            .Where(slot => float.IsNaN(slot.Second)).All(slot => slot.First == 0)), Has.All.True);
    }

    [Test]
    public void The_parts_of_what_is_there_stand_for_all_slots()
    {
        if (detector.Kind != AnomalyScoreKind.Both)
            return;
        using AutoencoderAnomalyTransformer model = FitToGaps();
        Row[] whole = Rows.Make(70, seed: 9);
        Row[] halves = [.. whole.Select((row, i) => new Row
        {
            Features = [.. row.Features.Select((x, slot) => (slot + i) % 2 == 0 ? x : float.NaN)],
        })];
        (double Square, double Part)[][] ofWhole = PartsOf(model, whole), ofHalves = PartsOf(model, halves);
        for (int slot = 0; slot < Row.Size; slot++)
        {
            // What a squared error is multiplied by, from where rounding counts least.
            (double square, double part) = ofWhole.Select(row => row[slot]).MaxBy(each => each.Square);
            double weight = part / square;
            for (int i = slot % 2; i < halves.Length; i += 2)
            {
                Assert.That(ofHalves[i][slot].Part,
                    Is.EqualTo(2 * weight * ofHalves[i][slot].Square).Within(1).Percent.Or.LessThan(1e-3));
            }
        }
    }

    /// <summary>Each slot adds to the log-likelihood what depends on the variance, up or down: with a share of slots a
    /// score would measure how many are there.</summary>
    [TestCase(0.01f)]
    [TestCase(1f)]
    public void The_number_of_gaps_does_not_move_the_scores(float variance)
    {
        if (detector.HasCodePart)
            return;
        float[][] numbers = UnrelatedRows(400);
        Row[] With(Func<int, bool> isThere) => [.. numbers.Select(row => new Row
        {
            Features = [.. row.Select((x, slot) => isThere(slot) ? x : float.NaN)],
        })];
        (string, object?)[] ofVariance =
            detector.Draws ? [(nameof(VariationalAnomalyOptions.OutputVariance), variance)] : [];
        using AutoencoderAnomalyTransformer model = detector.Make(_ml,
        [
            .. ofVariance,
            (nameof(AnomalyOptions.MissingValues), MissingValueHandling.LeaveOut),
            (nameof(AnomalyOptions.Scaling), InputScaling.None),
            // So small that nothing is learned: what is there is not used to reconstruct itself.
            (nameof(AnomalyOptions.Training), Small.Training() with { LearningRate = 1e-30f }),
        ]).Fit(_ml.Data.LoadFromEnumerable(With(_ => true)));
        double Mean(int missing) => ScoresOf(model.Transform(_ml.Data.LoadFromEnumerable(
            With(slot => slot % 4 >= missing)))).Average();
        for (int missing = 1; missing < 4; missing++)
            Assert.That(Mean(missing), Is.EqualTo(Mean(0)).Within(20).Percent, $"{missing} of 4 missing");
    }

    [Test]
    public void A_row_of_which_nothing_is_there_is_usual()
    {
        using AutoencoderAnomalyTransformer model = FitToGaps();
        float[] scores = ScoresOf(model.Transform(Gaps.View(_ml, 60)));
        Assert.That(scores[^1], Is.LessThan(detector.Kind == AnomalyScoreKind.CodeDistance
            ? model.Threshold : scores.Average()));
    }

    /// <summary>Both rows with the slot have the highest scores, and the rest says nothing of it.</summary>
    [TestCase(2)]
    [TestCase(1)]
    public void A_slot_that_only_rows_have_that_are_left_out_counts_as_others(int count)
    {
        if (detector.Kind != AnomalyScoreKind.Both)
            return;
        Row[] rows = Rows.Make(200);
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i].Features = i < count
                ? [.. rows[i].Features.Select((x, slot) => x + (slot + i) % 3)]
                : [.. rows[i].Features.Select((x, slot) => slot == 5 ? float.NaN : x)];
        }
        using AutoencoderAnomalyTransformer model = detector.MakeFull(_ml,
            (nameof(AnomalyOptions.MissingValues), MissingValueHandling.LeaveOut),
            (nameof(AnomalyOptions.Scaling), InputScaling.Standardize),
            (nameof(AutoencoderAnomalyOptions.TrimmedShare), 0.05f)).Fit(_ml.Data.LoadFromEnumerable(rows));
        (double Square, double Part)[][] parts = PartsOf(model, Rows.Make(50, seed: 9));
        Assert.That(parts.Average(row => row[5].Part), Is.InRange(0.01, 3));
        Assert.That(parts.Average(row => row.Sum(slot => slot.Part) - row[5].Part), Is.InRange(0.3, 3));
    }

    /// <summary>Of each slot the squared distance from its reconstruction, and its part in the score.</summary>
    private (double Square, double Part)[][] PartsOf(AutoencoderAnomalyTransformer model, Row[] rows)
    {
        IDataView scored = model.Transform(_ml.Data.LoadFromEnumerable(rows));
        float[][] clean = ColumnNumbers.Of(scored, "Clean"), parts = ColumnNumbers.Of(scored, "Errors");
        return [.. rows.Select((row, i) => row.Features
            .Select((x, slot) => (Math.Pow(x - clean[i][slot], 2), (double)parts[i][slot])).ToArray())];
    }

    /// <summary>Rows whose slots are alike and have nothing to do with each other, so that none has to make up for
    /// others.</summary>
    private static float[][] UnrelatedRows(int count)
    {
        var random = new Random(8);
        return [.. Enumerable.Range(0, count)
            .Select(_ => Enumerable.Range(0, Row.Size).Select(_ => 2 * random.NextSingle() - 1).ToArray())];
    }

    [Test]
    public void A_prediction_engine_takes_a_row_with_gaps()
    {
        using AutoencoderAnomalyTransformer model = FitToGaps();
        Row[] rows = [.. Gaps.In(LabeledRows.Make(20, seed: 9)).Select(row => new Row { Features = row.Features })];
        using PredictionEngine<Row, Verdict> engine = _ml.Model.CreatePredictionEngine<Row, Verdict>(model,
            new PredictionEngineOptions { OwnsTransformer = false });
        Assert.That(rows.Select(row => engine.Predict(row).Score),
            Is.EqualTo(ScoresOf(model.Transform(_ml.Data.LoadFromEnumerable(rows)))).Within(1e-5));
    }

    [Test]
    public void Numbers_that_are_not_finite_are_still_endless_beside_a_gap()
    {
        using AutoencoderAnomalyTransformer model = FitToGaps();
        Row[] rows = Rows.Make(3, seed: 9);
        rows[1].Features[2] = float.NaN;
        rows[1].Features[4] = float.PositiveInfinity;
        Assert.That(ScoresOf(model.Transform(_ml.Data.LoadFromEnumerable(rows)))[1],
            Is.EqualTo(float.PositiveInfinity));
    }

    private AutoencoderAnomalyTransformer FitToGaps(params (string, object?)[] others) => detector.MakeFull(_ml,
    [
        .. others,
        (nameof(AnomalyOptions.MissingValues), MissingValueHandling.LeaveOut),
        (nameof(AnomalyOptions.ImputedColumnName), "Filled"),
        (nameof(AnomalyOptions.Contamination), 0.2f),
        (nameof(AnomalyOptions.Scaling), InputScaling.Standardize),
    ]).Fit(Gaps.View(_ml, 60));
}
