namespace Ml.Autoencoders;

/// <summary>What the output column of an autoencoder holds.</summary>
public enum StageOutput
{
    /// <summary>The code: short, and all that the decoder gets of a row.</summary>
    Code,

    /// <summary>The hidden activations of the encoder, as <see cref="AutoencoderOptions.HiddenColumnName"/> gives them:
    /// features for a classifier.</summary>
    HiddenActivations,

    /// <summary>The row as the network takes it (scaled, where <see cref="AutoencoderModelOptions.Scaling"/> says so),
    /// then the hidden activations.</summary>
    RowAndHiddenActivations,
}
