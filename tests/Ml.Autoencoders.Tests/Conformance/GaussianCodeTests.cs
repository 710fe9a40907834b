using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Scoring;

namespace Ml.Autoencoders.Tests.Conformance;

/// <summary>The columns of families whose codes are normal variables.</summary>
[TestFixtureSource(typeof(Family), nameof(Family.WithGaussianCodes))]
internal sealed class GaussianCodeTests(Family family)
{
    private const int Seed = 7;
    private const float Variance = 0.05f;

    private static readonly string[] Vectors = ["Code", "Spread", "Draw"];

    private readonly MLContext _ml = new();
    private AutoencoderTransformer _model = null!;
    private IDataView _rows = null!;
    private Posterior[] _scored = [];

    [OneTimeSetUp]
    public void Fit()
    {
        _model = Make((nameof(GaussianCodeOptions.OutputVariance), Variance)).Fit(LabeledRows.View(_ml, 40));
        _rows = LabeledRows.View(_ml, 600, seed: 9);
        _scored = Read(_model.Transform(_rows));
    }

    [OneTimeTearDown]
    public void Dispose() => _model.Dispose();

    [Test]
    public void The_promised_columns_are_delivered()
    {
        string Describe(SchemaShape.Column column) =>
            $"{column.Name} {column.Kind} {column.ItemType} " +
                $"{string.Join(" ", column.Annotations.Select(annotation => annotation.Name))}";
        Assert.That(Make().GetOutputSchema(SchemaShape.Create(_rows.Schema)).Select(Describe),
            Is.EquivalentTo(SchemaShape.Create(_model.GetOutputSchema(_rows.Schema)).Select(Describe)));
    }

    [Test]
    public void Columns_have_the_code_s_size_and_numbered_slots()
    {
        DataViewSchema schema = _model.GetOutputSchema(_rows.Schema);
        foreach (string column in Vectors)
        {
            VBuffer<ReadOnlyMemory<char>> names = default;
            schema[column].GetSlotNames(ref names);
            Assert.That(schema[column].Type,
                Is.EqualTo(new VectorDataViewType(NumberDataViewType.Single, Stage.CodeSize)));
            Assert.That(names.DenseValues().Select(name => name.ToString()),
                Is.EqualTo(new[] { $"{column}0", $"{column}1", $"{column}2" }));
        }
        Assert.That(schema["Bound"].Type, Is.EqualTo(NumberDataViewType.Single));
    }

    [Test]
    public void A_sample_is_the_mean_and_the_row_s_noise_times_the_standard_deviation()
    {
        DataViewRowId[] ids = Ids(_rows);
        var noise = new float[Stage.CodeSize];
        for (int i = 0; i < _scored.Length; i++)
        {
            RowNoise.Fill(noise, Seed, ids[i]);
            Assert.That(_scored[i].Draw,
                Is.EqualTo(_scored[i].Code.Select((mean, j) => mean + Math.Exp(_scored[i].Spread[j] / 2) * noise[j]))
                    .Within(1e-5));
        }
    }

    [Test]
    public void A_row_has_the_same_sample_whichever_rows_it_is_read_with()
    {
        Assert.That(Read(_model.Transform(_rows)).Select(row => row.Bits), Is.EqualTo(_scored.Select(row => row.Bits)),
            "a second pass");
        RequireSame(_ml.Data.TakeRows(_ml.Data.SkipRows(_rows, 100), 5), _scored[100..105]);
        IDataView bright = _ml.Data.FilterByCustomPredicate(_ml.Data.LoadFromEnumerable(LabeledRows.Make(600, seed: 9)),
            (LabeledRow row) => row.Kind == "dark");
        RequireSame(bright, [.. _scored.Where((_, i) => i % 2 == 0)]);

        IDataView shuffled = _ml.Data.ShuffleRows(_rows, seed: 3);
        ulong[] order = [.. Ids(shuffled).Select(id => id.Low)];
        Assert.That(order, Is.Not.Ordered);
        RequireSame(shuffled, [.. order.Select(id => _scored[id])]);
    }

    [Test]
    public void A_column_read_alone_is_the_same()
    {
        IDataView scored = _model.Transform(_rows);
        Assert.That(Bits.OfVectors(scored, "Draw"), Is.EqualTo(Bits.Of(_scored.Select(row => row.Draw))));
        Assert.That(Bits.OfVectors(scored, "Spread"), Is.EqualTo(Bits.Of(_scored.Select(row => row.Spread))));
        Assert.That(Bits.OfNumbers(scored, "Bound"), Is.EqualTo(Bits.Of([.. _scored.Select(row => row.Bound)])));
    }

    [Test]
    public void Noise_is_standard_normal_and_unrelated_from_slot_to_slot_and_from_row_to_row()
    {
        double[][] noise = Noise(_scored);
        double allowed = 5 / Math.Sqrt(noise.Length);
        for (int j = 0; j < Stage.CodeSize; j++)
        {
            Assert.That(noise.Average(row => row[j]), Is.EqualTo(0).Within(allowed));
            Assert.That(noise.Average(row => row[j] * row[j]), Is.EqualTo(1).Within(Math.Sqrt(2) * allowed));
            Assert.That(noise.Average(row => row[j] * row[(j + 1) % Stage.CodeSize]), Is.EqualTo(0).Within(allowed));
            Assert.That(noise.Zip(noise.Skip(1), (row, next) => row[j] * next[j]).Average(),
                Is.EqualTo(0).Within(allowed));
        }
    }

    [Test]
    public void Another_seed_gives_other_noise()
    {
        using AutoencoderTransformer other =
            Make((nameof(AutoencoderOptions.Training), new TrainingOptions { Epochs = 1, BatchSize = 16, Seed = 8 }))
            .Fit(LabeledRows.View(_ml, 40));
        double[][] noise = Noise(_scored);
        double[][] otherNoise = Noise(Read(other.Transform(_rows)));
        Assert.That(noise.Zip(otherNoise, (a, b) => a.Zip(b, (x, y) => x * y).Average()).Average(),
            Is.EqualTo(0).Within(5 / Math.Sqrt(noise.Length * Stage.CodeSize)));
    }

    [TestCase(ReconstructionLoss.MeanSquaredError)]
    [TestCase(ReconstructionLoss.BinaryCrossEntropy)]
    public void The_lower_bound_is_what_the_formula_says(ReconstructionLoss loss)
    {
        using AutoencoderTransformer model = Make(
            (nameof(AutoencoderOptions.Loss), loss),
            (nameof(GaussianCodeOptions.OutputVariance), loss == ReconstructionLoss.MeanSquaredError ? Variance : null))
                .Fit(LabeledRows.View(_ml, 40));
        LabeledRow[] rows = LabeledRows.Make(20, seed: 9);
        Posterior[] scored = Read(model.Transform(LabeledRows.View(_ml, rows)));
        float[][] outputs = model.Decode([.. scored.Select(row => row.Draw)]);
        for (int i = 0; i < rows.Length; i++)
        {
            double likelihood = rows[i].Features.Zip(outputs[i], (x, y) => LogProbability(loss, x, y)).Sum();
            double divergence = scored[i].Code.Zip(scored[i].Spread,
                (mean, log) => (mean * (double)mean + Math.Exp(log) - 1 - log) / 2).Sum();
            Assert.That(scored[i].Bound, Is.EqualTo(likelihood - divergence).Within(1e-3));
        }
        Assert.That(scored.Select(row => row.Bound), Is.Unique);
    }

    [Test]
    public void A_loaded_model_gives_the_same_bits()
    {
        using var loaded = (AutoencoderTransformer)ModelZip.Load(_ml, ModelZip.Save(_ml, _model, _rows.Schema));
        Assert.That(Read(loaded.Transform(_rows)).Select(row => row.Bits), Is.EqualTo(_scored.Select(row => row.Bits)));
    }

    [Test]
    public void A_variance_that_was_learned_is_saved()
    {
        using AutoencoderTransformer model = Make().Fit(LabeledRows.View(_ml, 40));
        using var loaded = (AutoencoderTransformer)ModelZip.Load(_ml, ModelZip.Save(_ml, model, _rows.Schema));
        int[] bounds = Bits.OfNumbers(model.Transform(_rows), "Bound");
        Assert.That(Bits.OfNumbers(loaded.Transform(_rows), "Bound"), Is.EqualTo(bounds));
        Assert.That(bounds, Is.Not.EqualTo(Bits.OfNumbers(_model.Transform(_rows), "Bound")));
    }

    [Test]
    public void A_label_that_is_told_counts_for_every_column()
    {
        using AutoencoderTransformer model = Make((nameof(AutoencoderOptions.ConditionColumnName), "Kind"))
            .Fit(LabeledRows.View(_ml, 40));
        LabeledRow[] rows = LabeledRows.Make(10, seed: 9);
        Posterior[] told = Read(model.Transform(LabeledRows.View(_ml, rows)));
        foreach (LabeledRow row in rows)
            row.Kind = row.Kind == "dark" ? "bright" : "dark";
        Posterior[] mistold = Read(model.Transform(LabeledRows.View(_ml, rows)));
        Assert.That(mistold.Zip(told, (a, b) => Math.Abs(a.Spread[0] - b.Spread[0])), Has.Some.GreaterThan(1e-3f));
        Assert.That(mistold.Zip(told, (a, b) => Math.Abs(a.Bound - b.Bound)), Has.Some.GreaterThan(1e-2f));
    }

    [Test]
    public void A_missing_value_spoils_its_own_row_only()
    {
        LabeledRow[] rows = LabeledRows.Make(30, seed: 9);
        int[][] whole = [.. Read(_model.Transform(LabeledRows.View(_ml, rows))).Select(row => row.Bits)];
        rows[7].Features[4] = float.NaN;
        Posterior[] spoilt = Read(_model.Transform(LabeledRows.View(_ml, rows)));
        Assert.That(spoilt[7].Spread.Concat(spoilt[7].Draw).Append(spoilt[7].Bound), Has.All.NaN);
        Assert.That(spoilt.Select(row => row.Bits).Where((_, i) => i != 7), Is.EqualTo(whole.Where((_, i) => i != 7)));
    }

    private AutoencoderEstimator Make(params (string Option, object? Value)[] changes) => family.Make(_ml,
    [
        (nameof(GaussianCodeOptions.LogVarianceColumnName), "Spread"),
        (nameof(GaussianCodeOptions.SampleColumnName), "Draw"),
        (nameof(GaussianCodeOptions.EvidenceLowerBoundColumnName), "Bound"),
        .. changes,
    ]);

    private void RequireSame(IDataView rows, Posterior[] expected) =>
        Assert.That(Read(_model.Transform(rows)).Select(row => row.Bits), Is.EqualTo(expected.Select(row => row.Bits)));

    private Posterior[] Read(IDataView scored) =>
        [.. _ml.Data.CreateEnumerable<Posterior>(scored, reuseRowObject: false)];

    private static double[][] Noise(Posterior[] rows) =>
        [.. rows.Select(row => row.Draw.Select((z, j) => (z - row.Code[j]) / Math.Exp(row.Spread[j] / 2)).ToArray())];

    private static double LogProbability(ReconstructionLoss loss, double x, double y) =>
        loss == ReconstructionLoss.MeanSquaredError
        ? -Math.Log(2 * Math.PI * Variance) / 2 - (x - y) * (x - y) / (2 * Variance)
        : x * Math.Log(y) + (1 - x) * Math.Log(1 - y);

    private static DataViewRowId[] Ids(IDataView rows)
    {
        using DataViewRowCursor cursor = rows.GetRowCursor([]);
        ValueGetter<DataViewRowId> getId = cursor.GetIdGetter();
        var ids = new List<DataViewRowId>();
        while (cursor.MoveNext())
        {
            DataViewRowId id = default;
            getId(ref id);
            ids.Add(id);
        }
        return [.. ids];
    }

    private sealed class Posterior
    {
        public float[] Code { get; set; } = [];

        public float[] Spread { get; set; } = [];

        public float[] Draw { get; set; } = [];

        public float Bound { get; set; }

        [NoColumn]
        public int[] Bits => Tests.Bits.Of([.. Code, .. Spread, .. Draw, Bound]);
    }
}
