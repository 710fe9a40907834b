namespace Ml.Autoencoders;

/// <content>Options for codes that a classifier of pictures reads.</content>
public sealed partial record DenoisingOptions
{
    /// <summary>
    /// Options for codes of pictures that serve a classifier, above all a linear one. Each picture is rotated, resized,
    /// shifted, and stripped of some of its pixels before the encoder gets it, and the decoder has to restore it, so
    /// that the code captures what is drawn rather than where and how it lies (<see cref="Corruption.Warp"/>).
    /// </summary>
    /// <remarks>
    /// <para>Convolutions with 32 and 64 filters, batch normalization and <see cref="Activation.Gelu"/>;
    /// <see cref="ReconstructionLoss.BinaryCrossEntropy"/>, so pixels have to lie between 0 and 1;
    /// <c>Corruption.Warp(0.4f, 0.4f, 0.2f).Then(Corruption.Masking(0.3f))</c>; batches of 256, AdamW with a learning
    /// rate of 0.002 that decays along a cosine. An epoch takes several times as long as one of
    /// <c>Network.Dense(512, 256)</c>.</para>
    /// <para>Not for pictures that mean something else when they are rotated by 20 degrees or resized by half (dials,
    /// maps, sizes of things), nor for reconstructions: those are worse than a plain autoencoder's.</para>
    /// <para>Change other options with <c>with</c>:
    /// <c>DenoisingOptions.ImageFeatures(image) with { ReconstructionColumnName = "Clean" }</c>.</para>
    /// </remarks>
    /// <param name="image">The format of the picture that a row of the input column is.</param>
    /// <param name="codeSize">Numbers in a code, at least 1. Useful from about 8. Default: 32.</param>
    /// <param name="epochs">Passes over the training rows, at least 1. More epochs keep helping for longer than with a
    /// plain autoencoder: no picture is encoded the same way twice.</param>
    /// <param name="onEpoch">Called after every epoch. Default: nothing.</param>
    /// <exception cref="ArgumentNullException"><paramref name="image"/> is null.</exception>
    public static DenoisingOptions ImageFeatures(ImageFormat image, int? codeSize = null, int epochs = 10,
        Action<TrainingEpoch>? onEpoch = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        return new()
        {
            CodeSize = codeSize,
            Image = image,
            Network = Network.Convolutional(image.Height, image.Width, image.Channels, [32, 64], Activation.Gelu,
                batchNorm: true),
            Loss = ReconstructionLoss.BinaryCrossEntropy,
            Corruption = Corruption.Warp(rotation: 0.4f, scale: 0.4f, shift: 0.2f).Then(Corruption.Masking(0.3f)),
            Training = new()
            {
                Epochs = epochs,
                BatchSize = 256,
                LearningRate = 2e-3f,
                Optimizer = OptimizerKind.AdamW,
                Schedule = LearningRateSchedule.Cosine(),
                OnEpoch = onEpoch,
            },
        };
    }
}
