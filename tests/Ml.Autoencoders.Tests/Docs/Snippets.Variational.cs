using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Plots;

namespace Ml.Autoencoders.Tests.Docs;

/// <content>Examples of the pages on variational autoencoders, on generating rows and on conditions.</content>
public partial class Snippets
{
    [Test]
    public void Variational_tells_what_its_dimensions_hold()
    {
        string shown = Printed(() =>
        {
            AutoencoderTransformer vae = ml.Transforms.Autoencoders.Variational("Code", "Pixels", new()
            {
                CodeSize = 8,
                Network = Network.Dense(256),
                Loss = ReconstructionLoss.BinaryCrossEntropy,
                LogVarianceColumnName = "LogVariance",
                EvidenceLowerBoundColumnName = "Evidence",
                Training = new() { Epochs = 5 },
            }).Fit(digits);
            Console.WriteLine(vae.History[^1].Training);    // nats per digit, with its terms: reconstruction, kl
            IDataView scored = vae.Transform(digits);
            float[][] logVariances = [.. scored.GetColumn<float[]>("LogVariance")];
            for (int j = 0; j < vae.CodeSize; j++)
            {
                float mean = logVariances.Average(row => row[j]);    // near 0: unused
                Console.WriteLine($"dimension {j}: mean ln σ² {mean:F2}");
            }
            float[] evidence = [.. scored.GetColumn<float>("Evidence")];

            Assert.That(-evidence.Average(), Is.EqualTo(vae.History[^1].Training.Total).Within(20),
                "the loss is the negative bound");
            Assert.That(logVariances.Min(row => row.Min()), Is.LessThan(-1), "a dimension that is used");
            vae.Dispose();
        });
        Assert.That(shown, Does.Contain("(reconstruction ").And.Contain(", kl ")
            .And.Contain("dimension 7: mean ln σ² "));
    }

    [Test]
    public void Rows_are_generated_by_label_as_in_the_readme()
    {
        IDataView labeled = ml.Transforms.Conversion.MapValueToKey("Label", "Number").Fit(digits).Transform(digits);
        float[] from = [1, 0, 0, 0];
        float[] to = [0, 1, 0, 0];

        AutoencoderTransformer vae = ml.Transforms.Autoencoders.Variational("Code", "Pixels", new()
        {
            CodeSize = 4,
            Loss = ReconstructionLoss.BinaryCrossEntropy,
            ConditionColumnName = "Label",
        }).Fit(labeled);
        float[][] sevens = vae.Sample(count: 10, seed: 1, condition: "7");
        float[][] walk = vae.Interpolate(from, to, steps: 12, condition: "7");
        float[] likelihoods = vae.LogLikelihood(labeled);

        Assert.That(sevens, Has.Length.EqualTo(10).And.All.Length.EqualTo(784));
        Assert.That(walk, Has.Length.EqualTo(12));
        // 544 is the entropy of coins.
        Assert.That(likelihoods, Has.Length.EqualTo(1000).And.All.LessThan(0).And.Some.GreaterThan(-200));
        vae.Dispose();
    }

    [Test]
    public void Importance_weighted_rows_are_drawn()
    {
        AutoencoderTransformer weighted = ml.Transforms.Autoencoders.ImportanceWeighted("Code", "Pixels", new()
        {
            CodeSize = 8,
            Samples = 5,
            Network = Network.Dense(128),
            Loss = ReconstructionLoss.BinaryCrossEntropy,
            Training = new() { Epochs = 2 },
        }).Fit(digits);
        float[][] drawn = weighted.Sample(count: 16, seed: 7);
        Console.WriteLine(weighted.History[^1].Training);

        Assert.That(drawn, Has.Length.EqualTo(16).And.All.Length.EqualTo(784));
        Assert.That(weighted.History[^1].Training.Terms.Keys,
            Is.EqualTo(new[] { "reconstruction", "importance-weighted bound" }));
        weighted.Dispose();
    }

    [Test]
    public void Directions_are_compared_by_their_cosine()
    {
        float[] first = Mnist.Training[0].Pixels;
        float[] second = Mnist.Training[1].Pixels;

        AutoencoderTransformer sphere = ml.Transforms.Autoencoders.Hyperspherical("Code", "Pixels", new()
        {
            CodeSize = 3,
            Network = Network.Dense(256),
            Loss = ReconstructionLoss.BinaryCrossEntropy,
            ConcentrationColumnName = "Concentration",
            Training = new() { Epochs = 5 },
        }).Fit(digits);
        float[][] directions = sphere.Encode([first, second]);
        // 1: the same, 0: unrelated, -1: opposite
        float cosine = directions[0].Zip(directions[1], (a, b) => a * b).Sum();
        float[][] circle = sphere.Interpolate(directions[0], directions[1], steps: 12);
        float[] concentrations = [.. sphere.Transform(digits).GetColumn<float>("Concentration")];

        Assert.That(cosine, Is.InRange(-1.000001f, 1.000001f));
        Assert.That(circle, Has.Length.EqualTo(12));
        Assert.That(concentrations, Has.Length.EqualTo(1000).And.All.GreaterThan(0));
        sphere.Dispose();
    }

    [Test]
    public void Rows_are_generated()
    {
        AutoencoderTransformer vae = ml.Transforms.Autoencoders.Variational("Code", "Pixels", new()
        {
            CodeSize = 2,
            Network = Network.Dense(256),
            Loss = ReconstructionLoss.BinaryCrossEntropy,
            Training = new() { Epochs = 5 },
        }).Fit(digits);
        float[] first = Mnist.Training[0].Pixels;
        float[] second = Mnist.Training[1].Pixels;

        float[][] drawn = vae.Sample(count: 16, seed: 7);
        new ImageGrid(height: 28, width: 28).AddRow(drawn[..8]).AddRow(drawn[8..]).Save("drawn.png");

        float[][] codes = vae.Encode([first, second]);
        float[][] walk = vae.Interpolate(codes[0], codes[1], steps: 12);
        float[][] arc = vae.Interpolate(codes[0], codes[1], steps: 12, Interpolation.Spherical);

        var grid = new ImageGrid(height: 28, width: 28) { Gap = 0, Scale = 1 };
        foreach (float[][] line in vae.LatentGrid(side: 20).Chunk(20))
            grid.AddRow(line);
        grid.Save("plane.png");

        var traversals = new ImageGrid(height: 28, width: 28);
        foreach (float[][] line in vae.Traverse(codes[0], steps: 9))
            traversals.AddRow(line);
        traversals.Save("traversals.png");

        float[] logLikelihoods = vae.LogLikelihood(digits, samples: 100);
        Console.WriteLine($"{logLikelihoods.Average():F1} nats per digit");

        Assert.That(new[] { "drawn.png", "plane.png", "traversals.png" }.Select(File.Exists), Is.All.True);
        Assert.That((walk.Length, arc.Length), Is.EqualTo((12, 12)));
        Assert.That(logLikelihoods, Has.Length.EqualTo(1000));
        // With every pixel a fair coin it would be 784 ln 2 = 543.
        Assert.That(-logLikelihoods.Average(), Is.LessThan(300));
        vae.Dispose();
    }

    [Test]
    public void An_attribute_is_added()
    {
        AutoencoderTransformer vae = ml.Transforms.Autoencoders.Variational("Code", "Pixels", new()
        {
            CodeSize = 8,
            Network = Network.Dense(256),
            Loss = ReconstructionLoss.BinaryCrossEntropy,
            Training = new() { Epochs = 10 },
        }).Fit(digits);
        float[] code = vae.Encode(Mnist.Training[3].Pixels);

        // true drops the row
        IDataView bold = ml.Data.FilterByCustomPredicate<Inked>(digits, row => row.Pixels.Average() < 0.14f);
        IDataView thin = ml.Data.FilterByCustomPredicate<Inked>(digits, row => row.Pixels.Average() > 0.12f);
        float[] ink = vae.CodeDirection(with: bold, without: thin);
        float[] bolder = vae.Decode(vae.MoveCode(code, ink, amount: 0.5f));
        new ImageGrid(height: 28, width: 28).AddRow(vae.Traverse(code, ink, steps: 9)).Save("ink.png");

        Assert.That(vae.Traverse(code, ink, steps: 9).Select(row => row.Average()), Is.Ordered);
        Assert.That(bolder.Average(), Is.GreaterThan(1.05f * vae.Decode(code).Average()));
        Assert.That(File.Exists("ink.png"), Is.True);
        vae.Dispose();
    }

    [Test]
    public void A_small_autoencoder_of_codes_draws_rows_of_one_kind()
    {
        AutoencoderTransformer vae = ml.Transforms.Autoencoders.Variational("Code", "Pixels", new()
        {
            CodeSize = 8,
            Network = Network.Dense(256),
            Loss = ReconstructionLoss.BinaryCrossEntropy,
            Training = new() { Epochs = 30 },
        }).Fit(digits);
        // true drops the row
        IDataView few = ml.Data.TakeRows(
            ml.Data.FilterByCustomPredicate<Labeled>(digits, row => row.Number != 7), 40);

        AutoencoderTransformer style = ml.Transforms.Autoencoders.Variational("Style", "Code",
            new() { CodeSize = 2, Training = new() { Epochs = 300 } }).Fit(vae.Encode(few));
        float[][] sevens = vae.Decode(style.Sample(count: 16, seed: 7));

        float[][] means = [.. Enumerable.Range(0, 10).Select(number =>
        {
            float[][] real = [.. Mnist.Training.Where(digit => digit.Number == number).Select(digit => digit.Pixels)];
            return Enumerable.Range(0, 784).Select(i => real.Average(row => row[i])).ToArray();
        })];
        int Sevens(float[][] rows) => rows.Count(row => Enumerable.Range(0, 10)
            .MinBy(number => row.Zip(means[number], (a, b) => (a - b) * (a - b)).Sum()) == 7);
        Assert.That(Sevens(sevens), Is.GreaterThanOrEqualTo(12));
        Assert.That(Sevens(vae.Sample(count: 16, seed: 7)), Is.LessThanOrEqualTo(6));
        Assert.That(style.InputColumnStage, Is.EqualTo(nameof(AutoencoderTransformer)));
        style.Dispose();
        vae.Dispose();
    }

    [Test]
    public void Generated_rows_become_files()
    {
        using AutoencoderTransformer vae = ml.Transforms.Autoencoders.Variational("Code", "Pixels", new()
        {
            Loss = ReconstructionLoss.BinaryCrossEntropy,
            Training = new() { Epochs = 1 },
        }).Fit(ml.Data.TakeRows(digits, 100));
        float[][] drawn = vae.Sample(count: 3, seed: 7);

        IDataView shades = vae.AsDataView([.. drawn.Select(row => row.Select(value => 255 * value).ToArray())]);
        IDataView pictures = ml.Transforms.Concatenate("Rgb", "Pixels", "Pixels", "Pixels")
            .Append(ml.Transforms.ConvertToImage(28, 28, "Picture", "Rgb"))
            .Fit(shades).Transform(shades);
        int number = 0;
        foreach (MLImage picture in pictures.GetColumn<MLImage>("Picture"))
        {
            using (picture)
                picture.Save($"digit{number++}.png");
        }

        Assert.That(number, Is.EqualTo(3));
        for (int i = 0; i < number; i++)
        {
            using MLImage read = MLImage.CreateFromFile($"digit{i}.png");
            byte[][] pixels = [.. read.Pixels.ToArray().Chunk(4)];
            Assert.That(pixels, Has.Length.EqualTo(784));
            Assert.That(pixels.Select(pixel => pixel[3]), Is.All.EqualTo(255), "no pixel is transparent");
            for (int color = 0; color < 3; color++)
                Assert.That(pixels.Select(pixel => (double)pixel[color]),
                    Is.EqualTo(drawn[i].Select(value => 255.0 * value)).Within(1));
        }
    }

    [Test]
    public void A_plain_autoencoder_generates_from_a_mixture()
    {
        using AutoencoderTransformer plain = ml.Transforms.Autoencoders.Plain("Code", "Pixels", new()
        {
            CodeSize = 4,
            Training = new() { Epochs = 2 },
        }).Fit(digits);
        float[] row = Mnist.Training[0].Pixels;

        CodeMixture mixture = plain.FitMixture(digits, components: 10);
        float[][] likely = plain.Decode(mixture.Sample(count: 16, seed: 7));
        double usual = mixture.LogDensity(plain.Encode(row));    // high where codes of the data are

        Assert.That(likely, Has.Length.EqualTo(16));
        Assert.That(usual, Is.GreaterThan(mixture.LogDensity([1000, 1000, 1000, 1000])));
    }

    [Test]
    public void A_label_steers()
    {
        float[] pixels = Mnist.Training[0].Pixels;

        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label", "Number")
            .Append(ml.Transforms.Autoencoders.Variational("Code", "Pixels", new()
            {
                ConditionColumnName = "Label",
                CodeSize = 8,
                Network = Network.Dense(256),
                Loss = ReconstructionLoss.BinaryCrossEntropy,
            }));
        var model = pipeline.Fit(digits);
        AutoencoderTransformer conditional = model.GetAutoencoder("Code");
        float[][] sevens = conditional.Sample(count: 10, seed: 7, condition: "7");

        float[] style = conditional.Encode(pixels, condition: "5");
        var grid = new ImageGrid(height: 28, width: 28);
        grid.AddRow(conditional.Conditions.Select(label => conditional.Decode(style, label)));
        grid.Save("style.png");    // one hand, all digits

        ml.Model.Save(model, digits.Schema, "conditional.zip");
        AutoencoderTransformer loaded = ml.Model.Load("conditional.zip", out _).GetAutoencoder("Code");
        Console.WriteLine(string.Join(' ', loaded.Conditions));

        Assert.That(File.Exists("style.png"), Is.True);
        Assert.That(loaded.Conditions, Is.EquivalentTo(Enumerable.Range(0, 10).Select(digit => $"{digit}")));
        Assert.That(loaded.Sample(count: 10, seed: 7, condition: "7"), Is.EqualTo(sevens));
        // Of the same codes under each label, those drawn as sevens are nearest to the mean seven.
        float[][] real = [.. Mnist.Training.Where(digit => digit.Number == 7).Select(digit => digit.Pixels)];
        float[] seven = [.. Enumerable.Range(0, 784).Select(i => real.Average(row => row[i]))];
        string? nearest = conditional.Conditions.MinBy(label =>
        {
            float[][] drawn = conditional.Sample(count: 200, seed: 7, label);
            return seven.Select((value, i) => Math.Pow(value - drawn.Average(row => row[i]), 2)).Sum();
        });
        Assert.That(nearest, Is.EqualTo("7"));
        model.Dispose();
        loaded.Dispose();
    }

    [Test]
    public void A_label_is_drawn_on_its_own()
    {
        IDataView keyed = ml.Transforms.Conversion.MapValueToKey("Label", "Number").Fit(digits).Transform(digits);
        using AutoencoderTransformer conditional = ml.Transforms.Autoencoders.Variational("Code", "Pixels", new()
        {
            ConditionColumnName = "Label",
            CodeSize = 2,
            Network = Network.Dense(128),
            Training = new() { Epochs = 1 },
        }).Fit(keyed);

        float[][] sevens = conditional.Sample(count: 10, seed: 7, condition: "7");
        float[][] plane = conditional.LatentGrid(side: 10, condition: "7");

        // true drops the row
        IDataView onlySevens = ml.Data.FilterByCustomPredicate<Labeled>(keyed, row => row.Number != 7);
        float[][] more = conditional.Decode(conditional.FitMixture(onlySevens, components: 3)
            .Sample(count: 10, seed: 7), condition: "7");

        Assert.That((sevens.Length, plane.Length, more.Length), Is.EqualTo((10, 100, 10)));
        Assert.That(onlySevens.GetColumn<uint>("Number"), Is.Not.Empty.And.All.EqualTo(7));
    }

    [Test]
    public void Mistakes_with_conditions_throw_what_their_page_says()
    {
        TransformerChain<ITransformer> Keys(IDataView rows) =>
            new(ml.Transforms.Conversion.MapValueToKey("Label", "Number").Fit(rows));
        var seen = Keys(digits);
        IDataView keyed = seen.Transform(digits);
        IDataView strange = seen.Transform(ml.Data.LoadFromEnumerable(
            Mnist.Training.Take(4).Select((digit, i) => i < 3 ? digit : new() { Pixels = digit.Pixels, Number = 11 }),
            digits.Schema));
        IDataView backwards = ml.Data.LoadFromEnumerable(Mnist.Training.Reverse(), digits.Schema);
        using AutoencoderTransformer conditional = ml.Transforms.Autoencoders.Plain("Code", "Pixels", new()
        {
            ConditionColumnName = "Label",
            Network = Network.Dense(16),
            Training = new() { Epochs = 1 },
        }).Fit(keyed);
        using AutoencoderTransformer plain = Fitted();

        Assert.That(() => conditional.Transform(digits), Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Message.Contains("'Label'"));
        Assert.That(() => conditional.Transform(Keys(backwards).Transform(backwards)),
            Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Message.Contains("'Label'").And.Message.Contains("the values from training"));
        Assert.That(() => conditional.Transform(strange).GetColumn<float[]>("Code").ToArray(),
            Throws.InvalidOperationException
            .With.Message.Contains("'Label', row 3"));
        Assert.That(() => conditional.Decode([new float[32]]),
            Throws.ArgumentException.With.Message.Contains("'Label'"));
        Assert.That(() => conditional.Decode([new float[32]], "11"),
            Throws.ArgumentException.With.Message.Contains("'11'"));
        Assert.That(() => plain.Decode([new float[32]], "7"), Throws.ArgumentException.With.Message.Contains("'7'"));
        IDataView labeled = ml.Data.FilterRowsByMissingValues(strange, "Label");
        Assert.That(conditional.Transform(labeled).GetColumn<float[]>("Code").Count(), Is.EqualTo(3));
    }

    private sealed class Labeled
    {
        public uint Number { get; set; }
    }

    private sealed class Inked
    {
        [VectorType(784)]
        public float[] Pixels { get; set; } = [];
    }
}
