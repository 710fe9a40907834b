using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Samples.Data;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>
/// What a learned prior is worth: ln p(x) of MNIST, dynamically binarized, by variational autoencoders of one
/// stochastic layer of 40 numbers that differ in their prior alone. It is estimated with 500 draws a row (Burda et
/// al. 2016), of one
/// binarization of the test digits.
/// </summary>
internal static class PriorLikelihood
{
    private const int Draws = 500;
    private const int Epochs = 20;

    /// <summary>Digits held back from training where settings are looked for.</summary>
    private const int Validation = 10_000;

    /// <summary>Those of them that are measured there.</summary>
    private const int Measured = 2_000;

    private static readonly (string Name, CodePrior Prior, double LeastGain)[] Priors =
    [
        ("normal", CodePrior.Normal, double.NegativeInfinity),
        ("flow", CodePrior.Flow(), 0),
        ("VampPrior", CodePrior.Vamp(500), 1.0),
    ];

    /// <summary>0 where each prior gains what it has to on the standard normal one, 1 where one does not.</summary>
    /// <param name="arguments">Nothing for all training digits and the test digits; else so many training digits and
    /// epochs, and those held back are measured.</param>
    public static int Run(string[] arguments)
    {
        var ml = new MLContext(1);
        bool isSearch = arguments.Length > 0;
        int epochs = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : Epochs;
        (IDataView training, IDataView measured) = isSearch
            ? HeldBack(ml, int.Parse(arguments[0], CultureInfo.InvariantCulture))
            : MnistViews.Load(ml);
        string which = isSearch ? "digits held back from training" : "test digits";
        Console.WriteLine($"{epochs} epochs, {Draws} draws a row, {which}\n");
        Console.WriteLine("| prior | ln p(x) | gain | at least | evidence lower bound | fit | measure |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        double? normal = null;
        int missed = 0;
        foreach ((string name, CodePrior prior, double leastGain) in Priors)
        {
            if (arguments.Length > 2 && !arguments.Skip(2).Contains(name, StringComparer.Ordinal))
                continue;
            var clock = Stopwatch.StartNew();
            using AutoencoderTransformer model = Estimator(ml, prior, epochs).Fit(training);
            TimeSpan fit = clock.Elapsed;
            double likelihood = model.LogLikelihood(measured, Draws).Average(row => (double)row);
            normal ??= likelihood;
            double gain = likelihood - normal.Value;
            bool isMissed = gain < leastGain;
            missed += isMissed ? 1 : 0;
            string bound = double.IsFinite(leastGain) ? $"{leastGain:0.0}" : "";
            double evidence = -model.History[^1].Training.Total;
            TimeSpan measure = clock.Elapsed - fit;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {likelihood:0.00} | ") +
                string.Create(CultureInfo.InvariantCulture, $"{gain:0.00}{(isMissed ? ", MISSED" : "")} | {bound} | ") +
                string.Create(CultureInfo.InvariantCulture, $"{evidence:0.00} | ") +
                string.Create(CultureInfo.InvariantCulture, $"{fit.TotalSeconds:0} s | {measure.TotalSeconds:0} s |"));
        }
        return missed == 0 ? 0 : 1;
    }

    private static AutoencoderEstimator Estimator(MLContext ml, CodePrior prior, int epochs) =>
        ml.Transforms.Autoencoders.Variational("Code", "Pixels", new()
        {
            CodeSize = 40,
            Network = Network.Dense(300, 300),
            Loss = ReconstructionLoss.BinaryCrossEntropy,
            Binarization = Binarization.Dynamic,
            Prior = prior,
            Training = new()
            {
                Epochs = epochs,
                BatchSize = 128,
                LearningRate = 1e-3f,
                Schedule = LearningRateSchedule.Cosine(),
            },
        });

    /// <summary>The digits in an order of their own, because those of the file's first half were written by other
    /// people than the rest.</summary>
    private static (IDataView Training, IDataView Measured) HeldBack(MLContext ml, int rows)
    {
        Mnist digits = Mnist.Load(Mnist.Embedded, rows: null);
        Digit[] shuffled = [.. digits.Training];
        new Random(1).Shuffle(shuffled);
        IDataView View(Digit[] part) => ml.Data.LoadFromEnumerable(part, Digit.Schema(digits.Height * digits.Width));
        return (View(shuffled[..^Validation][..rows]), View(shuffled[^Validation..][..Measured]));
    }
}
