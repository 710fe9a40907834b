namespace Ml.Autoencoders.Evaluation.Series;

/// <summary>What is under both surfaces, or under both curves at one width.</summary>
/// <param name="PrecisionRecall">Precision by recall.</param>
/// <param name="Roc">The rate of true positives by that of false ones.</param>
internal readonly record struct SurfaceVolumes(double PrecisionRecall, double Roc);
