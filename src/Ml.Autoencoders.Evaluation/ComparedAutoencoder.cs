namespace Ml.Autoencoders.Evaluation;

/// <summary>An autoencoder that is compared with PCA.</summary>
public sealed record ComparedAutoencoder
{
    /// <summary>Its name in the table.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Makes, for a code size, the estimator that reads the feature column and gives codes of that size.
    /// </summary>
    public required Func<int, AutoencoderEstimator> Create { get; init; }
}
