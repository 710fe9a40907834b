using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders;
using Samples;
using Samples.Data;

namespace Digits;

/// <summary>
/// The main job: four ways to 32 numbers, measured alike; drawn, and the best for a classifier
/// saved and loaded elsewhere.
/// </summary>
internal sealed class Experiment(Settings settings)
{
    private const int Seed = 1;

    private readonly MLContext _ml = new(Seed);

    public void Run()
    {
        Mnist digits = Mnist.Load(settings.DataFolder, settings.Rows);
        Directory.CreateDirectory(settings.OutputFolder);
        Console.WriteLine(
            $"{digits.Training.Length:N0} training and {digits.Test.Length:N0} test digits of {digits.Height} x " +
            $"{digits.Width}; " +
            $"codes of {settings.CodeSize}; {settings.NetworkKind} network.");

        Candidate pca = Pca(digits);
        Candidate plain = Autoencoder("plain autoencoder", digits, settings.Epochs,
            training => _ml.Transforms.Autoencoders.Plain("Code", "Pixels", new()
            {
                CodeSize = settings.CodeSize,
                Network = settings.Network(digits.Height, digits.Width),
                Loss = ReconstructionLoss.BinaryCrossEntropy,
                Training = training,
            }));
        Candidate denoising = Autoencoder("denoising autoencoder", digits, settings.Epochs,
            training => _ml.Transforms.Autoencoders.Denoising("Code", "Pixels", new()
            {
                CodeSize = settings.CodeSize,
                Network = settings.Network(digits.Height, digits.Width),
                Loss = ReconstructionLoss.BinaryCrossEntropy,
                Corruption = Corruption.Masking(0.5f),
                Training = training,
            }));
        // Its epochs take several times as long.
        Candidate features = Autoencoder("features autoencoder", digits, Math.Max(1, settings.Epochs / 2),
            training => _ml.Transforms.Autoencoders.Denoising("Code", "Pixels",
            DenoisingOptions.ImageFeatures(new ImageFormat(digits.Height, digits.Width), settings.CodeSize) with
            {
                Training = training,
            }));
        ComparisonTable.Print([pca, plain, denoising, features]);

        string model = Save(features, digits);
        Prediction.RunInAnotherProcess(model, settings.DataFolder);
        Pictures.Draw(settings.OutputFolder, digits, plain, denoising);
        foreach (Candidate candidate in new[] { plain, denoising, features })
            (candidate.Stage as IDisposable)?.Dispose();
    }

    private Candidate Pca(Mnist digits) => Display.Training("PCA of ML.NET", progress =>
    {
        IDataView training = View(digits.Training);
        var clock = Stopwatch.StartNew();
        ITransformer stage = _ml.Transforms.ProjectToPrincipalComponents("Code", "Pixels", rank: settings.CodeSize,
            seed: Seed).Fit(training);
        TimeSpan fitTime = clock.Elapsed;
        return Measure("PCA of ML.NET", stage, digits, fitTime, progress,
            () => Reconstruction.OfPca(_ml, training, View(digits.Test), settings.CodeSize, Seed));
    });

    private Candidate Autoencoder(string name, Mnist digits, int epochs,
        Func<TrainingOptions, AutoencoderEstimator> make) =>
        Display.Training(name, progress =>
        {
            IDataView training = View(digits.Training);
            var clock = Stopwatch.StartNew();
            AutoencoderTransformer stage = make(Settings.Training(epochs, progress.Epoch)).Fit(training);
            TimeSpan fitTime = clock.Elapsed;
            return Measure(name, stage, digits, fitTime, progress, () => Reconstruction.MeanSquaredError(
                digits.Test, stage.Reconstruct([.. digits.Test.Select(digit => digit.Pixels)])));
        });

    /// <summary>What every candidate is asked, in the same way.</summary>
    private Candidate Measure(string name, ITransformer stage, Mnist digits, TimeSpan fitTime, Progress progress,
        Func<double> error)
    {
        progress.Phase("classifier");
        var clock = Stopwatch.StartNew();
        _ = Reconstruction.Codes(stage.Transform(View(digits.Test)));
        TimeSpan transformTime = clock.Elapsed;

        var classifier = _ml.Transforms.Conversion.MapValueToKey("Label", "Number")
            .AppendCacheCheckpoint(_ml)
            .Append(_ml.MulticlassClassification.Trainers.SdcaMaximumEntropy("Label", "Code"))
            .Append(_ml.Transforms.Conversion.MapKeyToValue("Prediction", "PredictedLabel"))
            .Fit(stage.Transform(View(digits.Training)));
        double accuracy = _ml.MulticlassClassification
            .Evaluate(classifier.Transform(stage.Transform(View(digits.Test))), "Label").MicroAccuracy;
        return new Candidate(name, stage, classifier, error(), accuracy, fitTime, transformTime);
    }

    /// <summary>Stage and classifier as one model, which reads pixels and gives a digit.</summary>
    private string Save(Candidate candidate, Mnist digits)
    {
        string path = Path.Combine(settings.OutputFolder, "digits.zip");
        var chain = new TransformerChain<ITransformer>(candidate.Stage, candidate.Classifier);
        _ml.Model.Save(chain, View(digits.Training).Schema, path);
        Console.WriteLine($"Saved {path} ({new FileInfo(path).Length / 1024.0:N0} KiB).");
        return path;
    }

    private IDataView View(Digit[] digits) =>
        _ml.Data.LoadFromEnumerable(digits, Digit.Schema(digits[0].Pixels.Length));
}
