using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Families;

/// <summary>Options of the training are checked when the estimator is made.</summary>
internal sealed class TrainingOptionsTests
{
    private static IEnumerable<TestCaseData> Mistakes()
    {
        yield return Case("Epochs", new() { Epochs = 0 }, "is 0; it must be at least 1.");
        yield return Case("Epochs", new() { Epochs = -3 }, "is -3; it must be at least 1.");
        yield return Case("Updates", new() { Updates = 0 }, "is 0; it must be at least 1.");
        yield return Case("Updates", new() { Updates = 1_000_001 }, "is 1000001; it must be at most 1000000.");
        yield return Case("BatchSize", new() { BatchSize = 0 }, "is 0; it must be at least 1.");
        yield return Case("LearningRate", new() { LearningRate = 0 }, "is 0; it must be above 0.");
        yield return Case("LearningRate", new() { LearningRate = -0.001f }, "is -0.001; it must be above 0.");
        yield return Case("LearningRate", new() { LearningRate = float.NaN }, "is NaN; it must be a finite number.");
        yield return Case("LearningRate", new() { LearningRate = float.PositiveInfinity },
            "is Infinity; it must be a finite number.");
        yield return Case("Optimizer", new() { Optimizer = (OptimizerKind)7 }, "is 7; it must be one of Adam, AdamW.");
        yield return Case("WeightDecay", new() { WeightDecay = -0.5f }, "is -0.5; it must be at least 0.");
        yield return Case("WeightDecay", new() { WeightDecay = float.NaN }, "is NaN; it must be a finite number.");
        yield return Case("GradientClipNorm", new() { GradientClipNorm = 0 }, "is 0; it must be above 0.");
        yield return Case("GradientClipNorm", new() { GradientClipNorm = float.PositiveInfinity },
            "is Infinity; it must be a finite number.");
        yield return Case("Threads", new() { Threads = 0 }, "is 0; it must be at least 1.");
        yield return Case("RowMemoryMegabytes", new() { RowMemoryMegabytes = 0 }, "is 0; it must be at least 1.");
        yield return Case("ValidationFraction", new() { ValidationFraction = 1 },
            "is 1; it must be at least 0 and below 1.");
        yield return Case("ValidationFraction", new() { ValidationFraction = -0.1f },
            "is -0.1; it must be at least 0 and below 1.");
        yield return Case("ValidationFraction", new() { ValidationFraction = float.NaN },
            "is NaN; it must be at least 0 and below 1.");

        static TestCaseData Case(string name, TrainingOptions options, string message) =>
            new TestCaseData(options, $"PlainOptions.Training: {name} {message} (Parameter '{name}')")
                .SetArgDisplayNames($"{name} {message}");
    }

    [TestCaseSource(nameof(Mistakes))]
    public void A_value_out_of_its_range_is_refused(TrainingOptions training, string message) =>
        Assert.That(() => Plain(new PlainOptions { Training = training }),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(message));

    [Test]
    public void Epochs_and_updates_at_once_are_refused() =>
        Assert.That(() => Plain(new PlainOptions { Training = new() { Epochs = 5, Updates = 100 } }),
            Throws.ArgumentException.With.Message.EqualTo("PlainOptions.Training: Updates is 100, and Epochs is 5. " +
                "Each says how long the fit is: set one of them. (Parameter 'Updates')"));

    [Test]
    public void The_ends_of_each_range_are_taken() =>
        Assert.That(() => Plain(new PlainOptions
        {
            CodeSize = 1,
            Training = new()
            {
                Epochs = 1,
                BatchSize = 1,
                LearningRate = float.Epsilon,
                WeightDecay = 0,
                GradientClipNorm = float.Epsilon,
                Threads = 1,
                ValidationFraction = 0.99f,
            },
        }), Throws.Nothing);

    private static AutoencoderEstimator Plain(PlainOptions options) =>
        new MLContext(1).Transforms.Autoencoders.Plain("Code", "Features", options);
}
