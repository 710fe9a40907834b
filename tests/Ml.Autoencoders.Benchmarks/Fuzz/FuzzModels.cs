using Microsoft.ML;
using Ml.Autoencoders.Codes;

namespace Ml.Autoencoders.Benchmarks.Fuzz;

/// <summary>The models whose files are harmed: small ones, of every kind of layer, code and objective.</summary>
internal static class FuzzModels
{
    public const int FitRows = 40;
    public const int ScoredRows = 6;

    /// <summary>Those that have strides and paddings.</summary>
    public static readonly string[] HaveConvolutions = ["pictures", "transposed"];

    private static readonly TrainingOptions Training = new() { Epochs = 2, BatchSize = 16, Seed = 7, Threads = 1 };

    private static readonly Network Pictures =
        Network.Compose(layers =>
        layers.Reshape(1, FuzzRow.Side, FuzzRow.Side).Convolution(3).Relu().Convolution(4).Relu());

    /// <summary>Fits all of them, and saves each as a file of its name. There is no entry <c>Schema</c>, which ML.NET
    /// reads by itself.</summary>
    public static void Save(string folder)
    {
        var ml = new MLContext(seed: 1);
        IDataView rows = ml.Data.LoadFromEnumerable(FuzzRow.Make(FitRows));
        foreach ((string name, IEstimator<ITransformer> estimator) in All(ml))
        {
            ITransformer model = estimator.Fit(rows);
            using (model as IDisposable)
            using (var stream = new MemoryStream())
            {
                ml.Model.Save(model, null, stream);
                File.WriteAllBytes(Path.Combine(folder, name + ".zip"), new ZipParts(stream.ToArray()).ToBytes());
                if (model is AutoencoderTransformer autoencoder)
                    autoencoder.SaveWeights(Path.Combine(folder, name + ".safetensors"));
            }
        }
    }

    private static IEnumerable<(string Name, IEstimator<ITransformer> Estimator)> All(MLContext ml)
    {
        AutoencoderCatalog autoencoders = ml.Transforms.Autoencoders;
        IEstimator<ITransformer> keys = ml.Transforms.Conversion.MapValueToKey("Key", "Kind");
        yield return ("conditional", keys.Append(autoencoders.Variational("Code", "Features", new()
        {
            CodeSize = 2,
            Network = Network.Dense(8),
            ConditionColumnName = "Key",
            ReconstructionColumnName = "Clean",
            LogVarianceColumnName = "LogVariance",
            EvidenceLowerBoundColumnName = "Bound",
            Training = Training,
        })));
        // Two side by side are a plain vector, and no picture.
        IEstimator<ITransformer> steps = ml.Transforms.Concatenate("Steps", "Features", "Features");
        yield return ("feedback", steps.Append(autoencoders.Plain("Code", "Steps", new()
        {
            CodeSize = 3,
            Network = Network.Recurrent([4, 3], feedsBack: true, droppedInputs: 0.5f, scheduledSampling: 0.5f),
            Sequence = new SequenceFormat(2 * FuzzRow.Side, FuzzRow.Side),
            ReconstructionColumnName = "Clean",
            Training = Training,
        })));
        yield return ("hierarchical", steps.Append(autoencoders.Plain("Code", "Steps", new()
        {
            CodeSize = 3,
            Network = Network.Recurrent([4, 3], segments: 4),
            Sequence = new SequenceFormat(2 * FuzzRow.Side, FuzzRow.Side),
            ReconstructionColumnName = "Clean",
            Training = Training,
        })));
        yield return ("detector", ml.AnomalyDetection.Trainers.VariationalAutoencoder("Features", new()
        {
            CodeSize = 2,
            Network = Network.Dense(8),
            FeatureErrorsColumnName = "Errors",
            Training = Training,
        }));
        yield return ("table", ml.Transforms.FeaturizeTable("Table", "Kind", "Features").Append(autoencoders.Plain(
            "Code", "Table", new() { CodeSize = 2, Network = Network.Dense(8), Training = Training })));
        yield return ("keyed", keys.Append(ml.Transforms.FeaturizeTable("Table", "Kind", "Key", "Features"))
            .Append(ml.Transforms.FeaturizeTable("Again", "Table", "Kind")).Append(autoencoders.Plain(
            "Code", "Again", new() { CodeSize = 2, Network = Network.Dense(8), Training = Training })));
        yield return ("scored", ml.AnomalyDetection.Trainers.Autoencoder("Features", new()
        {
            CodeSize = 2,
            Network = Network.Dense(8),
            Score = AnomalyScoreKind.Both,
            FeatureErrorsColumnName = "Errors",
            CodePartColumnName = "Part",
            PValueColumnName = "P",
            Training = Training,
        }));
        foreach ((string name, IEstimator<ITransformer> estimator) in AfterOtherStages(ml))
            yield return (name, estimator);
        foreach ((string name, AutoencoderEstimator estimator) in Dense(autoencoders).Concat(OfPictures(autoencoders)))
            yield return (name, estimator);
    }

    private static IEnumerable<(string Name, IEstimator<ITransformer> Estimator)> AfterOtherStages(MLContext ml)
    {
        AutoencoderCatalog autoencoders = ml.Transforms.Autoencoders;
        var windows = new SlidingWindowOptions { Length = 3, Start = WindowStart.FirstRow };
        yield return ("windows", ml.Transforms.SlidingWindow("Window", ["Features"], windows)
            .Append(autoencoders.Plain("Code", "Window",
                new() { CodeSize = 2, Network = Network.Dense(8), Training = Training })));
        yield return ("series", ml.Transforms.SlidingWindow("Window", ["Features"], windows)
            .Append(ml.AnomalyDetection.Trainers.Autoencoder("Window", new()
            {
                CodeSize = 2,
                Network = Network.Dense(8),
                WindowScore = WindowScore.LastStep,
                Training = Training,
            })));
        yield return ("tokens", ml.Transforms.Text.TokenizeIntoWords("Tokens", "Kind")
            .Append(ml.Transforms.Conversion.MapValueToKey("Tokens"))
            .Append(ml.Transforms.PadKeys("Tokens", length: 4))
            .Append(autoencoders.Plain("Code", "Tokens", new()
            {
                CodeSize = 2,
                Network = Network.Recurrent([4], feedsBack: true, segments: 2),
                ReconstructionColumnName = "Clean",
                FeatureErrorsColumnName = "Errors",
                Training = Training,
            })));
        yield return ("padded", ml.Transforms.Text.TokenizeIntoWords("Tokens", "Kind")
            .Append(ml.Transforms.Conversion.MapValueToKey("Tokens"))
            .Append(ml.Transforms.PadKeys("Tokens", length: 3))
            .Append(ml.Transforms.Conversion.MapKeyToVector("Tokens"))
            .Append(autoencoders.Plain("Code", "Tokens",
                new() { CodeSize = 2, Network = Network.Dense(8), Training = Training })));
    }

    private static IEnumerable<(string Name, AutoencoderEstimator Estimator)> Dense(AutoencoderCatalog autoencoders)
    {
        yield return ("dense", autoencoders.Plain("Code", "Features", new()
        {
            CodeSize = 3,
            Network = Network.Dense(8),
            Scaling = InputScaling.Standardize,
            ReconstructionColumnName = "Clean",
            ErrorColumnName = "Error",
            FeatureErrorsColumnName = "Errors",
            HiddenColumnName = "Hidden",
            Training = Training,
        }));
        yield return ("norms", autoencoders.Sparse("Code", "Features", new()
        {
            CodeSize = 3,
            Network = Network.Compose(layers => layers.Linear(8).BatchNorm().Gelu().Linear(6).LayerNorm().Relu()),
            Scaling = InputScaling.MinMax,
            ReconstructionColumnName = "Clean",
            Training = Training,
        }));
        yield return ("words", autoencoders.VectorQuantized("Code", "Features", new()
        {
            CodeSize = 4,
            Network = Network.Dense(8),
            CodeIndicesColumnName = "Words",
            ReconstructionColumnName = "Clean",
            Training = Training,
        }));
        yield return ("adversarial",
            autoencoders.Adversarial("Code", "Features",
            new() { CodeSize = 2, Network = Network.Dense(8), Training = Training }));
        var mixture = new CodeMixture(
            [0.3, 0.7], [new Gaussian([0, 1], [[1], [0.2, 1]]), new Gaussian([2, 0], [[2], [0, 1]])]);
        foreach ((string name, CodePrior prior) in new[]
            { ("flow", CodePrior.Flow(2, 4)), ("vamp", CodePrior.Vamp(3)), ("mixture", mixture) })
        {
            yield return (name, autoencoders.Variational("Code", "Features", new()
            {
                CodeSize = 2,
                Network = Network.Dense(8),
                Prior = prior,
                EvidenceLowerBoundColumnName = "Bound",
                Training = Training,
            }));
        }
    }

    private static IEnumerable<(string Name,
        AutoencoderEstimator Estimator)> OfPictures(AutoencoderCatalog autoencoders)
    {
        yield return ("pictures", autoencoders.Denoising("Code", "Features", new()
        {
            CodeSize = 3,
            Network = Pictures,
            Loss = ReconstructionLoss.BinaryCrossEntropy,
            Output = StageOutput.RowAndHiddenActivations,
            ReconstructionColumnName = "Clean",
            ErrorColumnName = "Error",
            Training = Training,
        }));
        yield return ("transposed", autoencoders.Plain("Code", "Features", new()
        {
            CodeSize = 4,
            Network = Network.Compose(
                layers =>
                    layers.Reshape(1, FuzzRow.Side, FuzzRow.Side).Convolution(2, kernel: 5, stride: 1, padding: 2)
                    .BatchNorm().Relu(),
                layers => layers.Linear(16).Reshape(1, 4, 4).TransposedConvolution(1)),
            ReconstructionColumnName = "Clean",
            Training = Training,
        }));
        yield return ("sequences", autoencoders.Plain("Code", "Features", new()
        {
            CodeSize = 3,
            Network = Network.Compose(layers => layers.Linear(24).Sequence(steps: 6, channels: 4)
                .PerStep(step => step.Linear(3).Relu())
                .Residual(inner => inner.Convolution(3, kernel: 3, stride: 1, padding: 1).LayerNorm(lastAxis: true))
                .Convolution(2, kernel: 5).Linear(4, lastAxis: true)),
            ReconstructionColumnName = "Clean",
            Training = Training,
        }));
        yield return ("recurrent", autoencoders.Plain("Code", "Features", new()
        {
            CodeSize = 3,
            Network = Network.Compose(layers => layers.Linear(12).Sequence(steps: 4, channels: 3)
                .Recurrent(3, bidirectional: true).Recurrent(4, RecurrentCell.Gru, lastState: true)),
            ReconstructionColumnName = "Clean",
            Training = Training,
        }));
        yield return ("enlarging", autoencoders.Denoising("Code", "Features", new()
        {
            CodeSize = 3,
            Network = Network.Dense(8),
            Corruption = Corruption.Downscale(2),
            ReconstructionColumnName = "Clean",
            Training = Training,
        }));
    }
}
