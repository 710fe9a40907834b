using Microsoft.ML;
using Ml.Autoencoders;

namespace Anomalies;

/// <summary>Detectors of unusual digits, by name.</summary>
internal sealed class DigitDetectors(MLContext ml, ImageFormat image, Settings settings)
{
    public const string Autoencoder = "autoencoder";
    public const string Errors = "Errors";

    private const string Pixels = nameof(DigitRow.Pixels);

    /// <summary>ML.NET's own takes 20 if it is told nothing.</summary>
    private static readonly int[] Ranks = [10, 20, 40];

    private static readonly Network Network = Network.Dense([256, 128], Activation.Relu, batchNorm: true);

    public IReadOnlyList<(string Name, IEstimator<ITransformer> Estimator)> All =>
    [
        .. Ranks.Select(rank => ($"PCA {rank}",
            (IEstimator<ITransformer>)ml.AnomalyDetection.Trainers.RandomizedPca(Pixels, rank: rank,
                seed: Settings.Seed))),
        (Autoencoder, ml.AnomalyDetection.Trainers.Autoencoder(Pixels, new()
        {
            Image = image,
            CodeSize = 16,
            Network = Network,
            FeatureErrorsColumnName = Errors,
            Training = settings.OfDigits(onEpoch: null),
        })),
        ("variational", ml.AnomalyDetection.Trainers.VariationalAutoencoder(Pixels, new()
        {
            CodeSize = 16,
            Network = Network,
            Training = settings.OfDigits(onEpoch: null),
        })),
    ];
}
