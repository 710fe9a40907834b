namespace Ml.Autoencoders;

/// <summary>What the score of an anomaly detector with a deterministic code is made of.</summary>
public enum AnomalyScoreKind
{
    /// <summary>How badly a row is reconstructed: the mean over its slots of their errors, each in the units of the
    /// network's input.</summary>
    ReconstructionError,

    /// <summary>How far the row's code lies from those of the training rows: the squared Mahalanobis distance, divided
    /// by the numbers of a code, so that it is about 1 for them on average. The row is not reconstructed.</summary>
    CodeDistance,

    /// <summary>Both: the mean over slots of the error in relation to that of the training rows in the slot, plus the
    /// code's distance. A slot that is always reconstructed well counts as much as one that never is.</summary>
    Both,
}
