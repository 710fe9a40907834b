namespace Ml.Autoencoders;

/// <summary>What becomes of missing values (NaN) in the rows of an autoencoder.</summary>
public enum MissingValueHandling
{
    /// <summary>A fit refuses them; a row that is scored with one gets missing values in return.</summary>
    Refuse,

    /// <summary>They are left out: hidden from the encoder, which is told where they are, and no part of the loss, the
    /// error or the score of their row. A reconstruction fills them.</summary>
    LeaveOut,
}
