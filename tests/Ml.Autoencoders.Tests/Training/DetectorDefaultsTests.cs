using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Estimators;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Training;

namespace Ml.Autoencoders.Tests.Training;

/// <summary>What the detector of errors and codes chooses where nothing is set.</summary>
internal sealed class DetectorDefaultsTests
{
    private static readonly Defaults Pictures = DefaultsRule.Standard.Typical;

    [TestCase(1, 1)]
    [TestCase(2, 1)]
    [TestCase(3, 2)]
    [TestCase(8, 2)]
    [TestCase(11, 3)]
    [TestCase(64, 16)]
    [TestCase(128, 32)]
    [TestCase(100_000, 32)]
    public void A_code_is_a_quarter_of_the_columns_between_bounds_and_shorter_than_the_row(int columns, int code) =>
        Assert.That(new DetectorDefaults().For(1, new SlotColumns(columns, [])).CodeSize, Is.EqualTo(code));

    /// <summary>Numbers count a quarter each; categories as their slots, but at most 3.</summary>
    [TestCase(4, 3, 4)]
    [TestCase(0, 8, 3)]
    [TestCase(40, 1, 11)]
    public void A_category_gets_up_to_three_numbers_of_the_code(int numbers, int slots, int code) => Assert.That(
        new DetectorDefaults().For(100, new SlotColumns(numbers + slots, [new(numbers, slots)])).CodeSize,
        Is.EqualTo(code));

    [Test]
    public void Beside_categories_values_are_exchanged_and_the_network_is_trained_for_longer()
    {
        var columns = new SlotColumns(5, [new(2, 3)]);
        Defaults chosen = new DetectorDefaults().For(100, columns);
        Assert.Multiple(() =>
        {
            Assert.That(chosen.Corruption, Is.EqualTo(Corruption.Swap(0.05f)));
            Assert.That(chosen.Updates, Is.EqualTo(2_000));
            Assert.That(new DetectorDefaults().For(1, columns).Corruption, Is.EqualTo(Corruption.None),
                "one row has no other");
        });
    }

    [Test]
    public void A_table_gets_these() => Assert.Multiple(() =>
    {
        var expected = new Defaults(5, Network.Dense(64), InputScaling.Standardize, Epochs: null)
        {
            Updates = 1_000,
            BatchSize = 128,
            LearningRate = 2e-3f,
            Schedule = LearningRateSchedule.Cosine(),
            Score = AnomalyScoreKind.Both,
            Categories = Categories.Annotated,
        };
        Assert.That(new AutoencoderAnomalyOptions().Rule.For(10, new SlotColumns(20, [])), Is.EqualTo(expected));
        Assert.That(new AutoencoderAnomalyOptions
        {
            Network = Network.Dense(5),
        }.Rule.For(1_000_000, new SlotColumns(20, [])),
            Is.EqualTo(expected));
    });

    [Test]
    public void Pictures_sequences_and_probabilities_get_those_of_other_options() => Assert.Multiple(() =>
    {
        var options = new AutoencoderAnomalyOptions();
        AutoencoderAnomalyOptions[] others =
        [
            options with { Image = new ImageFormat(3, 4) },
            options with { Network = Network.Convolutional(4, 5) },
            options with { Network = Network.Temporal() },
            options with { Sequence = new SequenceFormat(4, 3) },
            options with { Loss = ReconstructionLoss.BinaryCrossEntropy },
            options with { Corruption = Corruption.Warp() },
            options with { Corruption = Corruption.Masking(0.1f).Then(Corruption.Warp()) },
        ];
        foreach (AutoencoderAnomalyOptions other in others)
        {
            Assert.That(other.Rule.Typical, Is.EqualTo(Pictures));
            Assert.That(other.Rule.Typical.Score, Is.EqualTo(AnomalyScoreKind.ReconstructionError));
        }
    });

    [TestCase(3, 5, 6)]
    [TestCase(5, 6, 3)]
    [TestCase(1, 5, 6)]
    [TestCase(1, 3, 4, Description = "Of either order.")]
    public void So_does_a_column_with_the_dimensions_of_pictures(params int[] dimensions)
    {
        FitChoice choice = Choice(new(), dimensions);
        RequireFormer(choice.BeforeRows.Recipe);
        RequireFormer(choice.For(5_000).Recipe);
        Assert.That(choice.FollowsRows, Is.False);

        static void RequireFormer(Recipe recipe)
        {
            Assert.That((recipe.Network, recipe.Scaling, recipe.CodeSize, recipe.IsCodeSizeChosen, recipe.Score),
                Is.EqualTo((Network.Dense(512, 256), InputScaling.None, 32, false,
                    AnomalyScoreKind.ReconstructionError)));
            Assert.That((recipe.Training.ChosenEpochs, recipe.Training.Updates), Is.EqualTo((20, (int?)null)));
        }
    }

    [TestCase(30)]
    [TestCase(6, 5, Description = "Without a network that takes sequences.")]
    [TestCase(5, 2, 3, 1)]
    [TestCase(5, 2, 6, Description = "Without a number of channels.")]
    public void A_column_of_other_dimensions_is_that_of_a_table(params int[] dimensions)
    {
        Recipe recipe = Choice(new(), dimensions).For(5_000).Recipe;
        Assert.That((recipe.Network, recipe.Scaling, recipe.IsCodeSizeChosen, recipe.Score),
            Is.EqualTo((Network.Dense(64), InputScaling.Standardize, true, AnomalyScoreKind.Both)));
    }

    [Test]
    public void What_is_set_for_a_column_of_pictures_is_taken() => Assert.Multiple(() =>
    {
        Recipe recipe = Choice(new() { Score = AnomalyScoreKind.Both, CodeSize = 5 }, 3, 5, 6).For(5_000).Recipe;
        Assert.That((recipe.Score, recipe.CodeSize, recipe.Scaling),
            Is.EqualTo((AnomalyScoreKind.Both, 5, InputScaling.None)));
        Assert.That(() => Choice(new() { CodePartColumnName = "Part" }, 3, 5, 6), Throws.ArgumentException
            .With.Message.EqualTo("AutoencoderAnomalyOptions: CodePartColumnName is 'Part', and Score is not set. " +
                "For rows that are not those of a table it is ReconstructionError, which does not see the code. Set " +
                "Score to CodeDistance or Both."));
    });

    [Test]
    public void Pictures_of_a_column_can_be_warped()
    {
        var ml = new MLContext(seed: 1);
        var random = new Random(5);
        IDataView pictures = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 40).Select(_ => new Picture
        {
            Features = [.. Enumerable.Range(0, 30).Select(_ => random.NextSingle())],
        }).ToArray());
        using AutoencoderAnomalyTransformer detector = ml.AnomalyDetection.Trainers.Autoencoder("Features", new()
        {
            Corruption = Corruption.Warp(),
            Training = new() { Epochs = 1, Seed = 3 },
        }).Fit(pictures);
        Assert.That(detector.ScoreKind, Is.EqualTo(AnomalyScoreKind.ReconstructionError));
        Assert.That(detector.Summary.Layers[0].OutputShape, Is.EqualTo("512"));
    }

    [Test]
    public void A_detector_with_no_option_set_has_them()
    {
        var ml = new MLContext(seed: 1);
        using AutoencoderAnomalyTransformer detector =
            ml.AnomalyDetection.Trainers.Autoencoder("Features").Fit(Rows.View(ml, 200));
        // 12 columns, and two batches of at most 128 in each epoch.
        Assert.That(detector.Summary.Layers.Select(layer => layer.OutputShape), Has.Member("64").And.Member("3"));
        Assert.That(detector.History, Has.Count.EqualTo(500));
    }

    private static FitChoice Choice(AutoencoderAnomalyOptions options, params int[] dimensions)
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Features", new VectorDataViewType(NumberDataViewType.Single, dimensions));
        return new FitChoice(((IHostEnvironment)new MLContext(seed: 1)).Register("Fit"),
            options.ToOpenRecipe("Features", null), schema.ToSchema());
    }

    private sealed class Picture
    {
        [VectorType(1, 5, 6)]
        public float[] Features { get; set; } = [];
    }
}
