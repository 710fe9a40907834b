namespace Ml.Autoencoders.Evaluation;

/// <summary>An autoencoder that is compared with PCA.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Create">Makes, for a code size, the estimator that reads the feature column and gives codes of that size.</param>
public sealed record ComparedAutoencoder(string Name, Func<int, AutoencoderEstimator> Create);
