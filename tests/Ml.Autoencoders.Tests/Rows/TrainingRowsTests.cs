using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests;

/// <summary>Rows that nothing can be learned from, and odd ones that something can.</summary>
internal sealed class TrainingRowsTests
{
    private const string ReadOnce =
        "A source that can be read only once is empty after an earlier stage or fit has read it: keep its " +
            "rows in a list first.";

    private const string SpillToFile =
        "Rows that take more than TrainingOptions.RowMemoryMegabytes are read in every epoch, and this source can be " +
            "read only once: write them to a file first, for example with ml.Data.SaveAsBinary, or set " +
            "RowMemoryMegabytes to more than they take.";

    private readonly MLContext _ml = new();

    [Test]
    public void Rows_are_read_once()
    {
        var source = new CountingView(Rows.View(_ml, 40));
        using AutoencoderTransformer model = Stage.Make(_ml).Fit(source);
        Assert.That((source.CursorsOpened, source.CursorsDisposed, source.RowsRead), Is.EqualTo((1, 1, 40)));
        Assert.That(source.ColumnsAsked, Is.EqualTo(new[] { "Features" }));
    }

    [Test]
    public void No_rows_are_too_few() =>
        RequireRefusal(Stage.Options(), [],
            "Column 'Features': the training data has no rows. An autoencoder needs at least one. " + ReadOnce);

    [Test]
    public void A_source_that_was_read_by_an_earlier_stage_is_named_as_a_cause()
    {
        IDataView once = _ml.Data.LoadFromEnumerable(Once(Rows.Make(20)));
        var pipeline = _ml.Transforms.NormalizeMinMax("Features").Append(Stage.Make(_ml));
        Assert.That(() => pipeline.Fit(once), Throws.InvalidOperationException.With.Message.EqualTo(
            "Column 'Features': the training data has no rows. An autoencoder needs at least one. " + ReadOnce));
    }

    [TestCase(0f, 0, 0)]
    [TestCase(0f, 154, 154)]
    [TestCase(0.2f, 0, 0)]
    [TestCase(0.2f, 154, 121)] // the rest would have been held out
    public void Rows_that_are_more_than_the_memory_for_them_and_can_be_read_only_once_are_told_so(
        float validation, int left, int found)
    {
        // A megabyte has room for 21,845 rows, and one more was read to see that there are more.
        IDataView once = _ml.Data.LoadFromEnumerable(Once(Rows.Make(21_846 + left)));
        Assert.That(() => Stage.Make(_ml,
            new() { Epochs = 1, Seed = 7, RowMemoryMegabytes = 1, ValidationFraction = validation }).Fit(once),
            Throws.InvalidOperationException.With.Message.EqualTo(
                $"Column 'Features': the training data had more than 21,845 rows when it was first read, and {found} " +
                "when it was read again. " + SpillToFile));
        IDataView held = _ml.Data.LoadFromEnumerable(Once(Rows.Make(21_846 + left)));
        if (validation == 0)
        {
            Assert.That(() => Stage.Make(_ml, new() { Epochs = 1, Seed = 7, RowMemoryMegabytes = 1 })
                .Fit(Rows.View(_ml, 20), held),
                Throws.InvalidOperationException.With.Message.EqualTo(
                    "Column 'Features': the validation data had more than 21,845 rows when it was first read, and " +
                    $"{left} when it was read again. " + SpillToFile));
        }
    }

    [Test]
    public void A_missing_value_is_named_by_row_and_slot() =>
        RequireRefusal(Stage.Options(), Spoilt(float.NaN, row: 1234, slot: 7),
            "Column 'Features', training row 1,234: slot 7 is NaN. Replace missing values first, for example with " +
            "ml.Transforms.ReplaceMissingValues(\"Features\").");

    [TestCase(float.PositiveInfinity)]
    [TestCase(float.NegativeInfinity)]
    public void An_infinite_value_is_named_by_row_and_slot(float infinite) =>
        RequireRefusal(Stage.Options(), Spoilt(infinite, row: 3, slot: 0),
            "Column 'Features', training row 3: slot 0 is infinite. Clip or remove such values first.");

    [Test]
    public void A_missing_value_among_validation_rows_is_refused_too()
    {
        IDataView validation = _ml.Data.LoadFromEnumerable(Spoilt(float.NaN, row: 2, slot: 1));
        Assert.That(() => Stage.Make(_ml).Fit(Rows.View(_ml, 20), validation),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "Column 'Features', validation row 2: slot 1 is NaN. Replace missing values first, for example with " +
                "ml.Transforms.ReplaceMissingValues(\"Features\")."));
    }

    [Test]
    public void A_slot_with_a_name_is_named()
    {
        IDataView measured = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 5)
            .Select(i => new Measured { Score = i == 4 ? float.NaN : i }));
        IDataView joined = _ml.Transforms.Concatenate("Features", "Sides", "Score").Fit(measured).Transform(measured);
        Assert.That(() => Stage.Make(_ml).Fit(joined), Throws.InvalidOperationException.With.Message.EqualTo(
            "Column 'Features', training row 4: slot 2 ('Score') is NaN. Replace missing values first, for example " +
            "with ml.Transforms.ReplaceMissingValues(\"Features\")."));
    }

    [Test]
    public void A_slot_without_a_name_among_named_ones_has_its_number_only()
    {
        IDataView measured = _ml.Data.LoadFromEnumerable([new Measured { Sides = [0, float.NaN] }]);
        IDataView joined = _ml.Transforms.Concatenate("Features", "Sides", "Score").Fit(measured).Transform(measured);
        Assert.That(() => Stage.Make(_ml).Fit(joined), Throws.InvalidOperationException.With.Message.StartsWith(
            "Column 'Features', training row 0: slot 1 is NaN."));
    }

    [Test]
    public void No_validation_rows_are_too_few() =>
        Assert.That(() => Stage.Make(_ml).Fit(Rows.View(_ml, 20), _ml.Data.LoadFromEnumerable<Row>([])),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "Column 'Features': the validation data has no rows. An autoencoder needs at least one. " + ReadOnce));

    [Test]
    public void Binary_cross_entropy_needs_values_from_0_to_1()
    {
        Row[] rows = Rows.Make(20);
        rows[3].Features[2] = -0.25f;
        rows[4].Features[2] = 1.5f;
        RequireRefusal(new PlainOptions { Loss = ReconstructionLoss.BinaryCrossEntropy }, rows,
            "Column 'Features' holds training values from -0.25 to 1.5; binary cross-entropy needs values between 0 " +
            "and 1. Set Scaling = InputScaling.MinMax, scale them before, or use ReconstructionLoss.MeanSquaredError.");
    }

    [Test]
    public void Binary_cross_entropy_needs_validation_values_from_0_to_1_too()
    {
        Row[] held = Rows.Make(20, seed: 2);
        held[3].Features[2] = -0.25f;
        held[4].Features[2] = 1.5f;
        Assert.That(() => CrossEntropy(InputScaling.None).Fit(Rows.View(_ml, 20), _ml.Data.LoadFromEnumerable(held)),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "Column 'Features' holds validation values from -0.25 to 1.5; binary cross-entropy needs values " +
                "between 0 and 1. Set Scaling = InputScaling.MinMax, scale them before, or use " +
                "ReconstructionLoss.MeanSquaredError."));
    }

    [Test]
    public void Validation_values_outside_of_what_scaling_learned_cost_their_squared_distance()
    {
        Row[] held = Rows.Make(20, seed: 2);
        foreach (Row row in held)
            row.Features[2] = 100; // far enough that their cross-entropy alone would be negative
        Row[] training = [.. Rows.Make(20), new Row { Features = [.. Enumerable.Repeat(0.9f, Row.Size)] },
            new Row { Features = [.. Enumerable.Repeat(0.1f, Row.Size)] }];
        using AutoencoderTransformer model = CrossEntropy(InputScaling.MinMax)
            .Fit(_ml.Data.LoadFromEnumerable(training), _ml.Data.LoadFromEnumerable(held));
        // Scaled, 0.1 to 0.9 is 0 to 1; the loss is a mean over slots.
        double distance = (100 - 0.9) / 0.8;
        Assert.That(model.History.Select(epoch => epoch.Validation!.Total),
            Has.All.GreaterThan(distance * distance / Row.Size));
    }

    [Test]
    public void Scaling_makes_any_values_fit_for_binary_cross_entropy()
    {
        Row[] rows = Rows.Make(20);
        rows[3].Features[2] = -250;
        using AutoencoderTransformer model = CrossEntropy(InputScaling.MinMax).Fit(_ml.Data.LoadFromEnumerable(rows));
        Assert.That(model.History, Has.Count.EqualTo(3));
    }

    [Test]
    public void Validation_rows_come_from_one_place()
    {
        AutoencoderEstimator estimator = Stage.Make(_ml, new() { ValidationFraction = 0.5f });
        Assert.That(() => estimator.Fit(Rows.View(_ml, 20), Rows.View(_ml, 20)),
            Throws.InvalidOperationException.With.Message.EqualTo(
            "The fit is given a validation data view, and TrainingOptions.ValidationFraction is 0.5. Use one of the " +
            "two."));
    }

    [TestCase(4, 0.1f, "which leaves 4 of 4 rows to train on and 0 to measure on")]
    [TestCase(4, 0.9f, "which leaves 0 of 4 rows to train on and 4 to measure on")]
    public void A_validation_fraction_leaves_rows_on_both_sides(int count, float fraction, string leaves) =>
        RequireRefusal(Stage.Options(new() { ValidationFraction = fraction }), Rows.Make(count),
            $"TrainingOptions.ValidationFraction is {fraction}, {leaves}; each needs at least one.");

    [Test]
    public void One_row_is_enough()
    {
        using AutoencoderTransformer model = Stage.Make(_ml).Fit(Rows.View(_ml, 1));
        Assert.That(model.History, Has.Count.EqualTo(3));
    }

    [Test]
    public void One_row_is_too_few_for_batch_normalization() =>
        RequireRefusal(new PlainOptions
        {
            Network = Network.Dense([8], Activation.Relu, batchNorm: true),
        }, Rows.Make(1),
            "Column 'Features': there is one training row, and batch normalization needs at " +
            "least 2.");

    [Test]
    public void A_last_batch_of_one_row_does_not_stop_batch_normalization()
    {
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Plain("Code", "Features", new()
        {
            Network = Network.Dense([8], Activation.Relu, batchNorm: true),
            Training = Small.Training(),
        }).Fit(Rows.View(_ml, 33));
        Assert.That(model.History[^1].Training.Total, Is.LessThan(model.History[0].Training.Total));
    }

    [TestCase(InputScaling.None)]
    [TestCase(InputScaling.MinMax)]
    [TestCase(InputScaling.Standardize)]
    public void A_constant_slot_is_learned_as_such(InputScaling scaling)
    {
        Row[] rows = Rows.Make(40);
        foreach (Row row in rows)
            row.Features[5] = 0.75f;
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Plain("Code", "Features", new()
        {
            CodeSize = 3,
            Scaling = scaling,
            Network = Small.Network,
            Training = Small.Training(epochs: 80),
        }).Fit(_ml.Data.LoadFromEnumerable(rows));
        Assert.That(model.Reconstruct(rows[0].Features)[5], Is.EqualTo(0.75f).Within(0.1));
    }

    [Test]
    public void Rows_of_nothing_but_zeros_can_be_fitted()
    {
        IDataView zeros = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20).Select(_ => new Zeros()));
        using AutoencoderTransformer model = Stage.Make(_ml).Fit(zeros);
        Assert.That(model.Transform(zeros).GetColumn<float[]>("Clean").SelectMany(row => row),
            Has.All.Matches<float>(float.IsFinite));
    }

    [Test]
    public void A_batch_larger_than_the_data_is_all_of_it()
    {
        float[] Trained(int batchSize)
        {
            using AutoencoderTransformer model = Stage.Make(_ml, new() { Epochs = 2, BatchSize = batchSize, Seed = 7 })
                .Fit(Rows.View(_ml, 20));
            return model.Encode(Rows.Make(1)[0].Features);
        }
        Assert.That(Bits.Of(Trained(int.MaxValue)), Is.EqualTo(Bits.Of(Trained(20))));
        Assert.That(Bits.Of(Trained(10)), Is.Not.EqualTo(Bits.Of(Trained(20))));
    }

    [Test]
    public void A_network_for_another_picture_does_not_fit()
    {
        RequireRefusal(new PlainOptions { Network = Network.Convolutional(28, 28) }, Rows.Make(2),
            "The network does not fit column 'Features', a vector of 12: it takes pictures of 1 x 28 x 28 (channels " +
            "x height x width), which are 784 numbers, and gets rows of 12.");
    }

    [Test]
    public void A_network_for_another_number_of_channels_does_not_fit_and_says_which_would()
    {
        RequireRefusal(new PlainOptions { Network = Network.Convolutional(2, 2) }, Rows.Make(2),
            "The network does not fit column 'Features', a vector of 12: it takes pictures of 1 x 2 x 2 (channels x " +
            "height x width), which are 4 numbers, and gets rows of 12. With channels: 3 it would take these.");
        RequireRefusal(new PlainOptions
        {
            Network = Network.Convolutional(2, 2, channels: 3),
            Image = new ImageFormat(3, 4),
        }, Rows.Make(2),
            "The network does not fit column 'Features', a vector of 12: it takes pictures of 3 x 2 x 2 (channels x " +
            "height x width), and gets those of 1 x 3 x 4.");
    }

    [Test]
    public void A_code_too_large_to_exist_is_refused_before_memory_is_taken()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        RequireRefusal(new PlainOptions { CodeSize = 1 << 24, Network = Network.Dense(64) }, Rows.Make(2),
            "The network does not fit column 'Features', a vector of 12: its 'encoder.2.weight' would hold " +
            "1,073,741,824 numbers, more than the 536,870,897 that a tensor can be saved with.");
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(50_000_000));
    }

    private AutoencoderEstimator CrossEntropy(InputScaling scaling) =>
        _ml.Transforms.Autoencoders.Plain("Code", "Features", new()
        {
            Loss = ReconstructionLoss.BinaryCrossEntropy,
            Scaling = scaling,
            Network = Small.Network,
            Training = Small.Training(),
        });

    private static Row[] Spoilt(float value, int row, int slot)
    {
        Row[] rows = Rows.Make(row + 2);
        rows[row].Features[slot] = value;
        return rows;
    }

    private void RequireRefusal(PlainOptions options, Row[] rows, string message) =>
        Assert.That(() => _ml.Transforms.Autoencoders.Plain("Code", "Features", options)
            .Fit(_ml.Data.LoadFromEnumerable(rows)),
            Throws.InvalidOperationException.With.Message.EqualTo(message));

    private sealed class Measured
    {
        [VectorType(2)]
        public float[] Sides { get; set; } = [1, 2];

        public float Score { get; set; }
    }

    /// <summary>What gives its rows to the first reader, and none to others.</summary>
    private static IEnumerable<Row> Once(Row[] rows)
    {
        var queue = new Queue<Row>(rows);
        return Rest(queue);

        static IEnumerable<Row> Rest(Queue<Row> queue)
        {
            while (queue.TryDequeue(out Row? row))
                yield return row;
        }
    }

    private sealed class Zeros
    {
        [VectorType(Row.Size)]
        public VBuffer<float> Features { get; set; } = new(Row.Size, 0, [], []);
    }
}
