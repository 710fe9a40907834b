using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Conformance;

/// <content>Hidden activations, beside the code and in its place.</content>
internal sealed partial class FamilyTests
{
    private const string Output = nameof(AutoencoderOptions.Output);

    [Test]
    public void Hidden_activations_are_the_same_in_any_order_from_a_file_and_from_arrays(
        [Values(0, 1, 2, 3, 4)] int network)
    {
        AutoencoderTransformer model = Exported(network, ReconstructionLoss.MeanSquaredError);
        Row[] rows = Rows.Make(70, seed: 9);
        IDataView view = _ml.Data.LoadFromEnumerable(rows);
        using var loaded = (AutoencoderTransformer)SaveAndLoad(model, view.Schema);
        float[][] hidden = [.. model.Transform(view).GetColumn<float[]>("Hidden")];
        int[][] bits = Bits.Of(hidden);

        Assert.That(hidden, Has.All.Length.EqualTo(model.HiddenSize).And.All.Some.Not.Zero);
        Assert.That(hidden[3], Is.Not.EqualTo(hidden[4]));
        Assert.That(Bits.OfVectors(loaded.Transform(view), "Hidden"), Is.EqualTo(bits));
        Assert.That(Bits.OfVectors(model.Transform(_ml.Data.LoadFromEnumerable(rows.Reverse())), "Hidden"),
            Is.EqualTo(bits.Reverse()));
        Assert.That(Bits.OfVectors(model.EncodeHidden(view, "Other"), "Other"), Is.EqualTo(bits));
        float[][] features = [.. rows.Select(row => row.Features)];
        Assert.That(Bits.Of(model.EncodeHidden(features)), Is.EqualTo(bits));
        Assert.That(model.EncodeHidden(features[5]), Is.EqualTo(hidden[5]).Within(1e-5));
        using var engine = _ml.Model.CreatePredictionEngine<Row, HiddenRow>(model,
            new PredictionEngineOptions { OwnsTransformer = false });
        Assert.That(engine.Predict(rows[5]).Hidden, Is.EqualTo(hidden[5]).Within(1e-5));
        Assert.That((loaded.HiddenColumnName, loaded.HiddenSize), Is.EqualTo(("Hidden", model.HiddenSize)));
    }

    [Test]
    public void A_missing_value_spoils_all_hidden_activations_of_its_own_row_only([Values(0, 1, 2, 3, 4)] int network)
    {
        AutoencoderTransformer model = Exported(network, ReconstructionLoss.MeanSquaredError);
        Row[] rows = Rows.Make(30, seed: 9);
        int[][] whole = Bits.OfVectors(model.Transform(_ml.Data.LoadFromEnumerable(rows)), "Hidden");
        rows[7].Features[4] = float.NaN;
        IDataView spoilt = model.Transform(_ml.Data.LoadFromEnumerable(rows));
        Assert.That(spoilt.GetColumn<float[]>("Hidden").ElementAt(7), Has.All.NaN);
        Assert.That(Without(Bits.OfVectors(spoilt, "Hidden"), 7), Is.EqualTo(Without(whole, 7)));
        Assert.That(model.EncodeHidden(rows[7].Features), Has.All.NaN);
    }

    [Test]
    public void A_stage_can_write_hidden_activations_in_the_place_of_its_code([Values(0, 1, 2, 3, 4)] int network,
        [Values(StageOutput.HiddenActivations, StageOutput.RowAndHiddenActivations)] StageOutput output)
    {
        IDataView training = Rows.View(_ml, 40);
        AutoencoderEstimator estimator = family.Make(_ml, [.. Described(network), (Output, output),
            (nameof(AutoencoderOptions.Scaling), InputScaling.Standardize)]);
        using AutoencoderTransformer model = estimator.Fit(training);
        Row[] rows = Rows.Make(30, seed: 9);
        rows[7].Features[4] = float.NaN;
        IDataView view = _ml.Data.LoadFromEnumerable(rows);
        float[][] features = [.. rows.Select(row => row.Features)];
        float[][] found = [.. model.Transform(view).GetColumn<float[]>("Code")];
        int row = output == StageOutput.RowAndHiddenActivations ? Row.Size : 0;

        Assert.That(found, Has.All.Length.EqualTo(row + model.HiddenSize));
        Assert.That(found[7], Has.All.NaN);
        Assert.That(Bits.Of(found.Select(numbers => numbers[row..])),
            Is.EqualTo(Bits.Of(model.EncodeHidden(features))));
        // Standardized: means of 0 and variances of 1 over the training rows.
        foreach (int slot in Enumerable.Range(0, row))
        {
            float[] column = [.. model.Transform(training).GetColumn<float[]>("Code").Select(numbers => numbers[slot])];
            Assert.That(column.Average(), Is.Zero.Within(1e-3));
            Assert.That(column.Average(value => value * value), Is.EqualTo(1).Within(0.05));
        }
        Assert.That(model.Encode(features), Has.All.Length.EqualTo(model.CodeSize).And.Not.EqualTo(found));
        Assert.That(Bits.OfVectors(model.Encode(view), "Code"), Is.EqualTo(Bits.Of(model.Encode(features))));
        Assert.That(Describe(estimator.GetOutputSchema(SchemaShape.Create(training.Schema))),
            Is.EquivalentTo(Describe(SchemaShape.Create(model.GetOutputSchema(training.Schema)))));
        using var loaded = (AutoencoderTransformer)SaveAndLoad(model, view.Schema);
        Assert.That(Bits.OfVectors(loaded.Transform(view), "Code"), Is.EqualTo(Bits.Of(found)));
        Assert.That(loaded.Output, Is.EqualTo(output));
        RequireExported(model, view, features);
    }

    [Test]
    public void Hidden_activations_depend_on_the_label([Values(0, 1, 3, 4)] int network)
    {
        AutoencoderTransformer model = ExportedWithLabels(network);
        LabeledRow[] rows = LabeledRows.Make(20, seed: 9);
        float[][] hidden = [.. model.Transform(LabeledRows.View(_ml, rows)).GetColumn<float[]>("Hidden")];
        float[][] bright = [.. rows.Where(row => row.Kind == "bright").Select(row => row.Features)];

        RequireNear(model.EncodeHidden(bright, "bright"), hidden.Where((_, i) => rows[i].Kind == "bright"));
        Assert.That(LargestDifference(model.EncodeHidden(bright, "dark"), model.EncodeHidden(bright, "bright")),
            Is.GreaterThan(0.01));
        Assert.That(() => model.EncodeHidden(bright), Throws.ArgumentException);
    }

    [Test]
    public void No_tensor_outlives_hidden_activations()
    {
        IDataView rows = Rows.View(_ml, 40);
        Assert.That(LiveTensors.Left(() =>
        {
            using AutoencoderTransformer model = FitFull([.. Described(1),
                (nameof(AutoencoderOptions.HiddenColumnName), "Hidden")]);
            _ = Bits.OfVectors(model.Transform(rows), "Hidden");
            _ = model.EncodeHidden(new float[Row.Size]);
        }), Is.Zero);
    }

    /// <summary>What the stage writes is what it gives as ONNX, from here and from ML.NET; the encoder gives
    /// codes.</summary>
    private void RequireExported(AutoencoderTransformer model, IDataView view, float[][] features)
    {
        using var folder = new TemporaryFolder();
        model.SaveOnnx(folder.File("stage.onnx"));
        model.SaveOnnx(folder.File("encoder.onnx"), OnnxPart.Encoder);
        using var stage = new OnnxSession(folder.File("stage.onnx"));
        using var encoder = new OnnxSession(folder.File("encoder.onnx"));
        float[][] found = [.. model.Transform(view).GetColumn<float[]>("Code")];
        Assert.That(stage.Run("Features", features)["Code"], Near.To(found));
        Assert.That(encoder.Run("Features", features)["Code"], Has.All.Length.EqualTo(model.CodeSize));
        using var converted = new ConvertedModel(_ml, model, view, ConvertedModel.Oldest);
        Assert.That(converted.Run(view, "Code")["Code"], Near.To(found));
    }

    private sealed class HiddenRow
    {
        public float[] Hidden { get; set; } = [];
    }
}
