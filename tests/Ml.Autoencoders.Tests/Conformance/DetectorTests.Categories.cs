using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.ManagedScoring;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Conformance;

/// <content>Categories beside numbers.</content>
internal sealed partial class DetectorTests
{
    [Test]
    public void Scores_of_categories_are_the_same_in_ONNX_from_a_file_and_by_a_call([Values] bool withGaps)
    {
        using AutoencoderAnomalyTransformer model = FitToSales(withGaps);
        float[][] vectors = MixedRows.VectorsOf(_ml, MixedRows.Make(70, seed: 9));
        for (int i = 0; withGaps && i < vectors.Length; i++)
            vectors[i].AsSpan(i % 3 == 0 ? 2..5 : i % 3 == 1 ? 9..10 : 1..2).Fill(float.NaN);
        IDataView view = _ml.Data.LoadFromEnumerable(vectors.Select(row => new SaleVector { Features = row }));
        IDataView scored = model.Transform(view);
        float[] scores = ScoresOf(scored);
        Assert.That(scores, Has.All.Matches<float>(float.IsFinite));
        using var loaded = (AutoencoderAnomalyTransformer)ModelZip.Load(new MLContext(),
            ModelZip.Save(_ml, model, view.Schema));
        Assert.That(ScoresOf(loaded.Transform(view)), Is.EqualTo(scores));
        Assert.That(vectors.Select(row => loaded.Score(row)), Is.EqualTo(scores));
        using var folder = new TemporaryFolder();
        model.SaveOnnx(folder.File("detector.onnx"));
        using var session = new OnnxSession(folder.File("detector.onnx"));
        Dictionary<string, float[][]> found = session.Run("Features", vectors);
        foreach (string column in new[] { "Score", "Errors", "Why", "Clean", "Code" })
            Assert.That(found[column], Near.To(ColumnNumbers.Of(scored, column)), column);
    }

    [Test]
    public void The_parts_of_columns_and_of_the_code_add_up_to_the_score([Values] bool withGaps)
    {
        if (detector.Kind != AnomalyScoreKind.Both)
            return;
        using AutoencoderAnomalyTransformer model = FitToSales(withGaps,
            (nameof(AutoencoderAnomalyOptions.CodePartColumnName), "Part"));
        float[][] vectors = MixedRows.VectorsOf(_ml, MixedRows.Make(60, seed: 9));
        for (int i = 0; withGaps && i < vectors.Length; i++)
            vectors[i].AsSpan(2..5).Fill(float.NaN);
        IDataView scored = model.Transform(
            _ml.Data.LoadFromEnumerable(vectors.Select(row => new SaleVector { Features = row })));
        float[][] parts = ColumnNumbers.Of(scored, "Why");
        Assert.That(ScoresOf(scored), Is.EqualTo(parts.Zip(scored.GetColumn<float>("Part"),
            (columns, part) => columns.Sum() + part)).Within(1e-3).Percent);
        Assert.That(parts[0], Has.Length.EqualTo(5));
        Assert.That(!withGaps || parts.All(row => row[2] == 0), Is.True, "the part of a missing category");
    }

    [Test]
    public void Reasons_are_the_same_without_torch_in_ONNX_and_from_a_file_and_blame_what_contradicts()
    {
        Sale[] rows = MixedRows.Make(400);
        using AutoencoderAnomalyTransformer model = detector.MakeFull(_ml,
            (nameof(AnomalyOptions.MissingValues), MissingValueHandling.LeaveOut),
            (nameof(AnomalyOptions.Categories), Categories.Of("Region", "Product", "IsNew")),
            (nameof(AnomalyOptions.ReasonsColumnName), "Reasons"),
            (nameof(AnomalyOptions.CodeSize), 6),
            (nameof(AnomalyOptions.Network), Network.Dense(32)),
            (nameof(AnomalyOptions.Training), Small.Training() with
            {
                Epochs = 60,
                BatchSize = 32,
                LearningRate = 5e-3f,
            }),
            (nameof(AnomalyOptions.Scaling), InputScaling.Standardize)).Fit(MixedRows.View(_ml, rows));
        Sale[] others = MixedRows.Make(40, seed: 9);
        // Product 2 is the new one, and is sold in the regions 1 and 2.
        others[0] = new Sale { Region = "r1", Product = "p2", IsNew = 0, Numbers = [3.5f, 1] };
        float[][] vectors = MixedRows.VectorsOf(_ml, others);
        vectors[1].AsSpan(2..5).Fill(float.NaN);
        IDataView view = _ml.Data.LoadFromEnumerable(vectors.Select(row => new SaleVector { Features = row }));
        IDataView scored = model.Transform(view);
        float[][] reasons = ColumnNumbers.Of(scored, "Reasons");
        Assert.That(reasons[0][4], Is.EqualTo(reasons[0].Max()), "the sign that contradicts the product");
        Assert.That(reasons[0][4], Is.GreaterThan(2));
        Assert.That(reasons[1][2], Is.Zero, "a missing value is no reason");
        Assert.That(reasons.Skip(2).Average(row => row.Average()), Is.InRange(-1, 1), "usual values are about 0");

        using (NewDisposeScope())
        {
            TorchPrediction torch = model.Model.Score(
                new RowBatch(tensor(vectors.SelectMany(row => row).ToArray(), [vectors.Length, MixedRows.Size])));
            Assert.That(model.Model.Obstacle, Is.Null);
            Assert.That(torch.Of(ManagedOutput.Reasons).Floats(),
                Is.EqualTo(reasons.SelectMany(row => row)).Within(1e-3).Or.EqualTo(reasons.SelectMany(row => row))
                    .Within(0.1).Percent);
        }

        using var loaded = (AutoencoderAnomalyTransformer)ModelZip.Load(new MLContext(),
            ModelZip.Save(_ml, model, view.Schema));
        Assert.That(ColumnNumbers.Of(loaded.Transform(view), "Reasons"), Is.EqualTo(reasons));
        using var folder = new TemporaryFolder();
        model.SaveOnnx(folder.File("detector.onnx"));
        using var session = new OnnxSession(folder.File("detector.onnx"));
        Assert.That(session.Run("Features", vectors)["Reasons"], Near.To(reasons));
    }

    [Test]
    public void Reasons_need_a_network_that_can_do_without_a_value() => Assert.That(
        () => detector.MakeFull(_ml, (nameof(AnomalyOptions.ReasonsColumnName), "Reasons")),
        Throws.ArgumentException.With.Message.Contains("ReasonsColumnName is 'Reasons', and MissingValues is Refuse"));

    private AutoencoderAnomalyTransformer FitToSales(bool withGaps, params (string, object?)[] others) =>
        detector.MakeFull(_ml,
        [
            .. others,
            (nameof(AnomalyOptions.MissingValues),
                withGaps ? MissingValueHandling.LeaveOut : MissingValueHandling.Refuse),
            (nameof(AnomalyOptions.Categories), Categories.Annotated),
            (nameof(AnomalyOptions.ColumnErrorsColumnName), "Why"),
            (nameof(AnomalyOptions.Scaling), InputScaling.Standardize),
        ]).Fit(MixedRows.View(_ml, MixedRows.Make(80)));

    private sealed class SaleVector
    {
        [VectorType(MixedRows.Size)]
        public float[] Features { get; set; } = [];
    }
}
