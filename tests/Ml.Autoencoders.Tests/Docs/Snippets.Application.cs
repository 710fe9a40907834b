using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Samples.Data;

namespace Ml.Autoencoders.Tests.Docs;

/// <content>Examples of the pages on one's own application and on tables.</content>
public partial class Snippets
{
    [Test]
    public void A_prediction_engine_can_leave_its_model_alone()
    {
        using AutoencoderTransformer model = Fitted();
        float[] row = Mnist.Training[0].Pixels;
        float[][] codes = [new float[32], new float[32]];
        {
            using var engine = ml.Model.CreatePredictionEngine<Picture, Coded>(model,
                new PredictionEngineOptions { OwnsTransformer = false });
        }

        float[] code = model.Encode(row);
        float[][] rows = model.Decode(codes);
        IDataView reconstructed = model.Reconstruct(digits, "Reconstruction");
        Console.WriteLine(model);            // Plain autoencoder: Pixels (784) to Code (32) on cpu
        Console.WriteLine(model.Summary);    // layers, shapes, parameters
        foreach (TrainingEpoch epoch in model.History)
            Console.WriteLine($"{epoch.Epoch}: {epoch.Training.Total}{(epoch.IsBest ? " best so far" : "")}");

        Assert.That((code.Length, rows.Length, reconstructed.Schema["Reconstruction"].Type.GetVectorSize()),
            Is.EqualTo((32, 2, 784)));
        Assert.That(model.ToString(), Is.EqualTo("Plain autoencoder: Pixels (784) to Code (32) on cpu"));
    }

    [Test]
    public void Rows_go_through_the_whole_model()
    {
        var random = new Random(1);
        IDataView table = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 100).Select(i =>
            new Measurement { Numbers = [i, 1000 * i + random.Next(1000), -0.001f * i] }));

        string shown = Printed(() =>
        {
            var model = ml.Transforms.NormalizeMeanVariance("Numbers", fixZero: false)
                .Append(ml.Transforms.Concatenate("Features", "Numbers"))
                .Append(ml.Transforms.Autoencoders.Plain("Code", "Features", codeSize: 2, epochs: 2))
                .Fit(table);

            using RowEncoder<Measurement> encoder = ml.Model.CreateEncoder<Measurement>(model, "Code");
            float[] code = encoder.Encode(new Measurement { Numbers = [1, 2000, -3], Kind = "low" });

            AutoencoderTransformer autoencoder = model.GetAutoencoder("Code");    // or encoder.Autoencoder
            Console.WriteLine(autoencoder);    // ... Features (3, written by ColumnConcatenatingTransformer) ...
            float[] normalized = autoencoder.Decode(code);    // not the caller's numbers

            Assert.That((code.Length, normalized.Length), Is.EqualTo((2, 3)));
            model.Dispose();
        });
        Assert.That(shown.Trim(), Is.EqualTo(
            "Plain autoencoder: Features (3, written by ColumnConcatenatingTransformer) to Code (2) on cpu"));
    }

    [Test]
    public void A_table_is_scored_by_its_errors()
    {
        var random = new Random(1);
        IDataView table = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 400).Select(i => new Measurement
        {
            Numbers = [i, 1000 * i + random.Next(1000), i % 7 == 0 ? float.NaN : -0.001f * i],
            Kind = i < 200 ? "low" : "high",
        }));

        var pipeline = ml.Transforms.Categorical.OneHotEncoding("Kind")
            .Append(ml.Transforms.ReplaceMissingValues("Numbers",
                replacementMode: MissingValueReplacingEstimator.ReplacementMode.Mean))
            .Append(ml.Transforms.Concatenate("Features", "Numbers", "Kind"))
            .Append(ml.Transforms.Autoencoders.Plain("Code", "Features", new()
            {
                CodeSize = 2,
                Network = Network.Dense(16),
                Scaling = InputScaling.Standardize,
                ErrorColumnName = "Error",
                Training = new() { Epochs = 30, ValidationFraction = 0.2f, EarlyStopping = new(patience: 5) },
            }));
        var model = pipeline.Fit(table);
        float[] errors = [.. model.Transform(table).GetColumn<float>("Error")];

        model.Dispose();
        float filled = errors.Where((_, i) => i % 7 == 0).Average();
        Assert.That(errors.Where((_, i) => i % 7 != 0).Average(), Is.LessThan(0.5 * filled),
            "rows with a value filled in fit less well");
    }

    private sealed class Picture
    {
        [VectorType(784)]
        public float[] Pixels { get; set; } = [];
    }

    private sealed class Coded
    {
        public float[] Code { get; set; } = [];
    }

    private sealed class Measurement
    {
        [VectorType(3)]
        public float[] Numbers { get; set; } = [];

        public string Kind { get; set; } = "";
    }
}
