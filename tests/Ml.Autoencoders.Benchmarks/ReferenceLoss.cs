using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>
/// The deep autoencoder of the Keras blog ("Building Autoencoders in Keras", 784-128-64-32, binary cross-entropy) with
/// Adam, batch 256, 20 epochs: its loss on the test digits, in nats per pixel.
/// </summary>
internal static class ReferenceLoss
{
    private const double Bound = 0.101;

    /// <summary>0 where the loss is within the bound, 1 where it is not.</summary>
    public static int Run()
    {
        var ml = new MLContext(1);
        (IDataView training, IDataView test) = MnistViews.Load(ml);
        using AutoencoderTransformer model = ml.Transforms.Autoencoders.Plain("Code", "Pixels", new()
        {
            CodeSize = 32,
            Network = Network.Dense(128, 64),
            Loss = ReconstructionLoss.BinaryCrossEntropy,
            ErrorColumnName = "Error",
            Training = new() { Epochs = 20, BatchSize = 256, OnEpoch = Console.WriteLine },
        }).Fit(training);
        double loss = model.Transform(test).GetColumn<float>("Error").Average(error => (double)error);
        Console.WriteLine($"test loss {loss:0.0000} nats per pixel (bound {Bound})");
        return loss <= Bound ? 0 : 1;
    }
}
