namespace Ml.Autoencoders;

/// <summary>How the distance between a row and its reconstruction is measured.</summary>
public enum ReconstructionLoss
{
    /// <summary>The mean over slots of (x - y)². Any values.</summary>
    MeanSquaredError,

    /// <summary>
    /// The mean over slots of -x ln y - (1 - x) ln(1 - y), in nats. Values between 0 and 1, such as gray pixels; the
    /// network's output then ends in a sigmoid. Its least value is the entropy of x, above 0 where x is gray.
    /// </summary>
    BinaryCrossEntropy,
}
