using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Samples.Data;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>
/// Candidates on 10,000 digits that are held back from the 60,000 of training. The test digits are not looked at.
/// </summary>
internal static class FeatureSearch
{
    private const int Validation = 10_000;

    /// <summary>Two cores that do nothing else, a candidate of middling size, with its classifier.</summary>
    private const double RowsAMinute = 400_000;

    /// <summary>Prints a row for every candidate, or for those that are named.</summary>
    /// <param name="arguments">Training digits and epochs, then names; nothing for a short round of all.</param>
    public static int Run(string[] arguments)
    {
        int rows = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 20_000;
        int epochs = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 10;
        FeatureCandidate[] candidates = [.. FeatureCandidates.All
            .Where(candidate => arguments.Length < 3
                || arguments.Skip(2).Contains(candidate.Name, StringComparer.Ordinal))];
        Console.WriteLine(
            $"Candidates: {candidates.Length}. Each is fitted to {rows:N0} digits in {epochs} epochs; on two cores " +
            $"that takes about {candidates.Length * (double)rows * epochs / RowsAMinute:N0} minutes.\n");

        var ml = new MLContext(1);
        (IDataView training, IDataView validation) = Split(ml, rows);
        Console.WriteLine("| candidate | SDCA accuracy | training loss | fit |\n|---|---|---|---|");
        foreach (FeatureCandidate candidate in candidates)
        {
            var clock = Stopwatch.StartNew();
            using AutoencoderTransformer stage = candidate.Estimator(ml, epochs).Fit(training);
            TimeSpan fit = clock.Elapsed;
            double accuracy = FeatureScore.Linear(ml, stage.Transform(training), stage.Transform(validation));
            Console.WriteLine(
                $"| {candidate.Name} | {accuracy:0.0000} | {stage.History[^1].Training.Total:0.0000} | " +
                $"{fit.TotalSeconds:0} s |");
        }
        return 0;
    }

    /// <summary>
    /// The digits in an order of their own, because those of the file's first half were written by
    /// other people than the rest.
    /// </summary>
    private static (IDataView Training, IDataView Validation) Split(MLContext ml, int rows)
    {
        Mnist digits = Mnist.Load(Mnist.Embedded, rows: null);
        Digit[] shuffled = [.. digits.Training];
        new Random(1).Shuffle(shuffled);
        IDataView View(Digit[] part) => ml.Data.LoadFromEnumerable(part, Digit.Schema(digits.Height * digits.Width));
        return (View(shuffled[..^Validation][..rows]), View(shuffled[^Validation..]));
    }
}
