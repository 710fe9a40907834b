using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Corruptions;
using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>What <see cref="AutoencoderModelOptions.MissingValues"/> takes, refuses and makes of gaps.</summary>
internal sealed class MissingValueTests
{
    private static readonly MLContext Ml = new(1);

    private static readonly PlainOptions LeavesOut = Stage.Options() with
    {
        MissingValues = MissingValueHandling.LeaveOut,
        ImputedColumnName = "Filled",
    };

    private static IEnumerable<TestCaseData> Refused()
    {
        yield return Case(new PlainOptions { ImputedColumnName = "Filled" },
            "ImputedColumnName is 'Filled', and MissingValues is Refuse, so that no row has gaps to fill; it must be " +
            "LeaveOut.");
        const string NotDense = "the network takes pictures or sequences; it must be Network.Dense, or composed of " +
            "layers that take a row as a vector.";
        yield return Case(LeavesOut with { Network = Network.Convolutional(3, 4) },
            "MissingValues is LeaveOut, and " + NotDense);
        yield return Case(LeavesOut with { Network = Network.Temporal() },
            "MissingValues is LeaveOut, and " + NotDense);
        yield return Case(LeavesOut with
        {
            Network = Network.Compose(layers => layers.Reshape(1, 3, 4).Convolution(2)),
        }, "MissingValues is LeaveOut, and " + NotDense);
        yield return Case(LeavesOut with { Image = new ImageFormat(3, 4) },
            "MissingValues is LeaveOut, and Image is 1 x 3 x 4 (planar: channels x height x width); " +
            "rows must be plain vectors.");
        yield return Case(LeavesOut with { Corruption = Corruption.Warp() },
            "MissingValues is LeaveOut, and Corruption.Warp changes pictures; rows must be plain vectors.");
        yield return Case(LeavesOut with { Corruption = Corruption.Downscale(2), ErrorColumnName = null },
            "MissingValues is LeaveOut, and Corruption.Downscale changes pictures; rows must be plain vectors.");
        yield return Case(LeavesOut with
        {
            Loss = ReconstructionLoss.BinaryCrossEntropy,
            Binarization = Binarization.Dynamic,
        }, "MissingValues is LeaveOut, and Binarization is Dynamic; it must be None.");
        yield return Case(LeavesOut with { TargetColumnName = "Target", ErrorColumnName = null },
            "ImputedColumnName is 'Filled', and fills a row from its reconstruction; where 'Target' is " +
            "reconstructed, the two are different things.");

        static TestCaseData Case(PlainOptions options, string message) =>
            new TestCaseData(options, message).SetArgDisplayNames(message);
    }

    [TestCaseSource(nameof(Refused))]
    public void What_makes_no_sense_is_refused_by_name(PlainOptions options, string message) =>
        Assert.That(() => Ml.Transforms.Autoencoders.Plain("Code", "Features", options),
            Throws.ArgumentException.With.Message.EqualTo("PlainOptions: " + message));

    [Test]
    public void A_slot_that_every_row_misses_is_named([Values] bool isStreamed)
    {
        WideRow[] rows = WideRows.Make();
        foreach (WideRow row in rows)
            row.Features[7] = float.NaN;
        Assert.That(() => Fit(LeavesOut with
        {
            Training = isStreamed ? WideRows.Streaming() : WideRows.Training(),
        }, WideRows.View(Ml, rows)), Throws.InvalidOperationException.With.Message.EqualTo(
            "Column 'Features', slot 7: every training row misses this value (it is NaN). " +
            "MissingValueHandling.LeaveOut needs each slot to have a value in at least one row; leave the slot out " +
            "of the column."));
    }

    [TestCase(float.PositiveInfinity)]
    [TestCase(float.NegativeInfinity)]
    public void Infinite_values_are_still_refused(float infinite)
    {
        Row[] rows = Rows.Make(20);
        rows[3].Features[1] = float.NaN;
        rows[4].Features[2] = infinite;
        Assert.That(() => Fit(LeavesOut, Ml.Data.LoadFromEnumerable(rows)),
            Throws.InvalidOperationException.With.Message.EqualTo("Column 'Features', training row 4: slot 2 is " +
                "infinite. Clip or remove such values first."));
    }

    [Test]
    public void A_label_must_not_be_missing() =>
        Assert.That(() => Fit(LeavesOut with { ConditionColumnName = "Kind" }, LabeledRows.View(Ml,
            [.. Gaps.In(LabeledRows.Make(20)), new LabeledRow { Features = new float[Row.Size], Kind = "?" }])),
            Throws.InvalidOperationException.With.Message.Contains("the label is missing"));

    [Test]
    public void A_column_of_pictures_is_refused()
    {
        var shape = SchemaDefinition.Create(typeof(Row));
        shape["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 3, 2, 2);
        Assert.That(() => Fit(LeavesOut, Ml.Data.LoadFromEnumerable(Rows.Make(20), shape)),
            Throws.InvalidOperationException.With.Message.StartsWith("Column 'Features' holds pictures of ")
                .And.Message.EndsWith("and MissingValues is LeaveOut, which takes rows that are vectors: use " +
                    "MissingValueHandling.Refuse."));
    }

    [Test]
    public void Rows_that_are_reconstructed_may_have_gaps_too()
    {
        var random = new Random(5);
        PairedRow[] rows = Paired.Make(60);
        foreach (PairedRow row in rows)
            row.Target = [.. row.Target.Select(x => random.Next(4) == 0 ? float.NaN : x)];
        using AutoencoderTransformer model = Fit(LeavesOut with
        {
            ImputedColumnName = null,
            ErrorColumnName = null,
            TargetColumnName = "Target",
            Scaling = InputScaling.MinMax,
            Training = Small.Training(epochs: 30),
        }, Paired.View(Ml, rows));
        double[] losses = [.. model.History.Select(epoch => epoch.Training.Total)];
        Assert.That(losses[^1], Is.LessThan(losses[0] / 2));
    }

    /// <summary>Twelve numbers that follow from two: what is missing follows from the rest.</summary>
    [TestCase(0.05)]
    [TestCase(0.2)]
    [TestCase(0.4)]
    public void Gaps_are_filled_far_better_than_by_the_mean(double share)
    {
        float[][] whole = [.. LowRank(600, seed: 1)];
        var random = new Random(2);
        Row[] rows = [.. whole.Select(row => new Row
        {
            Features = [.. row.Select(x => random.NextDouble() < share ? float.NaN : x)],
        })];
        using AutoencoderTransformer model = Fit(new PlainOptions
        {
            CodeSize = 4,
            Network = Network.Dense(64),
            Scaling = InputScaling.Standardize,
            MissingValues = MissingValueHandling.LeaveOut,
            ImputedColumnName = "Filled",
            Training = new() { Updates = 1500, BatchSize = 64, LearningRate = 3e-3f, Seed = 3 },
        }, Ml.Data.LoadFromEnumerable(rows));
        float[][] filled = ColumnNumbers.Of(model.Transform(Ml.Data.LoadFromEnumerable(rows)), "Filled");
        double[] means = [.. Enumerable.Range(0, Row.Size).Select(slot =>
            (double)rows.Select(row => row.Features[slot]).Where(x => !float.IsNaN(x)).Average())];
        (double error, double ofMean) = (0, 0);
        for (int i = 0; i < rows.Length; i++)
        {
            for (int slot = 0; slot < Row.Size; slot++)
            {
                if (!float.IsNaN(rows[i].Features[slot]))
                {
                    Assert.That(filled[i][slot], Is.EqualTo(rows[i].Features[slot]), "what is there stays");
                    continue;
                }
                error += Math.Pow(filled[i][slot] - whole[i][slot], 2);
                ofMean += Math.Pow(means[slot] - whole[i][slot], 2);
            }
        }
        Assert.That(error / ofMean, Is.LessThan(0.25));
    }

    [Test]
    public void What_is_hidden_from_the_encoder_is_a_fifth_of_what_is_there_unless_a_corruption_hides()
    {
        using var scope = NewDisposeScope();
        Tensor rows = ones(200, 50);
        using var random = new Generator(1);
        double Hidden(Corruption corruption) => HidingNoise.Of(corruption, [])
            .Apply(rows, Shape.Vector(50), random).isnan().to(ScalarType.Float32).mean().item<float>();
        Assert.Multiple(() =>
        {
            Assert.That(Hidden(Corruption.None), Is.EqualTo(0.2).Within(0.02));
            Assert.That(Hidden(Corruption.Gaussian(1)), Is.EqualTo(0.2).Within(0.02));
            Assert.That(Hidden(Corruption.Masking(0.5f)), Is.EqualTo(0.5).Within(0.02));
            Assert.That(Hidden(Corruption.Gaussian(1).Then(Corruption.Masking(0.1f))), Is.EqualTo(0.1).Within(0.02));
        });
    }

    private static AutoencoderTransformer Fit(PlainOptions options, IDataView rows) =>
        Ml.Transforms.Autoencoders.Plain("Code", "Features", options).Fit(rows);

    private static IEnumerable<float[]> LowRank(int count, int seed)
    {
        var random = new Random(seed);
        double[][] directions = [.. Enumerable.Range(0, 2).Select(_ =>
            Enumerable.Range(0, Row.Size).Select(_ => 2 * random.NextDouble() - 1).ToArray())];
        for (int i = 0; i < count; i++)
        {
            double a = 2 * random.NextDouble() - 1, b = 2 * random.NextDouble() - 1;
            yield return [.. Enumerable.Range(0, Row.Size).Select(slot => (float)(
                5 + slot + a * directions[0][slot] + b * directions[1][slot] + 0.02 * random.NextDouble()))];
        }
    }
}
