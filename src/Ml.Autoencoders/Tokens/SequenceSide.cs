namespace Ml.Autoencoders;

/// <summary>A side of a sequence: where it is padded or cut.</summary>
public enum SequenceSide
{
    /// <summary>After its last key.</summary>
    End,

    /// <summary>Before its first key.</summary>
    Start,
}
