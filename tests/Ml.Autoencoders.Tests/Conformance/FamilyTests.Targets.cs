using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Conformance;

/// <content>A column that is reconstructed instead of the input.</content>
internal sealed partial class FamilyTests
{
    private const string Target = nameof(AutoencoderOptions.TargetColumnName);

    [TestCase(InputScaling.None)]
    [TestCase(InputScaling.Standardize)]
    [TestCase(InputScaling.MinMax)]
    public void A_target_is_learned_from_and_then_not_needed(InputScaling scaling)
    {
        var training = new CountingView(Paired.View(_ml, 40));
        using AutoencoderTransformer model = MakePaired((nameof(AutoencoderOptions.Scaling), scaling)).Fit(training);
        Assert.That((training.CursorsOpened, training.RowsRead), Is.EqualTo((1, 40)));
        Assert.That(training.ColumnsAsked, Is.EquivalentTo(new[] { "Features", "Target" }));
        Assert.That((model.InputSize, model.OutputSize, model.TargetColumnName),
            Is.EqualTo((Row.Size, Paired.TargetSize, "Target")));

        IDataView rows = Rows.View(_ml, 20, seed: 9);
        IDataView scored = model.Transform(rows);
        Assert.That(scored.Schema["Clean"].Type,
            Is.EqualTo(new VectorDataViewType(NumberDataViewType.Single, Paired.TargetSize)));
        float[][] clean = [.. scored.GetColumn<float[]>("Clean")];
        Assert.That(clean, Has.Length.EqualTo(20).And.All.Length.EqualTo(Paired.TargetSize));
        Assert.That(clean.SelectMany(row => row), Has.All.Matches<float>(float.IsFinite));
        float[][] features = [.. Rows.Make(20, seed: 9).Select(row => row.Features)];
        RequireNear(model.Reconstruct(features), clean);
        RequireNear(model.Decode(model.Encode(features)), clean);
    }

    [Test]
    public void With_a_target_the_promised_schema_is_the_delivered_one()
    {
        IDataView rows = NamedSlots(Rows.View(_ml, 40));
        foreach ((string input, string target) in new[]
        {
            ("Joined", "Features"),
            ("Features", "Joined"),
            ("Joined", "Left"),
        })
        {
            AutoencoderEstimator estimator = family.MakeFor(_ml, "Code", input, (Target, target),
                (nameof(AutoencoderOptions.ReconstructionColumnName), "Clean"));
            using AutoencoderTransformer model = estimator.Fit(rows);
            SchemaShape promised = estimator.GetOutputSchema(SchemaShape.Create(rows.Schema));
            Assert.That(Describe(promised),
                Is.EquivalentTo(Describe(SchemaShape.Create(model.GetOutputSchema(rows.Schema)))));
            Assert.That(Describe(promised),
                Is.EquivalentTo(Describe(SchemaShape.Create(model.Transform(rows).Schema))));
            // The names of the input's slots are not those of the target's, which is not there in prediction.
            Assert.That(model.GetOutputSchema(rows.Schema)["Clean"].HasSlotNames(), Is.False);
            Assert.That(model.GetOutputSchema(rows.Schema)["Clean"].Type, Is.EqualTo(rows.Schema[target].Type));
        }
    }

    [TestCase(InputScaling.None)]
    [TestCase(InputScaling.Standardize)]
    public void A_loaded_model_with_a_target_gives_the_same_bits(InputScaling scaling)
    {
        using AutoencoderTransformer model = MakePaired((nameof(AutoencoderOptions.Scaling), scaling))
            .Fit(Paired.View(_ml, 40));
        IDataView rows = Rows.View(_ml, 30, seed: 9);
        using var loaded = (AutoencoderTransformer)SaveAndLoad(model, rows.Schema);
        foreach (string column in new[] { "Code", "Clean" })
            Assert.That(Bits.OfVectors(loaded.Transform(rows), column),
                Is.EqualTo(Bits.OfVectors(model.Transform(rows), column)));
        Assert.That(loaded.TargetColumnName, Is.EqualTo("Target"));
        Assert.That(new ModelZip(ModelZip.Save(_ml, loaded, rows.Schema)).Read(ModelZip.Weights),
            Is.EqualTo(new ModelZip(ModelZip.Save(_ml, model, rows.Schema)).Read(ModelZip.Weights)));
    }

    [Test]
    public void A_target_decides_the_weights_and_so_does_the_seed()
    {
        PairedRow[] rows = Paired.Make(40);
        AutoencoderEstimator estimator = MakePaired();
        byte[] first = WeightsOf(estimator, Paired.View(_ml, rows));
        Assert.That(WeightsOf(estimator, Paired.View(_ml, rows)), Is.EqualTo(first));
        foreach (PairedRow row in rows)
            Array.Reverse(row.Target);
        Assert.That(WeightsOf(estimator, Paired.View(_ml, rows)), Is.Not.EqualTo(first));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void With_a_target_and_a_condition_a_fit_is_watched_on_held_rows(bool isSplit)
    {
        IDataView rows = Paired.View(_ml, 40);
        var training = new TrainingOptions
        {
            Epochs = 3,
            BatchSize = 16,
            LearningRate = 1e-2f,
            Seed = 7,
            ValidationFraction = isSplit ? 0.3f : 0,
        };
        AutoencoderEstimator estimator = MakePaired((Condition, "Kind"),
            (nameof(AutoencoderOptions.Training), training),
            (nameof(AutoencoderOptions.Loss), ReconstructionLoss.BinaryCrossEntropy));
        using AutoencoderTransformer model = isSplit
            ? estimator.Fit(rows) : estimator.Fit(rows, Paired.View(_ml, 20, seed: 3));
        Assert.That(model.History.Select(epoch => epoch.Validation!.Total), Has.All.Matches<double>(double.IsFinite));
        Assert.That(model.Reconstruct([new float[Row.Size]], "dark")[0],
            Has.Length.EqualTo(Paired.TargetSize).And.All.InRange(0, 1));
    }

    [Test]
    public void No_tensor_outlives_a_transformer_with_a_target()
    {
        PairedRow[] bad = Paired.Make(40);
        bad[30].Target[3] = float.NaN;
        IDataView rows = Paired.View(_ml, 40);
        long before = LiveTensors.Now;
        using (AutoencoderTransformer model = MakePaired((nameof(AutoencoderOptions.Scaling), InputScaling.MinMax))
            .Fit(rows, rows))
        {
            _ = Bits.OfVectors(model.Transform(rows), "Clean");
            ((IDisposable)SaveAndLoad(model, rows.Schema)).Dispose();
        }
        Assert.That(() => MakePaired((nameof(AutoencoderOptions.Scaling), InputScaling.MinMax))
            .Fit(Paired.View(_ml, bad)), Throws.InvalidOperationException);
        Assert.That(() => MakePaired((nameof(AutoencoderOptions.Scaling), InputScaling.MinMax))
            .Fit(rows, Rows.View(_ml, 20)),
            Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(LiveTensors.Now, Is.EqualTo(before));
    }

    private AutoencoderEstimator MakePaired(params (string Option, object? Value)[] changes) =>
        family.Make(_ml,
            [(Target, "Target"), (nameof(AutoencoderOptions.ReconstructionColumnName), "Clean"), .. changes]);
}
