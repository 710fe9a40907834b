using System.Diagnostics;
using System.Text.Json;
using Samples.Data;

namespace ScoreWithOnnx;

/// <summary>A process that knows an ONNX file and nothing else of the autoencoder.</summary>
internal static class ScoringProcess
{
    public const string Way = "ONNX Runtime";

    /// <summary>Starts this program again, and reads what it measured.</summary>
    public static Timing Start(string model, string dataFolder)
    {
        string self = Environment.ProcessPath ?? throw new InvalidOperationException("The program does not know its own path.");
        bool isHost = Path.GetFileNameWithoutExtension(self).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        string[] program = isHost ? [typeof(ScoringProcess).Assembly.Location] : [];
        using Process process = Process.Start(new ProcessStartInfo(self, [.. program, "score", "--model", model, "--data", dataFolder])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<Timing>(output)!
            : throw new InvalidOperationException($"The scoring process failed with exit code {process.ExitCode}.");
    }

    public static void Run(string model, string dataFolder)
    {
        if (!File.Exists(model))
            throw new FileNotFoundException($"There is no file '{model}'.");
        using var encoder = new OnnxEncoder(model);
        float[][] digits = [.. Mnist.Load(dataFolder, rows: 1).Test.Select(digit => digit.Pixels)];
        Console.WriteLine(JsonSerializer.Serialize(Timing.Measure(Way, row => encoder.Encode([row])[0], encoder.Encode, digits)));
    }
}
