namespace Ml.Autoencoders.ManagedScoring;

/// <summary>
/// The outputs that <see cref="ManagedModel"/> can compute; each like the property of <see cref="Models.Prediction"/>.
/// </summary>
internal enum ManagedOutput
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
