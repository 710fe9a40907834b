namespace Ml.Autoencoders;

/// <summary>The part of an autoencoder that an ONNX file computes.</summary>
public enum OnnxPart
{
    /// <summary>Every column that the transformer writes, from those that it reads.</summary>
    Stage,

    /// <summary>Codes from rows.</summary>
    Encoder,

    /// <summary>Rows from codes.</summary>
    Decoder,
}
