using Microsoft.ML;
using Ml.Autoencoders;
using Ml.Autoencoders.Evaluation;

namespace CompareWithPca;

/// <summary>The autoencoders that are compared with PCA. They differ in nothing but what makes each what it is.</summary>
internal sealed class Contenders(MLContext ml, TrainingOptions training)
{
    private const ReconstructionLoss Loss = ReconstructionLoss.BinaryCrossEntropy;

    public IReadOnlyList<ComparedAutoencoder> All =>
    [
        new("plain", size => ml.Transforms.Autoencoders.Plain("Code", "Pixels", new()
        {
            CodeSize = size,
            Network = Settings.Network,
            Loss = Loss,
            Training = training,
        })),
        new("denoising", size => ml.Transforms.Autoencoders.Denoising("Code", "Pixels", new()
        {
            CodeSize = size,
            Network = Settings.Network,
            Loss = Loss,
            Corruption = Corruption.Masking(0.5f),
            Training = training,
        })),
        new("variational", size => ml.Transforms.Autoencoders.Variational("Code", "Pixels", new()
        {
            CodeSize = size,
            Network = Settings.Network,
            Loss = Loss,
            Training = training,
        })),
    ];
}
