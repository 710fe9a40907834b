using Microsoft.ML;
using Ml.Autoencoders;
using Samples;

namespace LatentSpace;

/// <summary>Codes that an adversary has pulled onto a prior of ten places on a ring.</summary>
internal sealed class AdversarialStation(MLContext ml, Digits digits, Settings settings, Pictures pictures)
{
    public void Run()
    {
        using AutoencoderTransformer model =
            Display.Training("adversarial autoencoder, code of 2, prior of ten places on a ring", progress =>
            ml.Transforms.Autoencoders.Adversarial("Code", "Pixels", new()
            {
                CodeSize = 2,
                Network = Settings.Network,
                Loss = ReconstructionLoss.BinaryCrossEntropy,
                Prior = CodePrior.Ring(),
                Training = settings.Training(progress.Epoch),
            }).Fit(digits.Training));
        pictures.Save(ScatterOfCodes.Draw("Test digits in the plane of the adversarial autoencoder", model, digits),
            "scatter-adversarial.png");
    }
}
