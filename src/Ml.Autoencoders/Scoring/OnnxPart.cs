namespace Ml.Autoencoders;

/// <summary>What of an autoencoder an ONNX file computes.</summary>
public enum OnnxPart
{
    /// <summary>Every column that the transformer writes, from those that it reads.</summary>
    Stage,

    /// <summary>Codes from rows.</summary>
    Encoder,

    /// <summary>Rows from codes.</summary>
    Decoder,
}
