namespace Ml.Autoencoders.ManagedScoring;

/// <summary>
/// What <see cref="DenseModel"/> can say of rows; each as the property of <see cref="Models.Scores"/> has it.
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
