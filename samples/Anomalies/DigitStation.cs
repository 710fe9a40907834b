using Microsoft.ML;
using Ml.Autoencoders;
using Ml.Autoencoders.Plots;
using Samples;
using Samples.Data;

namespace Anomalies;

/// <summary>
/// Each digit in turn is normal, and all others are not: how well detectors that saw the normal one alone tell them
/// apart.
/// </summary>
internal sealed class DigitStation(Mnist digits, Settings settings)
{
    private const uint Drawn = 4;
    private const int Columns = 10;

    private readonly MLContext _ml = new(Settings.Seed);

    public void Run()
    {
        Console.WriteLine(
            $"Digits: area under the ROC curve on {digits.Test.Length:N0} test digits, of which one kind is normal; " +
            $"{settings.DigitEpochs} epochs each.");
        uint[] kinds = [.. digits.Training.Select(digit => digit.Number).Distinct().Order()];
        var areas = new Dictionary<string, List<double>>(StringComparer.Ordinal);
        Display.Training("detectors", progress =>
        {
            foreach (uint normal in kinds)
                Measure(normal, progress, areas);
            return areas;
        });
        AreaTable.Print(kinds, areas);
    }

    private void Measure(uint normal, Progress progress, Dictionary<string, List<double>> areas)
    {
        progress.Phase($"{normal} is normal");
        IDataView training = View([.. digits.Training.Where(digit => digit.Number == normal)], normal);
        IDataView test = View(digits.Test, normal);
        var image = new ImageFormat(digits.Height, digits.Width);
        foreach ((string name, IEstimator<ITransformer> estimator) in new DigitDetectors(_ml, image, settings).All)
        {
            ITransformer detector = estimator.Fit(training);
            IDataView scored = detector.Transform(test);
            if (!areas.TryGetValue(name, out List<double>? ofDetector))
                areas.Add(name, ofDetector = []);
            ofDetector.Add(_ml.AnomalyDetection.Evaluate(scored).AreaUnderRocCurve);
            if (name == DigitDetectors.Autoencoder && normal == Drawn)
                Draw(scored);
            (detector as IDisposable)?.Dispose();
        }
    }

    private IDataView View(Digit[] rows, uint normal) =>
        _ml.Data.LoadFromEnumerable(rows.Select(digit => DigitRow.Of(digit, normal)).ToArray(),
            DigitRow.Schema(digits.Height * digits.Width));

    /// <summary>Digits of all degrees of being unusual, with the places that make them so.</summary>
    private void Draw(IDataView scored)
    {
        ScoredDigit[] sorted = [.. _ml.Data.CreateEnumerable<ScoredDigit>(scored, reuseRowObject: false)
            .OrderBy(digit => digit.Score)];
        ScoredDigit[] drawn = [.. Enumerable.Range(0, Columns)
            .Select(i => sorted[i * (sorted.Length - 1) / (Columns - 1)])];
        float most = drawn.Max(digit => digit.Errors.Max());
        var grid = new ImageGrid(digits.Height, digits.Width)
        {
            Title = $"To a detector that knows {Drawn} alone, from the most usual test digit to the least",
            Captions = [.. drawn.Select(digit => $"{digit.Score:0.000}")],
            Scale = 3,
        };
        grid.AddRow(drawn.Select(digit => digit.Pixels), "digit");
        // Roots of squared errors, or all but the largest would be black.
        grid.AddRow(drawn.Select(digit => digit.Errors.Select(error => MathF.Sqrt(error / most)).ToArray()), "error");
        string path = Path.Combine(settings.OutputFolder, "anomalies.png");
        grid.Save(path);
        Console.WriteLine($"Drew {path}.");
    }

    /// <summary>What is drawn of a test digit.</summary>
    private sealed class ScoredDigit
    {
        public float[] Pixels { get; set; } = [];

        public float[] Errors { get; set; } = [];

        public float Score { get; set; }
    }
}
