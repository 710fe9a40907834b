using Microsoft.ML;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Estimators;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Persistence;
using Ml.Autoencoders.Training;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>What is left open is chosen by a rule that is given the numbers of rows and columns.</summary>
internal sealed class FollowingDefaultsTests
{
    private readonly MLContext _ml = new(seed: 1);

    /// <summary>Values from which the numbers of rows and columns can be read.</summary>
    private sealed record Readable : DefaultsRule
    {
        public override Defaults For(long rows, SlotColumns columns) =>
            new((columns.Slots / 4) + 1, Network.Dense((int)(rows / 10)), InputScaling.Standardize, null)
            {
                Updates = 10,
                BatchSize = 16,
                LearningRate = 2e-3f,
                Optimizer = OptimizerKind.AdamW,
                Schedule = LearningRateSchedule.Cosine(),
            };
    }

    private static PlainOptions Open { get; } = new() { Rule = new Readable(), Training = new() { Seed = 3 } };

    [Test]
    public void The_rows_are_those_to_train_on_and_the_columns_those_of_the_input([Values] bool streamed)
    {
        // Some 21,800 rows of 12 numbers are 1 MiB.
        int rows = streamed ? 24_000 : 40;
        using AutoencoderTransformer model = Fit(With(new() { RowMemoryMegabytes = 1, Seed = 3 }), rows);
        RequireFollowed(model, rows, epochs: streamed ? 1 : 4);
    }

    [Test]
    public void Rows_that_are_held_out_do_not_count([Values] bool streamed)
    {
        int rows = streamed ? 24_000 : 100;
        var training = new TrainingOptions { ValidationFraction = 0.6f, RowMemoryMegabytes = 1, Seed = 3 };
        using AutoencoderTransformer model = Fit(With(training), rows);
        // Of a stream about as many are held out.
        Assert.That(Hidden(model), streamed ? Is.InRange(900, 1_020) : Is.EqualTo(4));
        Assert.That(model.History, Has.Count.EqualTo(streamed ? 1 : 4));
    }

    [Test]
    public void Rows_of_a_view_to_measure_on_do_not_count()
    {
        using AutoencoderTransformer model = Estimator(Open).Fit(Rows.View(_ml, 40), Rows.View(_ml, 90, seed: 2));
        RequireFollowed(model, 40, epochs: 4);
    }

    [Test]
    public void A_detector_has_a_rule_too()
    {
        var options = new AutoencoderAnomalyOptions { Rule = new Readable(), Training = new() { Seed = 3 } };
        using AutoencoderAnomalyTransformer detector =
            _ml.AnomalyDetection.Trainers.Autoencoder("Features", options).Fit(Rows.View(_ml, 60));
        Assert.Multiple(() =>
        {
            Assert.That(detector.Summary.Layers[0].OutputShape, Is.EqualTo("6"));
            Assert.That(detector.History, Has.Count.EqualTo(3));
        });
    }

    [Test]
    public void An_option_that_is_set_is_taken_and_the_others_are_still_chosen()
    {
        PlainOptions options = Open with { CodeSize = 2, Training = Open.Training with { Epochs = 3, BatchSize = 7 } };
        using AutoencoderTransformer model = Fit(options, 40);
        TrainingOptions training = Described(model).Training;
        Assert.Multiple(() =>
        {
            Assert.That(model.CodeSize, Is.EqualTo(2));
            Assert.That(Hidden(model), Is.EqualTo(4));
            Assert.That((training.Epochs, training.Updates, training.BatchSize), Is.EqualTo((3, (int?)null, 7)));
            Assert.That(training.Optimizer, Is.EqualTo(OptimizerKind.AdamW));
            Assert.That(model.History, Has.Count.EqualTo(3));
        });
    }

    [Test]
    public void The_rule_is_part_of_the_options()
    {
        PlainOptions varied = Open with { ErrorColumnName = "Error" };
        Assert.Multiple(() =>
        {
            Assert.That(varied with { ErrorColumnName = null }, Is.EqualTo(Open));
            Assert.That(varied.Rule, Is.EqualTo(new Readable()));
            Assert.That(Open with { Rule = DefaultsRule.Standard }, Is.Not.EqualTo(Open));
            Assert.That(new PlainOptions().Rule, Is.EqualTo(DefaultsRule.Standard));
        });
    }

    [Test]
    public void What_does_not_fit_is_refused_before_rows_are_read()
    {
        var rows = new UnreadableView(Rows.View(_ml, 40));
        Assert.Multiple(() =>
        {
            Assert.That(() => _ml.Transforms.Autoencoders.Plain("Code", "Nowhere", Open).Fit(rows),
                Throws.TypeOf<ArgumentOutOfRangeException>()
                    .With.Message.StartsWith("Could not find input column 'Nowhere'"));
            Assert.That(() => Fit(Open with { Network = Network.Convolutional(5, 5) }, rows),
                Throws.InvalidOperationException.With.Message.StartsWith(
                    "The network does not fit column 'Features', a vector of 12: it takes pictures of 1 x 5 x 5"));
            Assert.That(() => Estimator(Open with { CodeSize = 0 }), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(rows.Open, Is.Zero);
        });
    }

    [Test]
    public void Nothing_is_built_twice_where_nothing_follows_the_rows()
    {
        FitChoice constant = Choice(Stage.Options());
        FitChoice updates = Choice(new() { Training = new() { Updates = 3 } });
        Assert.Multiple(() =>
        {
            Assert.That(constant.For(50), Is.SameAs(constant.BeforeRows));
            Assert.That(updates.For(50), Is.Not.SameAs(updates.BeforeRows));
            Assert.That(updates.For(50).Recipe.Training.Epochs, Is.EqualTo(3));
            Assert.That(Choice(Open).For(50).Recipe.Network, Is.EqualTo(Network.Dense(5)));
        });

        FitChoice Choice(PlainOptions options) => new(((IHostEnvironment)_ml).Register("Fit"),
            options.ToOpenRecipe("Features", "Code"), Rows.View(_ml, 1).Schema);
    }

    [Test]
    public void What_the_rule_makes_too_large_is_refused_when_the_rows_are_counted() =>
        Assert.That(() => Fit(Open with { Rule = new Growing() }, 2_000),
            Throws.InvalidOperationException.With.Message.StartsWith(
                "The network does not fit column 'Features', a vector of 12: "));

    [Test]
    public void The_columns_are_promised_before_there_are_rows()
    {
        SchemaShape shape = Estimator(Open with { ErrorColumnName = "Error" })
            .GetOutputSchema(SchemaShape.Create(Rows.View(_ml, 1).Schema));
        using AutoencoderTransformer model = Fit(Open with { ErrorColumnName = "Error" }, 40);
        Assert.That(shape.Select(column => column.Name),
            Is.EqualTo(model.GetOutputSchema(Rows.View(_ml, 1).Schema).Select(column => column.Name)));
    }

    [Test]
    public void The_log_says_what_was_chosen()
    {
        Assert.That(LinesOf(Open, 40), Has.One.EqualTo(
            "For 40 rows of 12: encoder 12-4-4, scaling Standardize, at least 10 updates in 4 epochs of batches of " +
            "16, AdamW with learning rate 0.002 (cosine to 0). Column 'Code': 4 numbers."));
        Assert.That(LinesOf(new() { Training = new() { Updates = 3, Seed = 3 } }, 40), Has.One.EqualTo(
            "For 40 rows of 12: encoder 12-512-256-32, scaling None, at least 3 updates in 3 epochs of batches of " +
            "40, Adam with learning rate 0.001 (constant). Column 'Code': 32 numbers."));
        Assert.That(LinesOf(Stage.Options(), 40).Where(line => line.StartsWith("For ", StringComparison.Ordinal)),
            Is.Empty);
    }

    [Test]
    public void A_fit_resumes_to_the_same_bits_and_not_with_another_number_of_updates()
    {
        using var folder = new TemporaryFolder();
        float[] expected = Codes(Fit(Open, 40));
        int epochs = 0;
        TrainingOptions begun = Open.Training with
        {
            Checkpoint = new(folder.Path),
            OnEpoch = _ =>
            {
                if (++epochs == 3)
                    throw new TimeoutException();
            },
        };
        Assert.That(() => Fit(With(begun), 40), Throws.TypeOf<TimeoutException>());

        TrainingOptions resumed = Open.Training with { ResumeFrom = folder.Path };
        Assert.That(Codes(Fit(With(resumed), 40)), Is.EqualTo(expected));
        Assert.That(() => Fit(With(resumed with { Updates = 5 }), 40), Throws.InvalidOperationException.With.Message
            .EndsWith("' is from a fit of 10 updates in 4 epochs, and TrainingOptions.Updates is 5. Resuming " +
                "completes the fit that was begun; it does not make it longer or shorter. Set " +
                "TrainingOptions.Updates to 10 to complete it, or leave out TrainingOptions.ResumeFrom to start a " +
                "new fit of 5 updates."));
        Assert.That(() => Fit(With(resumed with { Epochs = 2 }), 40), Throws.InvalidOperationException.With.Message
            .Contains("TrainingOptions.Epochs is 2. Resuming ").And.Message.Contains(" Set TrainingOptions.Updates " +
                "to 10 to complete it, or leave out TrainingOptions.ResumeFrom to start a new fit of 2 epochs."));
    }

    [Test]
    public void A_fit_of_as_many_updates_resumes_only_with_as_many_rows_and_rows_in_a_batch()
    {
        using var folder = new TemporaryFolder();
        PlainOptions options = Stage.Options() with
        {
            Training = new() { Updates = 10, BatchSize = 16, Seed = 3, Checkpoint = new(folder.Path) },
        };
        Fit(options, 40).Dispose();
        TrainingOptions resumed = options.Training with { Checkpoint = null, ResumeFrom = folder.Path };
        const string Begun = "' is from a fit of 10 updates in 4 epochs, and here as many take ";
        const string Remedy = ". A fit resumes with the rows, columns and options that it began with; give those, or " +
            "leave out TrainingOptions.ResumeFrom.";
        Assert.Multiple(() =>
        {
            Assert.That(() => Fit(options with { Training = resumed }, 80), Throws.InvalidOperationException
                .With.Message.EndsWith($"{Begun}2: the number of rows to train on is another one{Remedy}"));
            Assert.That(() => Fit(options with { Training = resumed with { BatchSize = 8 } }, 40),
                Throws.InvalidOperationException.With.Message.EndsWith(
                    $"{Begun}2: training.batchSize is 8 here and 16 there{Remedy}"));
        });
    }

    [Test]
    public void A_fit_that_was_begun_in_epochs_is_completed_in_epochs()
    {
        using var folder = new TemporaryFolder();
        PlainOptions options = Stage.Options() with
        {
            Training = new() { Epochs = 2, BatchSize = 16, Seed = 3, Checkpoint = new(folder.Path) },
        };
        Fit(options, 40).Dispose();
        TrainingOptions resumed = options.Training with
        {
            Epochs = null,
            Updates = 10,
            Checkpoint = null,
            ResumeFrom = folder.Path,
        };
        Assert.That(() => Fit(options with { Training = resumed }, 40), Throws.InvalidOperationException
            .With.Message.Contains("' is from a fit of 2 epochs, and TrainingOptions.Updates is 10. Resuming ")
            .And.Message.EndsWith(" Set TrainingOptions.Epochs to 2 to complete it, or leave out " +
                "TrainingOptions.ResumeFrom to start a new fit of 10 updates."));
    }

    [Test]
    public void The_file_has_what_was_chosen_and_one_without_updates_is_read_as_before()
    {
        using AutoencoderTransformer model = Fit(Open, 40);
        byte[] saved = ModelZip.Save(_ml, model, Rows.View(_ml, 1).Schema);
        using var loaded = (AutoencoderTransformer)ModelZip.Load(_ml, saved);
        Assert.That((Described(loaded).Training.Epochs, Described(loaded).Training.Updates), Is.EqualTo((4, 10)));

        byte[] former = DescriptionEdit.Edited(saved, "training.updates", null).ToBytes();
        former = DescriptionEdit.Edited(former, "version", "3").ToBytes();
        using var read = (AutoencoderTransformer)ModelZip.Load(_ml, former);
        Assert.That((Described(read).Training.Epochs, Described(read).Training.Updates),
            Is.EqualTo((4, (int?)null)));
        Assert.That(Codes(read), Is.EqualTo(Codes(model)));
    }

    private void RequireFollowed(AutoencoderTransformer model, int rows, int epochs)
    {
        TrainingOptions training = Described(model).Training;
        Assert.Multiple(() =>
        {
            Assert.That(Hidden(model), Is.EqualTo(rows / 10));
            Assert.That(model.CodeSize, Is.EqualTo((Row.Size / 4) + 1));
            Assert.That(Described(model).Model.Scaling, Is.EqualTo(InputScaling.Standardize));
            Assert.That((training.Epochs, training.Updates, training.BatchSize, training.LearningRate),
                Is.EqualTo((epochs, 10, 16, 2e-3f)));
            Assert.That(model.History, Has.Count.EqualTo(epochs).And.All.Property("Epochs").EqualTo(epochs));
        });
    }

    private ModelDescription Described(AutoencoderTransformer model) => ModelJson.Read(
        new ModelZip(ModelZip.Save(_ml, model, Rows.View(_ml, 1).Schema)).Read(ModelZip.Description));

    private static int Hidden(AutoencoderTransformer model) =>
        int.Parse(model.Summary.Layers[0].OutputShape, System.Globalization.CultureInfo.InvariantCulture);

    private static PlainOptions With(TrainingOptions training) => Open with { Training = training };

    private static float[] Codes(AutoencoderTransformer model) =>
        [.. Rows.Make(5, seed: 4).SelectMany(row => model.Encode(row.Features))];

    private AutoencoderEstimator Estimator(PlainOptions options) =>
        _ml.Transforms.Autoencoders.Plain("Code", "Features", options);

    private AutoencoderTransformer Fit(PlainOptions options, int rows) => Fit(options, Rows.View(_ml, rows));

    private AutoencoderTransformer Fit(PlainOptions options, IDataView rows) => Estimator(options).Fit(rows);

    private static List<string> LinesOf(PlainOptions options, int rows)
    {
        var ml = new MLContext(seed: 1);
        var lines = new List<string>();
        ml.Log += (_, line) =>
        {
            if (line.Kind == ChannelMessageKind.Info)
                lines.Add(line.RawMessage);
        };
        ml.Transforms.Autoencoders.Plain("Code", "Features", options).Fit(Rows.View(ml, rows)).Dispose();
        return lines;
    }

    /// <summary>A network that cannot be built where there are more rows than usual.</summary>
    private sealed record Growing : DefaultsRule
    {
        public override Defaults For(long rows, SlotColumns columns) =>
            Defaults.Standard with { Network = Network.Dense(rows > OrdinaryRows ? 1 << 24 : 8), CodeSize = 100 };
    }
}
