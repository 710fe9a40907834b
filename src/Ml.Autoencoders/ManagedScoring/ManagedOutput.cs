namespace Ml.Autoencoders.ManagedScoring;

/// <summary>
/// What a model computes for rows; each is like the property of <see cref="Models.Prediction{T}"/>.
/// </summary>
internal enum ManagedOutput
{
    Code,
    Column,
    Hidden,
    RowAndHidden,
    Reconstruction,
    Imputed,
    Error,
    FeatureErrors,
    ColumnErrors,
    Anomaly,
    Reasons,
    CodePart,
    Sample,
    EvidenceLowerBound,
    LogLikelihood,
}
