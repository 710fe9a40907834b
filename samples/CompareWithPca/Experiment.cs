using System.Text;
using CompareWithPca.Reporting;
using Microsoft.ML;
using Ml.Autoencoders;
using Ml.Autoencoders.Evaluation;
using Ml.Autoencoders.Persistence;
using Samples;
using Samples.Data;

namespace CompareWithPca;

/// <summary>Reads digits, compares, and writes down what came of it.</summary>
internal static class Experiment
{
    public static void Run(Settings settings)
    {
        var ml = new MLContext(Settings.Seed);
        Mnist digits = Mnist.Load(settings.DataFolder, settings.Rows);
        // A trial run with few training digits need not wait for neighbors of all test digits.
        Digit[] test = [.. digits.Test.Take(settings.Rows)];
        Directory.CreateDirectory(settings.OutputFolder);
        Console.WriteLine(
            $"{digits.Training.Length:N0} training digits and the first {test.Length:N0} of {digits.Test.Length:N0} " +
            $"test digits; codes of {string.Join(", ", settings.CodeSizes)}; {settings.Epochs} epochs each.");

        PcaComparison comparison = Display.Training("comparison",
            progress => ml.CompareWithPca(View(ml, digits.Training), "Pixels", new()
            {
                CodeSizes = settings.CodeSizes,
                LabelColumnName = "Number",
                Autoencoders = new Contenders(ml, new ImageFormat(digits.Height, digits.Width),
                settings.Training(progress.Epoch)).All,
                TestData = View(ml, test),
                Seed = Settings.Seed,
                OnProgress = progress.Phase,
            }));
        Console.WriteLine(comparison);

        Write(settings, "comparison.md", comparison.ToMarkdown());
        Write(settings, "comparison.csv", comparison.ToCsv());
        Write(settings, "report.html", Report.ToHtml(Report.Build(comparison, new ReportSubject
        {
            Rows = "MNIST digits",
            RowHeight = digits.Height,
            RowWidth = digits.Width,
            Training =
                "The plain and the variational autoencoder have two hidden layers of 512 and 256 units on either " +
                    "side of the code; the one called features is DenoisingOptions.ImageFeatures, made of " +
                    "convolutions with 32 and 64 filters, trained on digits rotated, resized, shifted and without " +
                    "some of their pixels, to reconstruct the originals. All have batch normalization, and " +
                    $"were trained for {settings.Epochs} epochs with AdamW, binary cross-entropy and a cosine " +
                    "schedule.",
        })));
    }

    private static IDataView View(MLContext ml, Digit[] digits) =>
        ml.Data.LoadFromEnumerable(digits, Digit.Schema(digits[0].Pixels.Length));

    private static void Write(Settings settings, string name, string text)
    {
        string path = Path.Combine(settings.OutputFolder, name);
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        Console.WriteLine($"Wrote {path}.");
    }
}
