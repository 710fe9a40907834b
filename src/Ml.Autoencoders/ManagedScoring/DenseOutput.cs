namespace Ml.Autoencoders.ManagedScoring;

/// <summary>
/// The outputs that <see cref="DenseModel"/> can compute; each like the property of <see cref="Models.Scores"/>.
/// </summary>
internal enum DenseOutput
{
    Code,
    Column,
    Reconstruction,
    Error,
    FeatureErrors,
    Anomaly,
    Sample,
    EvidenceLowerBound,
    LogLikelihood,
}
