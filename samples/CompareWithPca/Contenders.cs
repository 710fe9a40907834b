using Microsoft.ML;
using Ml.Autoencoders;
using Ml.Autoencoders.Evaluation;

namespace CompareWithPca;

/// <summary>
/// The autoencoders that are compared with PCA: one for reconstructions, one for features, one for a regular plane of
/// codes. They are trained alike.
/// </summary>
internal sealed class Contenders(MLContext ml, ImageFormat image, TrainingOptions training)
{
    private const ReconstructionLoss Loss = ReconstructionLoss.BinaryCrossEntropy;

    public IReadOnlyList<ComparedAutoencoder> All =>
    [
        new() { Name = "plain", Create = size => ml.Transforms.Autoencoders.Plain("Code", "Pixels", new()
        {
            CodeSize = size,
            Network = Settings.Network,
            Loss = Loss,
            Training = training,
        }) },
        new()
        {
            Name = "features",
            Create = size =>
                ml.Transforms.Autoencoders.Denoising("Code", "Pixels",
                    DenoisingOptions.ImageFeatures(image, size) with { Training = training }),
        },
        new() { Name = "variational", Create = size => ml.Transforms.Autoencoders.Variational("Code", "Pixels", new()
        {
            CodeSize = size,
            Network = Settings.Network,
            Loss = Loss,
            Training = training,
        }) },
    ];
}
