using Microsoft.ML;
using Ml.Autoencoders;
using Samples;

namespace Melodies;

/// <summary>A variational autoencoder of melodies.</summary>
internal static class MelodyModel
{
    public const string CodeColumn = "Code";
    public const string LogVarianceColumn = "LogVariance";

    private const int Seed = 1;
    private const int CodeSize = 64;
    private const int BatchSize = 128;

    /// <summary>Of the weights, where --epochs says nothing else: the fit takes as long for any folder.</summary>
    private const int Updates = 3_000;

    /// <summary>The weight of the KL divergence. The lower it is, the more a code holds of its melody, and the less
    /// codes look like those that are drawn.</summary>
    private const float Beta = 0.4f;

    /// <summary>The share of the epochs in which that weight rises from 0, so that codes are used at all.</summary>
    private const double WarmupShare = 0.3;

    public static AutoencoderTransformer Train(MLContext ml, Division division, Settings settings)
    {
        IReadOnlyList<uint[]> rows = Transpositions.Of(division.Training, Seed);
        int epochs = settings.Epochs ?? Math.Max(1, (int)Math.Round((double)Updates * BatchSize / rows.Count));
        return Display.Training(
            $"variational autoencoder, code of {CodeSize}, {rows.Count:N0} rows with transposed ones", progress =>
            ml.Transforms.Autoencoders.Variational(CodeColumn, "Melody", new()
            {
                CodeSize = CodeSize,
                Network = Network.Temporal([128, 128, 128], kernel: 4, batchNorm: true),
                Beta = Beta,
                Warmup = KlWarmup.Linear(Math.Max(1, (int)(WarmupShare * epochs))),
                LogVarianceColumnName = LogVarianceColumn,
                Training = new()
                {
                    Epochs = epochs,
                    BatchSize = BatchSize,
                    LearningRate = 2e-3f,
                    Schedule = LearningRateSchedule.Cosine(),
                    OnEpoch = progress.Epoch,
                },
            }).Fit(ml.Data.LoadMelodies(rows)));
    }

    /// <summary>Saves it, and gives back what was loaded again.</summary>
    public static AutoencoderTransformer SaveAndLoad(MLContext ml, AutoencoderTransformer model, Division division,
        Settings settings)
    {
        string path = Path.Combine(settings.OutputFolder, "melodies.zip");
        ml.Model.Save(model, ml.Data.LoadMelodies(division.Training).Schema, path);
        Console.WriteLine($"Saved {path} ({new FileInfo(path).Length / 1024.0:N0} KiB). What follows is of the model " +
            "that was loaded from it.");
        return ml.Model.Load(path, out _).GetAutoencoder(CodeColumn);
    }
}
