using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.ML;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>
/// A fit that is killed at random moments and started again until it is done, against one that is left
/// alone: the same weights?
/// </summary>
internal static class CheckpointKills
{
    private const string Child = "checkpointed-fit";
    private const int Rows = 4000;

    /// <summary>0 where every fit that was killed ended with the weights of the one that was not.</summary>
    /// <param name="arguments">How many kills; default 20.</param>
    public static int Run(string[] arguments)
    {
        int kills = arguments is [var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 20;
        DirectoryInfo folder = Directory.CreateTempSubdirectory("kills-");
        try
        {
            long start = Stopwatch.GetTimestamp();
            string expected = ChildProcess.Run(Child, Path.Combine(folder.FullName, "whole"))[^1];
            TimeSpan whole = Stopwatch.GetElapsedTime(start);
            int same = 0, interrupted = 0;
            // The seed is fixed, what the machine makes of it is not.
            var random = new Random(1);
            for (int i = 1; i <= kills; i++)
            {
                string own = Path.Combine(folder.FullName, $"{i}");
                interrupted += Kill(own, random.NextDouble() * whole) ? 1 : 0;
                bool hasOne = File.Exists(Path.Combine(own, "checkpoint.zip"));
                string found = ChildProcess.Run(Child, own)[^1];
                same += found == expected ? 1 : 0;
                Console.WriteLine(
                    $"kill {i}: {(hasOne ? "resumed" : "started anew")}, " +
                    $"{(found == expected ? "same weights" : "OTHER WEIGHTS")}");
            }
            Console.WriteLine(
                $"{kills} kills, {interrupted} of a process that was not done, {same} identical final weights");
            return same == kills ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>One fit, in this process: prints the digest of its weights.</summary>
    public static int RunChild(string folder)
    {
        var ml = new MLContext(1);
        using AutoencoderTransformer model = ml.Transforms.Autoencoders.Denoising("Code", "Pixels", new()
        {
            CodeSize = 16,
            Network = Network.Dense([128], Activation.Relu, batchNorm: true),
            Training = new()
            {
                Epochs = 8,
                ValidationFraction = 0.1f,
                Checkpoint = new(folder, every: TimeSpan.FromMilliseconds(50)),
                ResumeFrom = folder,
            },
        }).Fit(MnistViews.Load(ml, Rows).Training);
        string weights = Path.Combine(folder, "weights.safetensors");
        model.SaveWeights(weights);
        Console.WriteLine(Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(weights))));
        return 0;
    }

    /// <summary>Whether it was killed before it was done.</summary>
    private static bool Kill(string folder, TimeSpan after)
    {
        using Process process = ChildProcess.Start(Child, folder);
        bool isDone = process.WaitForExit(after);
        process.Kill();
        process.WaitForExit();
        return !isDone;
    }
}
