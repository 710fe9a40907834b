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
        // A row with most of its slots missing weighs those that are there as if all were.
        Assert.That(errors.Zip(rows, (slots, row) => (slots.Sum(), row.Features.Count(float.IsNaN)))
            .GroupBy(row => row.Item2 > 0, row => row.Item1).Select(group => group.Average()),
            Has.All.InRange(0.3, 5));
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
