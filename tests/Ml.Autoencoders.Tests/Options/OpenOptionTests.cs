using Microsoft.ML;
using Ml.Autoencoders.Training;

namespace Ml.Autoencoders.Tests.Options;

/// <summary>
/// Sizes, epochs, network and scaling that nobody gave are chosen in one place; those that were given stay.
/// </summary>
internal sealed class OpenOptionTests
{
    private static readonly Defaults Other = new(7, Network.Dense(5), InputScaling.MinMax, 4)
    {
        BatchSize = 9,
        LearningRate = 0.25f,
        Optimizer = OptimizerKind.AdamW,
        Schedule = LearningRateSchedule.Step(3),
    };

    private static readonly Type[] Classes =
    [
        .. typeof(AutoencoderModelOptions).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(AutoencoderModelOptions)) && !type.IsAbstract),
    ];

    [Test]
    public void The_defaults_are_those_that_the_options_document() =>
        Assert.That(Defaults.Standard, Is.EqualTo(new Defaults(32, Network.Dense(512, 256), InputScaling.None, 20)));

    [TestCaseSource(nameof(Classes))]
    public void What_is_open_is_chosen_by_the_fit(Type type)
    {
        var options = (AutoencoderModelOptions)Activator.CreateInstance(type)!;
        Recipe recipe = options.ToRecipe("In", "Code", Other);
        Assert.Multiple(() =>
        {
            Assert.That((recipe.CodeSize, recipe.Network, recipe.Scaling),
                Is.EqualTo((Other.CodeSize, Other.Network, Other.Scaling)));
            Assert.That(recipe.Training, Is.EqualTo(new TrainingOptions
            {
                Epochs = 4,
                BatchSize = 9,
                LearningRate = 0.25f,
                Optimizer = OptimizerKind.AdamW,
                Schedule = LearningRateSchedule.Step(3),
            }));
            Assert.That(recipe.IsCodeSizeChosen, Is.True);
            Assert.That(options.ToRecipe("In", "Code", Defaults.Standard).IsCodeSizeChosen, Is.False);
        });
    }

    [TestCaseSource(nameof(Classes))]
    public void What_was_given_stays(Type type)
    {
        AutoencoderModelOptions options = (AutoencoderModelOptions)Activator.CreateInstance(type)! with
        {
            CodeSize = 6,
            Network = Network.Dense(9),
            Scaling = InputScaling.None,
            Training = new()
            {
                Epochs = 2,
                BatchSize = 3,
                LearningRate = 0.5f,
                Optimizer = OptimizerKind.Adam,
                Schedule = LearningRateSchedule.Constant,
            },
        };
        Recipe recipe = options.ToRecipe("In", "Code", Other);
        Assert.Multiple(() =>
        {
            Assert.That((recipe.CodeSize, recipe.Network, recipe.Scaling),
                Is.EqualTo((6, Network.Dense(9), InputScaling.None)));
            Assert.That(recipe.Training, Is.EqualTo(options.Training));
            Assert.That(recipe.IsCodeSizeChosen, Is.True);
        });
    }

    [Test]
    public void Of_epochs_and_updates_the_one_that_was_given_counts()
    {
        Defaults updates = Other with { Epochs = null, Updates = 50 };
        Assert.Multiple(() =>
        {
            Assert.That(LengthOf(new(), Other), Is.EqualTo(((int?)4, (int?)null)));
            Assert.That(LengthOf(new(), updates), Is.EqualTo(((int?)null, (int?)50)));
            Assert.That(LengthOf(new() { Updates = 6 }, Other), Is.EqualTo(((int?)null, (int?)6)));
            Assert.That(LengthOf(new() { Updates = 6 }, updates), Is.EqualTo(((int?)null, (int?)6)));
            Assert.That(LengthOf(new() { Epochs = 2 }, updates), Is.EqualTo(((int?)2, (int?)null)));
        });

        static (int?, int?) LengthOf(TrainingOptions options, Defaults defaults)
        {
            TrainingOptions completed = options.Completed(defaults);
            return (completed.Epochs, completed.Updates);
        }
    }

    // 33 rows are two batches of 16, of which the second has 17; 34 are three.
    [TestCase(1, 33, 1)]
    [TestCase(2, 33, 1)]
    [TestCase(3, 33, 2)]
    [TestCase(3, 34, 1)]
    [TestCase(100, 34, 34)]
    [TestCase(100, 1, 100)]
    [TestCase(1_000_000, 1, 1_000_000)]
    [TestCase(1, 5_000_000_000, 1)]
    public void Updates_take_as_few_epochs_as_make_at_least_so_many(int updates, long rows, int epochs) =>
        Assert.That(new TrainingOptions { Updates = updates, BatchSize = 16 }.ForRows(rows).Epochs, Is.EqualTo(epochs));

    [TestCaseSource(nameof(Classes))]
    public void Every_family_takes_a_corruption(Type type)
    {
        AutoencoderModelOptions options = (AutoencoderModelOptions)Activator.CreateInstance(type)!;
        Assert.Multiple(() =>
        {
            Assert.That(options.ToRecipe("In", "Code", Other).Corruption,
                Is.EqualTo(options is DenoisingOptions or VicRegOptions ? Corruption.Masking(0.5f) : Corruption.None));
            Assert.That((options with { Corruption = Corruption.Gaussian(0.5f) })
                .ToRecipe("In", "Code", Other).Corruption,
                Is.EqualTo(Corruption.Gaussian(0.5f)));
        });
    }

    [Test]
    public void A_plain_autoencoder_of_corrupted_rows_is_a_denoising_one()
    {
        var ml = new MLContext(1);
        IDataView data = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 64).Select(i =>
            new Numbers { In = [.. Enumerable.Range(0, 4).Select(slot => MathF.Sin(i * (slot + 1)))] }));
        var training = new TrainingOptions { Epochs = 2, Seed = 3, BatchSize = 16 };
        Network network = Network.Dense(6);
        using AutoencoderTransformer plain = ml.Transforms.Autoencoders.Plain("Code", "In", new()
        {
            CodeSize = 2,
            Network = network,
            Training = training,
            Corruption = Corruption.Masking(0.5f),
        }).Fit(data);
        using AutoencoderTransformer denoising = ml.Transforms.Autoencoders.Denoising("Code", "In", new()
        {
            CodeSize = 2,
            Network = network,
            Training = training,
        }).Fit(data);
        using AutoencoderTransformer without = ml.Transforms.Autoencoders.Plain("Code", "In", new()
        {
            CodeSize = 2,
            Network = network,
            Training = training,
        }).Fit(data);
        float[] row = [0.5f, -0.5f, 0.25f, 1];
        Assert.That(plain.Encode(row), Is.EqualTo(denoising.Encode(row)));
        Assert.That(plain.Encode(row), Is.Not.EqualTo(without.Encode(row)));
    }

    private sealed class Numbers
    {
        [Microsoft.ML.Data.VectorType(4)]
        public float[] In { get; set; } = [];
    }
}
