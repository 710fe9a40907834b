using Microsoft.ML;
using Ml.Autoencoders;
using Samples;
using Samples.Data;
using Spectre.Console;

namespace ScoreWithOnnx;

/// <summary>Training, export, and the same codes in three ways.</summary>
internal sealed class Experiment(int epochs, int? rows, string dataFolder, string outputFolder)
{
    /// <summary>What rounding may do to a code.</summary>
    private const float Tolerance = 1e-4f;

    public void Run()
    {
        Mnist mnist = Mnist.Load(dataFolder, rows);
        Directory.CreateDirectory(outputFolder);
        string encoder = Path.Combine(outputFolder, "encoder.onnx");
        string weights = Path.Combine(outputFolder, "weights.safetensors");
        float[][] digits = [.. mnist.Test.Select(digit => digit.Pixels)];

        using AutoencoderTransformer autoencoder = Train(mnist);
        autoencoder.SaveOnnx(encoder, OnnxPart.Encoder);
        autoencoder.SaveOnnx(Path.Combine(outputFolder, "decoder.onnx"), OnnxPart.Decoder);
        autoencoder.SaveOnnx(Path.Combine(outputFolder, "stage.onnx"));
        autoencoder.SaveWeights(weights);
        Console.WriteLine(
            $"Exported to {Path.GetFullPath(outputFolder)}: encoder.onnx, decoder.onnx, stage.onnx, " +
            "weights.safetensors.");

        // One after the other: two at once would take each other's cores.
        Timing managed = Timing.Measure("managed code", row => autoencoder.Encode(row),
            rows => autoencoder.Encode(rows), digits);
        using var torchEncoder = new TorchEncoder(weights);
        Timing torch = Timing.Measure("torch", row => torchEncoder.Encode([row])[0], torchEncoder.Encode, digits);
        Timing onnx = ScoringProcess.Start(encoder, dataFolder);
        Show(managed, torch, onnx);
    }

    private AutoencoderTransformer Train(Mnist mnist) => Display.Training("Plain autoencoder, 784 to 32", progress =>
    {
        var ml = new MLContext(seed: 1);
        IDataView training = ml.Data.LoadFromEnumerable(mnist.Training, Digit.Schema(mnist.Height * mnist.Width));
        return ml.Transforms.Autoencoders.Plain("Code", "Pixels", new()
        {
            CodeSize = 32,
            Loss = ReconstructionLoss.BinaryCrossEntropy,
            ReconstructionColumnName = "Reconstruction",
            ErrorColumnName = "Error",
            Training = new() { Epochs = epochs, OnEpoch = progress.Epoch },
        }).Fit(training);
    });

    private static void Show(Timing expected, params Timing[] others)
    {
        var table = new Table().AddColumns("way", "one row, median", "rows per second", "largest difference",
            "torch loaded");
        foreach (Timing timing in new[] { expected }.Concat(others))
        {
            float difference = timing.DifferenceFrom(expected);
            if (!(difference <= Tolerance))
                throw new InvalidOperationException(
                    FormattableString.Invariant(
                        $"{timing.Way}: a code differs by {difference}, more than {Tolerance}."));
            table.AddRow(timing.Way, $"{timing.MicrosecondsOfOne:N1} µs", $"{timing.RowsASecond:N0}",
                $"{difference:0.0E+0}", timing.HasTorch ? "yes" : "no");
        }
        AnsiConsole.Write(table);
        if (others.Single(timing => timing.Way == ScoringProcess.Way).HasTorch)
            throw new InvalidOperationException("The scoring process has loaded torch.");
    }
}
