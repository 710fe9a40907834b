using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Conformance;

/// <content>How unusual a score is among those of the fit.</content>
internal sealed partial class DetectorTests
{
    private static readonly (string, object?) PValueColumn = (nameof(AnomalyOptions.PValueColumnName), "P");

    [Test]
    public void P_is_the_share_of_the_training_rows_with_a_score_at_least_as_high()
    {
        IDataView training = Rows.View(_ml, 40);
        using AutoencoderAnomalyTransformer model = detector.Make(_ml, PValueColumn).Fit(training);
        Row[] rows = Rows.Make(60, seed: 9);
        rows[4].Features[3] = float.NaN;
        rows[5].Features[3] = float.PositiveInfinity;
        float[] reference = ScoresOf(model.Transform(training));
        foreach (IDataView view in new[] { training, _ml.Data.LoadFromEnumerable(rows) })
        {
            IDataView scored = model.Transform(view);
            Assert.That(scored.GetColumn<float>("P"),
                Is.EqualTo(ScoresOf(scored).Select(score => PValueOf(score, reference))));
        }
        float[] found = [.. model.Transform(_ml.Data.LoadFromEnumerable(rows)).GetColumn<float>("P")];
        Assert.That((found[4], found[5]), Is.EqualTo((float.NaN, 1f / 41)));
        Assert.That(model.PValueColumnName, Is.EqualTo("P"));
    }

    [Test]
    public void Validation_rows_are_what_scores_are_compared_with_where_there_are_some()
    {
        IDataView validation = Rows.View(_ml, 21, seed: 5);
        using AutoencoderAnomalyTransformer model = detector.Make(_ml, PValueColumn)
            .Fit(Rows.View(_ml, 40), validation);
        float[] reference = ScoresOf(model.Transform(validation));
        IDataView scored = model.Transform(Rows.View(_ml, 30, seed: 9));
        Assert.That(scored.GetColumn<float>("P"),
            Is.EqualTo(ScoresOf(scored).Select(score => PValueOf(score, reference))));
    }

    [Test]
    public void Where_torch_scores_p_is_that_of_the_score()
    {
        IDataView training = LabeledRows.View(_ml, 40);
        using AutoencoderAnomalyTransformer model = detector.Make(_ml, PValueColumn,
            (nameof(AnomalyOptions.ConditionColumnName), "Kind"),
            (nameof(AnomalyOptions.Network),
                Network.Compose(layers => layers.Tanh().Reshape(1, 3, 4).Convolution(5).Relu().Convolution(9))))
                .Fit(training);
        IDataView scored = model.Transform(LabeledRows.View(_ml, 30, seed: 9));
        float[] reference = ScoresOf(model.Transform(training));
        // A score of the fit may have other last bits, for which those that are kept leave room.
        float[] above = [.. reference.OrderDescending().Take(39)
            .Select((score, i) => (model.ThresholdFor((float)((i + 1.0) / 41)) - score) / (1 + Math.Abs(score)))];
        Assert.That(above, Has.All.GreaterThan(0).And.All.LessThan(1e-4));
        Assert.That(scored.GetColumn<float>("P"),
            Is.EqualTo(ScoresOf(scored).Select(score => PValueOf(score, reference))).Within(1.01 / 41));
        Assert.That(scored.GetColumn<float>("P"), Is.All.InRange(1f / 41, 1).And.Some.LessThan(0.9f));
    }

    [Test]
    public void P_is_saved_and_survives_another_threshold()
    {
        using AutoencoderAnomalyTransformer model = detector.Make(_ml, PValueColumn).Fit(Rows.View(_ml, 40));
        IDataView rows = Rows.View(_ml, 30, seed: 9);
        using AutoencoderAnomalyTransformer changed = _ml.AnomalyDetection.ChangeModelThreshold(model, 123);
        using var loaded = (AutoencoderAnomalyTransformer)SaveAndLoad(changed, rows.Schema);
        int[] expected = Bits.OfNumbers(model.Transform(rows), "P");
        Assert.That(Bits.OfNumbers(changed.Transform(rows), "P"), Is.EqualTo(expected));
        Assert.That(Bits.OfNumbers(loaded.Transform(rows), "P"), Is.EqualTo(expected));
        Assert.That(loaded.ThresholdFor(0.1f), Is.EqualTo(model.ThresholdFor(0.1f)));
    }

    [Test]
    public void Exported_p_is_that_of_the_exported_score()
    {
        IDataView training = Rows.View(_ml, 40);
        using AutoencoderAnomalyTransformer model = detector.Make(_ml, PValueColumn).Fit(training);
        float[] reference = ScoresOf(model.Transform(training));
        Row[] rows = Rows.Make(50, seed: 9);
        rows[4].Features[3] = float.NaN;
        rows[5].Features[3] = float.PositiveInfinity;
        using var folder = new TemporaryFolder();
        model.SaveOnnx(folder.File("detector.onnx"));
        OnnxChecker.RequireValid([folder.File("detector.onnx")]);
        using var session = new OnnxSession(folder.File("detector.onnx"));
        Dictionary<string, float[][]> found = session.Run("Features", [.. rows.Select(row => row.Features)]);
        IDataView view = _ml.Data.LoadFromEnumerable(rows);
        var chain = new TransformerChain<AutoencoderAnomalyTransformer>(model);
        using var oldest = new ConvertedModel(_ml, chain, view, ConvertedModel.Oldest);
        Dictionary<string, float[][]> converted = oldest.Run(view, ["Score", "P"]);
        foreach (Dictionary<string, float[][]> runtime in new[] { found, converted })
        {
            Assert.That(runtime["P"].Select(row => row[0]),
                Is.EqualTo(runtime["Score"].Select(row => PValueOf(row[0], reference))));
            Assert.That(runtime["P"][4][0], Is.NaN);
            Assert.That(runtime["P"][5][0], Is.EqualTo(1f / 41));
        }
    }

    [Test]
    public void The_threshold_of_a_rate_calls_rows_with_p_up_to_it_anomalies([Values(0.05f, 0.1f, 0.5f)] float rate)
    {
        using AutoencoderAnomalyTransformer model = detector.Make(_ml, PValueColumn)
            .Fit(Rows.View(_ml, 40), Rows.View(_ml, 99, seed: 5));
        using AutoencoderAnomalyTransformer changed = _ml.AnomalyDetection.ChangeModelThreshold(model,
            model.ThresholdFor(rate));
        IDataView scored = changed.Transform(Rows.View(_ml, 400, seed: 9));
        float[] values = [.. scored.GetColumn<float>("P")];
        Assert.That(LabelsOf(scored), Is.EqualTo(values.Select(value => value <= rate)).And.Some.True.And.Some.False);
        // New rows that are like the validation rows.
        Assert.That(LabelsOf(scored).Count(label => label) / 400.0, Is.EqualTo(rate).Within(0.12));
        Assert.That(LabelsOf(changed.Transform(Rows.View(_ml, 99, seed: 5))).Count(label => label),
            Is.EqualTo(100 * rate - 1).Within(0.01));
    }

    [TestCase(0f, "0; it must be above 0 and below 1.")]
    [TestCase(1f, "1; it must be above 0 and below 1.")]
    [TestCase(float.NaN, "NaN; it must be above 0 and below 1.")]
    [TestCase(0.024f, "0.024; with the 40 rows that set the threshold it must be at least 0.024390243.")]
    public void A_rate_that_no_threshold_has_is_refused(float rate, string told)
    {
        using AutoencoderAnomalyTransformer model = FitFull();
        Assert.That(() => model.ThresholdFor(rate), Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Message.EqualTo($"ThresholdFor: falseAlarmRate is {told} (Parameter 'falseAlarmRate')"));
    }

    [Test]
    public void A_rate_whose_threshold_would_be_infinite_is_refused()
    {
        Row[] validation = Rows.Make(20, seed: 5);
        foreach (Row row in validation[3..5])
            row.Features[1] = 3e38f;
        using AutoencoderAnomalyTransformer model = detector.Make(_ml, (nameof(AnomalyOptions.Contamination), 0.2f))
            .Fit(Rows.View(_ml, 40), _ml.Data.LoadFromEnumerable(validation));
        Assert.That(() => model.ThresholdFor(0.14f), Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Message.EqualTo("ThresholdFor: falseAlarmRate is 0.14; with the 20 rows that set the threshold, " +
                "2 of them with an infinite score, it must be at least 0.14285715. (Parameter 'falseAlarmRate')"));
        float least = model.ThresholdFor(0.14285715f);
        Assert.That(least, Is.EqualTo(ScoresOf(model.Transform(_ml.Data.LoadFromEnumerable(validation)))
            .Where(float.IsFinite).Max()).Within(1e-3).Percent);
        Assert.That(() => _ml.AnomalyDetection.ChangeModelThreshold(model, least).Dispose(), Throws.Nothing);
    }

    [Test]
    public void A_file_of_an_older_version_has_no_scores_to_compare_with()
    {
        using AutoencoderAnomalyTransformer model = detector.MakeFull(_ml).Fit(Rows.View(_ml, 40));
        IDataView rows = Rows.View(_ml, 30, seed: 9);
        ModelZip zip = DescriptionEdit.Edited(ModelZip.Save(_ml, model, rows.Schema), "detection.reference", null);
        using var old = (AutoencoderAnomalyTransformer)ModelZip.Load(_ml, zip.ToBytes());
        Assert.That(Bits.OfNumbers(old.Transform(rows), "Score"),
            Is.EqualTo(Bits.OfNumbers(model.Transform(rows), "Score")));
        Assert.That(() => old.ThresholdFor(0.1f), Throws.InvalidOperationException.With.Message.EqualTo(
            "The detector is from a model file of version 4 or older, which does not hold the scores of the rows " +
            "that set its threshold. Train it again, or set a threshold by scores."));
    }

    private static float PValueOf(float score, float[] reference) => float.IsNaN(score) ? score
        : (float)((reference.Count(other => other >= score) + 1.0) / (reference.Length + 1));
}
