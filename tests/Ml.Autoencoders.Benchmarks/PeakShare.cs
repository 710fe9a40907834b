using System.Diagnostics;
using Microsoft.ML;
using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>
/// How many floating-point operations per second fits and scoring come to, against the best that torch does on this
/// machine: the product of two square matrices. Measured in turns.
/// </summary>
internal static class PeakShare
{
    private const int Side = 2048;
    private const int Rounds = 5;
    private const int Pixels = 784;

    /// <summary>The networks of the contests.</summary>
    private static readonly Dictionary<string, NetworkPlan> Plans = new(StringComparer.Ordinal)
    {
        ["dense"] = Network.Dense(128, 64).Plan(Pixels, 32, 32, endInSigmoid: false),
        ["variational"] = Network.Dense(400).Plan(Pixels, 40, 20, endInSigmoid: true),
        ["convolutional"] = Network.Convolutional(28, 28, filters: [16, 32]).Plan(Pixels, 32, 32, endInSigmoid: false),
    };

    public static int Run()
    {
        var ml = new MLContext(1);
        (IDataView training, _) = MnistViews.Load(ml);
        using Tensor left = rand(Side, Side);
        using Tensor right = rand(Side, Side);

        var peak = new List<double>();
        TrainingContest[] contests = [.. TrainingContest.All];
        var fits = contests.ToDictionary(contest => contest.Name, _ => new List<double>());
        for (int round = 0; round < Rounds; round++)
        {
            peak.Add(Rate(2.0 * Side * Side * Side, () => mm(left, right).Dispose()));
            foreach (TrainingContest contest in contests)
            {
                using AutoencoderTransformer model = contest.Estimator(ml.Transforms.Autoencoders, 2)
                    .Fit(ml.Data.TakeRows(training, 20_000));
                fits[contest.Name].Add(model.History[^1].RowsPerSecond * Operations(Plans[contest.Name]));
            }
        }
        Console.WriteLine($"{"",-40} {"GFLOP/s",10} {"share",8}   (medians of {Rounds}, taking turns)");
        Print($"product of {Side} x {Side} matrices", Race.Median(peak), Race.Median(peak));
        foreach (TrainingContest contest in contests)
            Print($"steps of a fit, {contest.Name}", Race.Median(fits[contest.Name]), Race.Median(peak));
        return 0;
    }

    private static void Print(string what, double rate, double peak) =>
        Console.WriteLine($"{what,-40} {rate / 1e9,10:N1} {rate / peak,8:N2}");

    private static double Rate(double operations, Action run)
    {
        run();
        long start = Stopwatch.GetTimestamp();
        run();
        return operations / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>
    /// Of a training step, a row: a multiplication and an addition for each weight that meets a number on the way
    /// forward, and as many for the gradients of both; none for the gradient of the input of the network.
    /// </summary>
    private static double Operations(NetworkPlan plan)
    {
        double[] products = [.. Products(plan.Encoder).Concat(Products(plan.Decoder)).Where(count => count > 0)];
        return 2 * (3 * products.Sum() - products[0]);
    }

    private static IEnumerable<double> Products(LayerStack stack) =>
        stack.Layers.Zip(stack.LayerInputs, (layer, input) =>
    {
        double weights = layer.Parameters(input).Where(parameter => parameter.Name == "weight")
            .Sum(parameter => parameter.Shape.Aggregate(1.0, (count, size) => count * size));
        Shape output = layer.OutputShape(input);
        return layer switch
        {
            LinearLayer => weights,
            ConvolutionLayer => weights * output.Count / output.Dimensions[0],
            TransposedConvolutionLayer => weights * input.Count / input.Dimensions[0],
            _ => 0,
        };
    });
}
