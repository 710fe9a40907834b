using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Docs;

/// <content>The example of codes that serve a classifier.</content>
public partial class Snippets
{
    [Test]
    public void Codes_by_the_preset_for_pictures_serve_a_linear_classifier()
    {
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label", "Number")
            .Append(ml.Transforms.Autoencoders.Denoising("Code", "Pixels",
                DenoisingOptions.ImageFeatures(new ImageFormat(height: 28, width: 28), codeSize: 32, epochs: 5)))
            .AppendCacheCheckpoint(ml)
            .Append(ml.MulticlassClassification.Trainers.SdcaMaximumEntropy("Label", "Code"));
        var model = pipeline.Fit(digits);
        double accuracy = ml.MulticlassClassification.Evaluate(model.Transform(digits), "Label").MicroAccuracy;

        model.Dispose();
        Assert.That(accuracy, Is.GreaterThan(0.75));
    }

    [Test]
    public void Hidden_activations_are_put_beside_the_row()
    {
        AutoencoderEstimator features = ml.Transforms.Autoencoders.Denoising("Features", "Row", new()
        {
            Network = Network.Dense(256, 128),
            Scaling = InputScaling.Standardize,
            Output = StageOutput.RowAndHiddenActivations,
        });

        IDataView rows = ml.Transforms.CopyColumns("Row", "Pixels")
            .Fit(ml.Data.TakeRows(digits, 100)).Transform(ml.Data.TakeRows(digits, 100));
        using AutoencoderTransformer model = features.Fit(rows);
        Assert.That(model.Transform(rows).GetColumn<float[]>("Features").First(),
            Has.Length.EqualTo(784 + 256 + 128));
    }

    [Test]
    public void A_preset_is_varied()
    {
        DenoisingOptions cleaning = DenoisingOptions.ImageFeatures(new ImageFormat(height: 28, width: 28)) with
        {
            CodeSize = 64,
            ReconstructionColumnName = "Clean",
        };

        Assert.That((cleaning.CodeSize, cleaning.ReconstructionColumnName, cleaning.Loss),
            Is.EqualTo((64, "Clean", ReconstructionLoss.BinaryCrossEntropy)));
    }

    [Test]
    public void The_preset_for_tables_is_varied()
    {
        DenoisingOptions features = DenoisingOptions.TableFeatures() with { Training = new() { Seed = 1 } };

        Assert.That(features.Training, Is.EqualTo(new TrainingOptions { Seed = 1 }));
        Assert.That(features.Output, Is.EqualTo(StageOutput.RowAndHiddenActivations));
    }
}
