using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>Rows that are reconstructed from others.</summary>
internal sealed class TargetColumnTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Test]
    public void Noisy_rows_are_cleaned()
    {
        IDataView Noisy(int count, int seed) =>
            View([.. Clean(count, seed).Select((row, i) => new PairedRow
            {
                Features = Noise(row, i),
                Target = row[..Paired.TargetSize],
            })]);
        using AutoencoderTransformer model = Fit(Noisy(300, seed: 1), epochs: 40);
        float[][] clean = [.. Clean(100, seed: 9)];
        float[][] found = [.. model.Transform(Noisy(100, seed: 9)).GetColumn<float[]>("Clean")];

        double Miss(Func<float[], int, float[]> of) =>
            clean.Select((row, i) => row.Take(Paired.TargetSize).Zip(of(row, i), (x, y) => (x - y) * (x - y)).Average())
                .Average();
        // What reconstructs the noisy row itself misses by at least most of the noise.
        double noise = Miss(Noise);
        Assert.That(noise, Is.GreaterThan(0.02));
        Assert.That(Miss((_, i) => found[i]), Is.LessThan(0.3 * noise));
    }

    [TestCase(InputScaling.None)]
    [TestCase(InputScaling.MinMax)]
    [TestCase(InputScaling.Standardize)]
    public void A_target_in_units_of_its_own_comes_back_in_them(InputScaling scaling)
    {
        // Slots 100 apart that vary by some 20 are far from anything that the input's scale would give.
        float factor = scaling == InputScaling.None ? 1 : 100;
        PairedRow[] rows = Paired.Make(100);
        foreach (PairedRow row in rows)
            row.Target = [.. row.Target.Select((x, slot) => factor * (x + slot * (factor - 1) / 99))];
        using AutoencoderTransformer model = Fit(View(rows), epochs: 60, scaling: scaling);

        float[][] found = model.Reconstruct([.. rows.Select(row => row.Features)]);

        double error = Math.Sqrt(rows.Zip(found,
            (row, clean) => row.Target.Zip(clean, (x, y) => (double)(x - y) * (x - y)).Average()).Average());
        Assert.That(error, Is.LessThan(0.08 * factor));
    }

    [Test]
    public void A_network_of_one_s_own_may_give_the_target()
    {
        using AutoencoderTransformer model = Fit(View(Paired.Make(60)), epochs: 5,
            network: Network.Compose(encoder => encoder.Linear(6).Tanh(),
                decoder => decoder.Linear(Paired.TargetSize).Sigmoid()));
        Assert.That(model.Reconstruct(new float[Row.Size]),
            Has.Length.EqualTo(Paired.TargetSize).And.All.InRange(0, 1));
    }

    [Test]
    public void A_target_as_wide_as_a_hidden_layer_may_be_negative()
    {
        PairedRow[] rows = Paired.Make(60);
        foreach (PairedRow row in rows)
            row.Target = [.. row.Target.Select(x => -x - 1)];
        using AutoencoderTransformer model = Fit(View(rows), epochs: 20, network: Network.Dense(Paired.TargetSize));
        Assert.That(model.Reconstruct(rows[0].Features), Has.All.LessThan(-0.5f));
    }

    [Test]
    public void Validation_rows_are_measured_by_their_targets()
    {
        PairedRow[] held = Paired.Make(20, seed: 2);
        double[] Losses(PairedRow[] validation)
        {
            using AutoencoderTransformer model = Make().Fit(View(Paired.Make(40)), View(validation));
            return [.. model.History.Select(epoch => epoch.Validation!.Total)];
        }
        double[] near = Losses(held);
        foreach (PairedRow row in held)
            row.Target = [.. row.Target.Select(x => x + 10)];
        // Ten more in each slot is about a hundred more in its square.
        Assert.That(Losses(held).Zip(near, (far, loss) => far - loss), Has.All.InRange(80, 120));
    }

    [Test]
    public void A_split_keeps_each_row_with_its_target()
    {
        // Rows swapped against their targets could not be learned from: each target is its row's own first numbers.
        PairedRow[] rows = [.. Rows.Make(200)
            .Select(row => new PairedRow { Features = row.Features, Target = row.Features[..Paired.TargetSize] })];
        using AutoencoderTransformer model =
            Make(training: new()
            {
                Epochs = 40,
                BatchSize = 16,
                LearningRate = 1e-2f,
                Seed = 7,
                ValidationFraction = 0.3f,
            }).Fit(View(rows));
        double variance = Enumerable.Range(0, Paired.TargetSize).Average(slot =>
        {
            double mean = rows.Average(row => row.Target[slot]);
            return rows.Average(row => (row.Target[slot] - mean) * (row.Target[slot] - mean));
        });
        Assert.That(model.History[^1].Validation!.Total, Is.LessThan(0.3 * variance));
    }

    [Test]
    public void A_target_that_is_not_there_is_named() =>
        RequireRefusal(Rows.View(_ml, 5),
            "Could not find target column 'Target' among 'Features', 'Label', 'Name'. (Parameter 'inputSchema')");

    [Test]
    public void A_target_of_another_type_is_named()
    {
        const string Remedy =
            "Convert it first, for example with ml.Transforms.Conversion.ConvertType(\"Target\", outputKind: " +
                "DataKind.Single) (Parameter 'inputSchema')";
        IDataView rows = View(Paired.Make(5));
        IDataView doubles = _ml.Transforms.Conversion.ConvertType("Target",
            outputKind: Microsoft.ML.Data.DataKind.Double).Fit(rows).Transform(rows);
        Assert.That(() => Make().Fit(doubles), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(
            "Schema mismatch for target column 'Target': expected a vector of Single of known size, got " +
            $"Vector<Double, 5>. {Remedy}"));
        Assert.That(() => Make().GetOutputSchema(SchemaShape.Create(doubles.Schema)),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(
            "Schema mismatch for target column 'Target': expected a vector of Single of known size, got " +
            $"Vector<Double>. {Remedy}"));
    }

    [Test]
    public void A_target_that_validation_rows_lack_or_have_in_another_size_is_named()
    {
        IDataView rows = View(Paired.Make(20));
        Assert.That(() => Make().Fit(rows, Rows.View(_ml, 5)),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(
            "Could not find target column 'Target' among 'Features', 'Label', 'Name'. (Parameter 'inputSchema')"));
        IDataView wide = _ml.Transforms.Concatenate("Target", "Target", "Target").Fit(rows).Transform(rows);
        Assert.That(() => Make().Fit(rows, wide), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(
            "Schema mismatch for target column 'Target': expected a vector of 5 Single, as in training, got one of " +
            "10 (Parameter 'inputSchema')"));
    }

    [Test]
    public void A_missing_value_of_a_target_is_named_by_column_row_and_slot()
    {
        PairedRow[] rows = Paired.Make(10);
        rows[7].Target[2] = float.NaN;
        Assert.That(() => Make().Fit(View(rows)), Throws.InvalidOperationException.With.Message.EqualTo(
            "Column 'Target', training row 7: slot 2 is NaN. Replace missing values first, for example with " +
            "ml.Transforms.ReplaceMissingValues(\"Target\")."));
        Assert.That(() => Make().Fit(View(Paired.Make(10)), View(rows)),
            Throws.InvalidOperationException.With.Message.StartsWith(
            "Column 'Target', validation row 7: slot 2 is NaN."));
    }

    [Test]
    public void Cross_entropy_needs_targets_between_0_and_1_and_inputs_of_any_size()
    {
        PairedRow[] rows = Paired.Make(10);
        foreach (PairedRow row in rows)
            row.Features[0] = 5;
        using (AutoencoderTransformer model = Make(loss: ReconstructionLoss.BinaryCrossEntropy).Fit(View(rows)))
            Assert.That(model.History, Has.Count.EqualTo(3));
        rows[3].Target[1] = 1.5f;
        rows[4].Target[1] = -0.25f;
        string Message(string use) =>
            $"Column 'Target' holds {use} values from -0.25 to 1.5; binary cross-entropy needs values between 0 and " +
                "1. Set Scaling = InputScaling.MinMax, scale them before, or use ReconstructionLoss.MeanSquaredError.";
        Assert.That(() => Make(loss: ReconstructionLoss.BinaryCrossEntropy).Fit(View(rows)),
            Throws.InvalidOperationException.With.Message.EqualTo(Message("training")));
        Assert.That(() => Make(loss: ReconstructionLoss.BinaryCrossEntropy).Fit(View(Paired.Make(10)), View(rows)),
            Throws.InvalidOperationException.With.Message.EqualTo(Message("validation")));
        using AutoencoderTransformer scaled = Make(loss: ReconstructionLoss.BinaryCrossEntropy,
            scaling: InputScaling.MinMax).Fit(View(rows));
        Assert.That(scaled.History.Select(epoch => epoch.Training.Total), Has.All.Positive);
    }

    [Test]
    public void A_fit_that_fails_for_its_targets_says_how_large_they_are()
    {
        PairedRow[] rows = Paired.Make(20);
        rows[3].Target[1] = 3e25f;
        Assert.That(() => Make().Fit(View(rows)),
            Throws.InvalidOperationException.With.Message.Contain("largest value seen: 29,999,999,"));
    }

    [Test]
    public void Names_that_contradict_each_other_are_refused()
    {
        RequireArgument(new() { TargetColumnName = "Features" },
            "PlainOptions: TargetColumnName is 'Features', the column that is encoded; leave it out where a row is " +
            "to be reconstructed from itself.");
        RequireArgument(new() { TargetColumnName = "\t" }, "PlainOptions: TargetColumnName is empty or white space.");
        RequireArgument(new() { TargetColumnName = "Kind", ConditionColumnName = "Kind" },
            "PlainOptions: ConditionColumnName is 'Kind', the column that is reconstructed; it must be a separate " +
            "key column.");
        RequireArgument(new() { TargetColumnName = "Target", ErrorColumnName = "Error" },
            "PlainOptions: ErrorColumnName is 'Error', and compares a row with its reconstruction; where 'Target' is " +
            "reconstructed, the two are different things.");
        RequireArgument(new() { TargetColumnName = "Target", FeatureErrorsColumnName = "Errors" },
            "PlainOptions: FeatureErrorsColumnName is 'Errors', and compares a row with its reconstruction; where " +
            "'Target' is reconstructed, the two are different things.");
        RequireArgument(new() { FeatureErrorsColumnName = "Error", ErrorColumnName = "Error" },
            "PlainOptions: FeatureErrorsColumnName is 'Error', as another output column is; each needs its own name.");
        Assert.That(() => _ml.Transforms.Autoencoders.Variational("Code", "Features",
            new() { TargetColumnName = "Target", EvidenceLowerBoundColumnName = "Bound" }),
            Throws.ArgumentException.With.Message.EqualTo(
                "VariationalOptions: EvidenceLowerBoundColumnName is 'Bound', and compares a row with its " +
                "reconstruction; where 'Target' is reconstructed, the two are different things."));
    }

    [Test]
    public void A_model_with_a_target_says_nothing_of_how_likely_a_row_is()
    {
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Variational("Code", "Features",
            new() { CodeSize = 2, Network = Small.Network, TargetColumnName = "Target", Training = Small.Training() })
                .Fit(View(Paired.Make(20)));
        Assert.That(() => model.LogLikelihood(Rows.View(_ml, 3)), Throws.InvalidOperationException.With.Message.EqualTo(
            "The autoencoder was trained to reconstruct something other than what it encodes, so it cannot " +
            "measure how likely a row is."));
        Assert.That(model.Sample(2, seed: 1), Has.All.Length.EqualTo(Paired.TargetSize));
    }

    private static IEnumerable<float[]> Clean(int count, int seed) =>
        Rows.Make(count, seed).Select(row => row.Features);

    private static float[] Noise(float[] row, int number)
    {
        var random = new Random(number);
        return [.. row.Select(x => x + 0.6f * ((float)random.NextDouble() - 0.5f))];
    }

    private AutoencoderEstimator Make(TrainingOptions? training = null, InputScaling scaling = InputScaling.None,
        ReconstructionLoss loss = ReconstructionLoss.MeanSquaredError, Network? network = null) =>
        _ml.Transforms.Autoencoders.Plain("Code", "Features", new()
        {
            CodeSize = 2,
            Network = network ?? Small.Network,
            Loss = loss,
            Scaling = scaling,
            TargetColumnName = "Target",
            ReconstructionColumnName = "Clean",
            Training = training ?? Small.Training(),
        });

    private AutoencoderTransformer Fit(IDataView rows, int epochs, InputScaling scaling = InputScaling.None,
        Network? network = null) =>
        Make(Small.Training(epochs), scaling, network: network).Fit(rows);

    private IDataView View(PairedRow[] rows) => _ml.Data.LoadFromEnumerable(rows);

    private void RequireRefusal(IDataView rows, string message)
    {
        Assert.That(() => Make().Fit(rows), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(message));
        Assert.That(() => Make().GetOutputSchema(SchemaShape.Create(rows.Schema)),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(message));
    }

    private void RequireArgument(PlainOptions options, string message) =>
        Assert.That(() => _ml.Transforms.Autoencoders.Plain("Code", "Features", options),
            Throws.ArgumentException.With.Message.EqualTo(message));
}
