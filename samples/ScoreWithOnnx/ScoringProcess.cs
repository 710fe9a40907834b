using System.Text.Json;
using Samples;
using Samples.Data;

namespace ScoreWithOnnx;

/// <summary>A process that knows an ONNX file and nothing else of the autoencoder.</summary>
internal static class ScoringProcess
{
    public const string Way = "ONNX Runtime";

    /// <summary>What such a process measures.</summary>
    public static Timing Start(string model, string dataFolder) =>
        JsonSerializer.Deserialize<Timing>(SecondProcess.Run("score", "--model", model, "--data", dataFolder))!;

    public static void Run(string model, string dataFolder)
    {
        if (!File.Exists(model))
            throw new FileNotFoundException($"There is no file '{model}'.");
        using var encoder = new OnnxEncoder(model);
        float[][] digits = [.. Mnist.Load(dataFolder, rows: 1).Test.Select(digit => digit.Pixels)];
        Console.WriteLine(JsonSerializer.Serialize(Timing.Measure(Way, row => encoder.Encode([row])[0],
            encoder.Encode, digits)));
    }
}
