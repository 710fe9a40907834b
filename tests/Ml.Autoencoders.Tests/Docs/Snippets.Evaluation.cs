using Microsoft.ML;
using Ml.Autoencoders.Evaluation;
using Samples.Data;

namespace Ml.Autoencoders.Tests.Docs;

/// <content>Examples of the page on comparisons.</content>
public partial class Snippets
{
    [Test]
    public void Autoencoders_are_compared_with_pca()
    {
        IDataView digits = SmallDigits(0, 150);
        string shown = Printed(() =>
        {
            PcaComparison comparison = ml.CompareWithPca(digits, "Pixels", labelColumnName: "Number", codeSizes: [2]);
            Console.WriteLine(comparison.ToMarkdown());
            File.WriteAllText("comparison.csv", comparison.ToCsv());
        });

        Assert.That(shown, Does.StartWith("120 training rows and 30 test rows of 49 numbers."));
        Assert.That(File.ReadAllLines("comparison.csv"), Has.Length.EqualTo(1 + 5));
    }

    [Test]
    public void Own_autoencoders_are_compared_on_own_test_rows()
    {
        IDataView digits = SmallDigits(0, 100);
        IDataView testDigits = SmallDigits(100, 30);
        Console.SetOut(TextWriter.Null);

        var options = new PcaComparisonOptions
        {
            CodeSizes = [2, 8],
            LabelColumnName = "Number",
            TestData = testDigits,
            Autoencoders =
            [
                new() { Name = "cross-entropy",
                    Create = size => ml.Transforms.Autoencoders.Plain("Code", "Pixels", new()
                {
                    CodeSize = size,
                    Network = Network.Dense(128),
                    Loss = ReconstructionLoss.BinaryCrossEntropy,
                    Training = new() { Epochs = 2, Seed = 1 },
                }) },
                new()
                {
                    Name = "masked",
                    Create = size => ml.Transforms.Autoencoders.Denoising("Code", "Pixels", size, epochs: 2),
                },
            ],
            OnProgress = Console.WriteLine,
        };
        PcaComparison comparison = ml.CompareWithPca(digits, "Pixels", options);
        ComparedStage best = comparison.Stages.Where(stage => stage.CodeSize == 8)
            .MinBy(stage => stage.MeanSquaredError)!;

        Assert.That(comparison.TestRows, Is.EqualTo(30));
        Assert.That(best.Reconstructions, Has.Count.EqualTo(10));
    }

    [Test]
    public void Hidden_activations_are_compared_too()
    {
        ComparedAutoencoder features = new()
        {
            Name = "denoising",
            Create = size => ml.Transforms.Autoencoders.Denoising("Code", "Pixels", new()
            {
                CodeSize = size,
                HiddenColumnName = "Hidden",
                Training = new() { Epochs = 2, Seed = 1 },
            }),
        };

        PcaComparison comparison = ml.CompareWithPca(SmallDigits(0, 100), "Pixels",
            new() { CodeSizes = [2], Autoencoders = [features] });
        Assert.That(comparison.Stages[^1].Name, Is.EqualTo("denoising (hidden)"));
        Assert.That(comparison.Stages[^1].Width, Is.EqualTo(512 + 256));
    }

    [Test]
    public void Pictures_and_embeddings_are_measured_without_a_comparison()
    {
        float[] picture = Mnist.Training[0].Pixels;
        float[] restored = Mnist.Training[1].Pixels;
        float[][] rows = [.. Mnist.Training.Take(60).Select(digit => digit.Pixels)];
        float[][] reconstructions = rows;
        float[][] codes = rows;

        double decibels = ImageQuality.PeakSignalToNoiseRatio(picture, restored);
        double similarity = ImageQuality.StructuralSimilarity(picture, restored, height: 28, width: 28);
        double explained = EmbeddingQuality.ExplainedVariance(rows, reconstructions);
        double trust = EmbeddingQuality.Trustworthiness(rows, codes, neighbors: 12);
        double continuity = EmbeddingQuality.Continuity(rows, codes, neighbors: 12);

        Assert.That(decibels, Is.InRange(5, 15));
        Assert.That(similarity, Is.InRange(-0.5, 0.7));
        Assert.That((explained, trust, continuity), Is.EqualTo((1.0, 1.0, 1.0)));
    }

    /// <summary>Every fourth pixel of every fourth row.</summary>
    private IDataView SmallDigits(int skip, int count) =>
        ml.Data.LoadFromEnumerable(Mnist.Training.Skip(skip).Take(count).Select(digit => new Digit
        {
            Pixels = [.. digit.Pixels.Where((_, i) => i % 4 == 2 && i / 28 % 4 == 2)],
            Number = digit.Number,
        }), Digit.Schema(49));
}
