using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Kernels;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>How likely rows are.</summary>
internal sealed class LogLikelihoodTests
{
    private readonly MLContext _ml = new(seed: 1);
    private AutoencoderTransformer _model = null!;

    [OneTimeSetUp]
    public void Fit() => _model = SmallVariational.FitWell(_ml);

    [OneTimeTearDown]
    public void Dispose() => _model.Dispose();

    [Test]
    public void With_the_true_posterior_it_is_known_row_by_row()
    {
        using AutoencoderTransformer linear = Transformers.Around(_ml, LinearGaussian.Model());
        // More rows than one batch, so that their order is that of several.
        float[][] rows = [.. Enumerable.Range(0, 700).Select(i => new[] { 0.01f * i - 3, MathF.Sin(i), 0.1f })];
        Assert.That(linear.LogLikelihood(View(rows), samples: 2),
            Is.EqualTo(rows.Select(LinearGaussian.LogLikelihood)).Within(1e-4));
    }

    [Test]
    public void Of_a_wider_posterior_one_draw_gives_the_lower_bound_and_many_the_likelihood()
    {
        const float Widening = 1.2f;
        using AutoencoderTransformer wide = Transformers.Around(_ml, LinearGaussian.Model(Widening));
        float[][] rows = [.. LinearGaussian.Rows.Floats().Chunk(3)];
        IDataView repeated = View([.. Enumerable.Repeat(rows, 300).SelectMany(three => three)]);

        double one = wide.LogLikelihood(repeated, samples: 1, seed: 3).Average();
        double many = wide.LogLikelihood(repeated, samples: 100, seed: 3).Average();

        Assert.That(one, Is.EqualTo(rows.Average(row => LinearGaussian.EvidenceLowerBound(row, Widening))).Within(0.3));
        Assert.That(many, Is.EqualTo(rows.Average(LinearGaussian.LogLikelihood)).Within(0.05));
    }

    [Test]
    public void Of_a_trained_model_it_rises_with_the_draws()
    {
        IDataView unseen = Rows.View(_ml, 200, seed: 9);
        double[] means = [.. new[] { 1, 5, 100 }
            .Select(samples => (double)_model.LogLikelihood(unseen, samples).Average())];
        Assert.That(means, Is.Ordered.Ascending);
        Assert.That(means[^1] - means[0], Is.GreaterThan(0.3));
    }

    [Test]
    public void Rows_unlike_the_data_are_less_likely()
    {
        Row[] rows = Rows.Make(100, seed: 9);
        Row[] unlike = [.. rows.Select(row => new Row { Features = [.. row.Features.Reverse()] })];
        float[] likely = _model.LogLikelihood(_ml.Data.LoadFromEnumerable(rows));
        float[] unlikely = _model.LogLikelihood(_ml.Data.LoadFromEnumerable(unlike));
        Assert.That(likely.Average(), Is.GreaterThan(unlikely.Average() + 20));
        Assert.That(likely.Zip(unlikely, (a, b) => a > b).Count(more => more), Is.GreaterThan(90));
    }

    [Test]
    public void The_seed_decides_the_draws_and_is_that_of_the_fit_unless_told()
    {
        IDataView rows = Rows.View(_ml, 50);
        int[] first = Bits.Of(_model.LogLikelihood(rows, 5, seed: 3));
        Assert.That(Bits.Of(_model.LogLikelihood(rows, 5, seed: 3)), Is.EqualTo(first));
        Assert.That(Bits.Of(_model.LogLikelihood(rows, 5, seed: 4)), Is.Not.EqualTo(first));
        Assert.That(Bits.Of(_model.LogLikelihood(rows, 5)), Is.EqualTo(Bits.Of(_model.LogLikelihood(rows, 5, seed: 7))),
            "Small.Training has seed 7");
    }

    [TestCase(1)]
    [TestCase(2)]
    public void It_is_the_same_from_call_to_call_and_on_any_number_of_threads(int threads)
    {
        // Enough rows for workers that read ahead, and for the last batch not to be a whole one.
        IDataView rows = Rows.View(_ml, 1500);
        int[] expected = Bits.Of(_model.LogLikelihood(rows, samples: 20, seed: 7));
        using ThreadLimit? limit = ThreadLimit.Set(threads);
        for (int call = 0; call < 20; call++)
            Assert.That(Bits.Of(_model.LogLikelihood(rows, samples: 20, seed: 7)), Is.EqualTo(expected),
                $"call {call}");
    }

    [Test]
    public void A_row_has_its_own_draws_whichever_rows_are_beside_it()
    {
        IDataView rows = Rows.View(_ml, 400);
        int[] expected = Bits.Of(_model.LogLikelihood(rows, 5, seed: 3));
        Assert.That(Bits.Of(_model.LogLikelihood(_ml.Data.SkipRows(rows, 333), 5, seed: 3)),
            Is.EqualTo(expected[333..]));
        Assert.That(Bits.Of(_model.LogLikelihood(_ml.Data.TakeRows(rows, 1), 5, seed: 3)), Is.EqualTo(expected[..1]));
        // The same row twice is another row, with draws of its own.
        Row same = Rows.Make(1)[0];
        Assert.That(_model.LogLikelihood(_ml.Data.LoadFromEnumerable([same, same]), 5, seed: 3), Is.Unique);
    }

    [Test]
    public void A_single_draw_is_the_row_s_sample_column()
    {
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Variational("Code", "Features", new()
        {
            CodeSize = 2,
            Network = Small.Network,
            SampleColumnName = "Draw",
            LogVarianceColumnName = "Spread",
            EvidenceLowerBoundColumnName = "Bound",
            OutputVariance = 0.3f,
            Training = Small.Training(),
        }).Fit(Rows.View(_ml, 40));
        Row[] rows = Rows.Make(30, seed: 4);
        Drawn[] drawn = [.. _ml.Data.CreateEnumerable<Drawn>(model.Transform(_ml.Data.LoadFromEnumerable(rows)),
            reuseRowObject: false)];
        float[][] outputs = model.Decode([.. drawn.Select(row => row.Draw)]);
        float[] found = model.LogLikelihood(_ml.Data.LoadFromEnumerable(rows), samples: 1);
        for (int i = 0; i < rows.Length; i++)
        {
            double likelihood = rows[i].Features.Zip(outputs[i], (x, y) => LogNormal(x, y, 0.3)).Sum();
            double prior = drawn[i].Draw.Sum(z => LogNormal(z, 0, 1));
            double posterior = drawn[i].Draw.Zip(drawn[i].Code.Zip(drawn[i].Spread),
                (z, q) => LogNormal(z, q.First, Math.Exp(q.Second))).Sum();
            Assert.That(found[i], Is.EqualTo(likelihood + prior - posterior).Within(1e-3));
        }

        static double LogNormal(double x, double mean, double variance) =>
            -0.5 * (Math.Log(2 * Math.PI * variance) + (x - mean) * (x - mean) / variance);
    }

    [Test]
    public void A_loaded_model_gives_the_same_numbers()
    {
        IDataView rows = Rows.View(_ml, 50);
        using AutoencoderTransformer loaded = _model.SavedAndLoaded(_ml, rows.Schema);
        Assert.That(Bits.Of(loaded.LogLikelihood(rows, 5)), Is.EqualTo(Bits.Of(_model.LogLikelihood(rows, 5))));
    }

    [Test]
    public void It_is_a_density_over_the_scaled_numbers()
    {
        Row[] tenfold = [.. Rows.Make(40).Select(row => new Row { Features = [.. row.Features.Select(x => 10 * x)] })];
        VariationalOptions options = new()
        {
            CodeSize = 2,
            Network = Small.Network,
            Scaling = InputScaling.Standardize,
            Training = Small.Training(20),
        };
        using AutoencoderTransformer ones = _ml.Transforms.Autoencoders.Variational("Code", "Features", options)
            .Fit(Rows.View(_ml, 40));
        using AutoencoderTransformer tens = _ml.Transforms.Autoencoders.Variational("Code", "Features", options)
            .Fit(_ml.Data.LoadFromEnumerable(tenfold));
        Assert.That(tens.LogLikelihood(_ml.Data.LoadFromEnumerable(tenfold)),
            Is.EqualTo(ones.LogLikelihood(Rows.View(_ml, 40))).Within(0.5));
    }

    [Test]
    public void Under_a_condition_each_row_is_judged_by_its_label()
    {
        using AutoencoderTransformer model = SmallVariational.FitConditional(_ml);
        LevelRows.LevelRow[] rows = LevelRows.Make(60, seed: 2);
        LevelRows.LevelRow[] swapped = [.. rows.Select(row => new LevelRows.LevelRow
        {
            Features = row.Features,
            Level = row.Level == LevelRows.Low ? LevelRows.High : LevelRows.Low,
        })];
        float[] right = model.LogLikelihood(LevelRows.Keyed(_ml, rows));
        float[] wrong = model.LogLikelihood(LevelRows.Keyed(_ml, swapped));
        Assert.That(right.Zip(wrong, (a, b) => a - b), Has.All.GreaterThan(5));

        IDataView unlabeled = _ml.Data.LoadFromEnumerable(Rows.Make(3));
        Assert.That(() => model.LogLikelihood(unlabeled),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contain("'Level'"));
    }

    [Test]
    public void A_missing_value_touches_its_own_row_only()
    {
        Row[] rows = Rows.Make(30);
        int[] whole = Bits.Of(_model.LogLikelihood(_ml.Data.LoadFromEnumerable(rows)));
        rows[4].Features[2] = float.NaN;
        float[] found = _model.LogLikelihood(_ml.Data.LoadFromEnumerable(rows));
        Assert.That(found[4], Is.NaN);
        Assert.That(Bits.Of(found).Where((_, i) => i != 4), Is.EqualTo(whole.Where((_, i) => i != 4)));
    }

    [Test]
    public void No_rows_have_no_likelihood() =>
        Assert.That(_model.LogLikelihood(_ml.Data.LoadFromEnumerable(Array.Empty<Row>())), Is.Empty);

    [Test]
    public void A_family_without_normal_codes_says_so()
    {
        using AutoencoderTransformer plain = Stage.Fit(_ml);
        Assert.That(() => plain.LogLikelihood(Rows.View(_ml, 3)), Throws.InvalidOperationException.With.Message.EqualTo(
            "A Plain autoencoder cannot measure how likely a row is: its codes are not random variables. " +
            "Variational and its relatives can."));
    }

    [Test]
    public void What_cannot_be_measured_is_refused()
    {
        IDataView rows = Rows.View(_ml, 3);
        Assert.That(() => _model.LogLikelihood(rows, samples: 0),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(
            "LogLikelihood: samples is 0; it must be at least 1. (Parameter 'samples')"));
        Assert.That(() => _model.LogLikelihood(_ml.Transforms.DropColumns("Features").Fit(rows).Transform(rows)),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contain("'Features'"));
        Assert.That(() => _model.LogLikelihood(null!), Throws.ArgumentNullException);
    }

    [Test]
    public void No_tensor_is_left()
    {
        IDataView rows = Rows.View(_ml, 600);
        Assert.That(LiveTensors.Left(() => _model.LogLikelihood(rows, samples: 20)), Is.Zero);
    }

    private IDataView View(float[][] rows) =>
        _ml.Data.LoadFromEnumerable(rows.Select(row => new Three { Features = row }));

    private sealed class Drawn
    {
        public float[] Code { get; set; } = [];

        public float[] Spread { get; set; } = [];

        public float[] Draw { get; set; } = [];
    }

    private sealed class Three
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];
    }
}
