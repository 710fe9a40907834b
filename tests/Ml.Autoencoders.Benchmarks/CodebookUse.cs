using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>
/// What a vector-quantized autoencoder makes of the test digits: its error, and how much of its codebook it uses.
/// </summary>
internal static class CodebookUse
{
    private const int CodebookSize = 256;

    /// <summary>0 where more than half of the codebook is used, 1 where it is not.</summary>
    public static int Run()
    {
        var ml = new MLContext(1);
        (IDataView training, IDataView test) = MnistViews.Load(ml);
        using AutoencoderTransformer model = ml.Transforms.Autoencoders.VectorQuantized("Code", "Pixels", new()
        {
            CodeSize = 32,
            CodebookSize = CodebookSize,
            Network = Network.Dense([512, 256], Activation.Relu, batchNorm: true),
            Loss = ReconstructionLoss.BinaryCrossEntropy,
            CodeIndicesColumnName = "Indices",
            ReconstructionColumnName = "Reconstruction",
            Training = new()
            {
                Epochs = 10,
                BatchSize = 256,
                LearningRate = 2e-3f,
                Optimizer = OptimizerKind.AdamW,
                Schedule = LearningRateSchedule.Cosine(),
                OnEpoch = Console.WriteLine,
            },
        }).Fit(training);

        IDataView scored = model.Transform(test);
        double error = scored.GetColumn<float[]>("Pixels").Zip(scored.GetColumn<float[]>("Reconstruction"))
            .Average(row => row.First.Zip(row.Second, (x, y) => (double)(x - y) * (x - y)).Average());
        double[] shares = [.. scored.GetColumn<uint[]>("Indices").SelectMany(row => row).GroupBy(index => index)
            .Select(group => (double)group.Count())];
        double total = shares.Sum();
        double perplexity = Math.Exp(-shares.Sum(count => count / total * Math.Log(count / total)));
        Console.WriteLine(
            $"test MSE {error:0.00000}; {shares.Length} of {CodebookSize} codebook vectors used, perplexity " +
            $"{perplexity:0.0}");
        return shares.Length > CodebookSize / 2 ? 0 : 1;
    }
}
