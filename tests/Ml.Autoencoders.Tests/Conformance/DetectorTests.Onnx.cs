using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Conformance;

/// <content>The same computation in ONNX Runtime, alone and as a stage of ML.NET's.</content>
internal sealed partial class DetectorTests
{
    /// <summary>What several tests export, fitted once.</summary>
    private readonly Dictionary<(ReconstructionLoss Loss, bool IsConditioned), AutoencoderAnomalyTransformer>
        _exported = [];

    [OneTimeTearDown]
    public void DisposeExported()
    {
        foreach (AutoencoderAnomalyTransformer model in _exported.Values)
            model.Dispose();
    }

    [Test]
    public void An_exported_detector_gives_what_the_detector_gives([Values] ReconstructionLoss loss,
        [Values] bool isConditioned, [Values(1, 7, 1000)] int count)
    {
        AutoencoderAnomalyTransformer model = Exported(loss, isConditioned);
        using var folder = new TemporaryFolder();
        LabeledRow[] rows = LabeledRows.Make(count, seed: 9);
        rows[^1].Features[4] = count > 1 ? float.PositiveInfinity : 1;
        rows[count / 2].Features[5] = count > 1 ? float.NaN : 0;
        model.SaveOnnx(folder.File("detector.onnx"));
        using var session = new OnnxSession(folder.File("detector.onnx"));
        Dictionary<string, float[][]> found = session.Run("Features", [.. rows.Select(row => row.Features)],
            isConditioned ? "Kind" : null, [.. rows.Select(row => row.Kind == "bright" ? 1u : 2)]);
        IDataView expected = model.Transform(LabeledRows.View(_ml, rows));
        foreach (string column in new[] { "Score", "PredictedLabel" })
            Assert.That(found[column], Near.To(ColumnNumbers.Of(expected, column)), column);
        if (count > 1)
            Assert.That(found["PredictedLabel"].SelectMany(label => label).Sum(), Is.InRange(1, count - 2));
        // What becomes of infinite numbers on their way is left to the runtime.
        foreach (string column in (string[])["Code", "Clean", "Errors", .. CodePart])
            Assert.That(found[column].SkipLast(1).ToArray(),
                Near.To(ColumnNumbers.Of(expected, column).SkipLast(1)), column);
    }

    [Test]
    public void ML_NET_applies_an_exported_detector()
    {
        AutoencoderAnomalyTransformer model = Exported(ReconstructionLoss.MeanSquaredError, isConditioned: false);
        using var folder = new TemporaryFolder();
        IDataView rows = Rows.View(_ml, 30, seed: 9);
        IDataView expected = model.Transform(rows);
        model.SaveOnnx(folder.File("detector.onnx"));
        using var applied = _ml.Transforms.ApplyOnnxModel(["Score", "PredictedLabel"], ["Features"],
            folder.File("detector.onnx")).Fit(rows);
        IDataView found = applied.Transform(rows);
        // Which ML.NET makes of [batch, 1].
        Assert.That(found.Schema["Score"].Type, Is.EqualTo(new VectorDataViewType(NumberDataViewType.Single, 1, 1)));
        foreach (string column in new[] { "Score", "PredictedLabel" })
            Assert.That(ColumnNumbers.Of(found, column), Near.To(ColumnNumbers.Of(expected, column)), column);
    }

    [Test]
    public void Every_file_is_valid_ONNX([Values] bool isConditioned)
    {
        using var folder = new TemporaryFolder();
        foreach (ReconstructionLoss loss in Enum.GetValues<ReconstructionLoss>())
            Exported(loss, isConditioned).SaveOnnx(folder.File($"{loss}.onnx"));
        OnnxChecker.RequireValid(Directory.GetFiles(folder.Path));
    }

    private AutoencoderAnomalyTransformer Exported(ReconstructionLoss loss, bool isConditioned)
    {
        if (_exported.TryGetValue((loss, isConditioned), out AutoencoderAnomalyTransformer? model))
            return model;
        (string, object?)[] condition = isConditioned ? [(nameof(AnomalyOptions.ConditionColumnName), "Kind")] : [];
        model = detector.MakeFull(_ml,
            [.. condition, (nameof(AnomalyOptions.Loss), loss), (nameof(AnomalyOptions.Contamination), 0.2f),
                .. CodePart.Select(name => (nameof(AutoencoderAnomalyOptions.CodePartColumnName), (object?)name))])
            .Fit(LabeledRows.View(_ml, 40));
        _exported.Add((loss, isConditioned), model);
        return model;
    }
}
