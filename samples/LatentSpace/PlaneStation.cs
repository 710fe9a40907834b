using Microsoft.ML;
using Ml.Autoencoders;
using Ml.Autoencoders.Plots;
using Samples;
using Samples.Data;

namespace LatentSpace;

/// <summary>
/// Codes of two numbers: the plane of a variational autoencoder, and how well the digits are told apart there.
/// </summary>
internal sealed class PlaneStation(MLContext ml, Digits digits, Settings settings, Pictures pictures)
{
    private const int Side = 20;

    public void Run()
    {
        using AutoencoderTransformer plain = Display.Training("plain autoencoder, code of 2", progress =>
            ml.Transforms.Autoencoders.Plain("Code", "Pixels", new()
            {
                CodeSize = 2,
                Network = Settings.Network,
                Loss = ReconstructionLoss.BinaryCrossEntropy,
                Training = settings.Training(progress.Epoch),
            }).Fit(digits.Training));
        using AutoencoderTransformer variational = Display.Training("variational autoencoder, code of 2", progress =>
            ml.Transforms.Autoencoders.Variational("Code", "Pixels", new()
            {
                CodeSize = 2,
                Network = Settings.Network,
                Loss = ReconstructionLoss.BinaryCrossEntropy,
                Training = settings.Training(progress.Epoch),
            }).Fit(digits.Training));
        ITransformer pca = ml.Transforms.ProjectToPrincipalComponents("Code", "Pixels", rank: 2, seed: 1)
            .Fit(digits.Training);

        Console.WriteLine("  Accuracy of 10 nearest neighbors by two numbers:");
        foreach ((string name, ITransformer stage) in new[]
        {
            ("PCA of ML.NET", pca),
            ("plain autoencoder", plain),
            ("variational autoencoder", variational),
        })
            Console.WriteLine($"    {name,-24} {Accuracy(stage):0.000}");

        pictures.Save(ScatterOfCodes.Draw("Test digits in the plane of the variational autoencoder", variational,
            digits), "scatter.png");
        pictures.Save(ScatterOfCodes.Draw("Test digits in the plane of the plain autoencoder", plain, digits),
            "scatter-plain.png");
        ImageGrid manifold = pictures.Grid($"What the plane stands for, {Side} x {Side} equally likely places", gap: 0);
        foreach (float[][] row in variational.LatentGrid(Side).Chunk(Side))
            manifold.AddRow(row);
        pictures.Save(manifold, "manifold.png");
    }

    private double Accuracy(ITransformer stage) => NearestNeighbors.Accuracy(
        Digits.Codes(stage, digits.Training), Numbers(digits.Mnist.Training), Digits.Codes(stage, digits.Test),
        Numbers(digits.Mnist.Test));

    private static uint[] Numbers(Digit[] digits) => [.. digits.Select(digit => digit.Number)];
}
