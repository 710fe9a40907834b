namespace Ml.Autoencoders.Tensors;

/// <summary>What random numbers are drawn for.</summary>
internal enum RandomUse
{
    InitialWeights = 1,
    ValidationSplit,
    RowOrder,
    Corruption,
    Layers,
    ValidationCorruption,
    Noise,
    ValidationNoise,
    Binarization,

    /// <summary>Of rows that are measured.</summary>
    FixedBinarization,

    /// <summary>Of keys that codes stand for.</summary>
    Keys,
}
