using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>New rows of families that have no prior.</summary>
internal sealed class FitMixtureTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly LevelRows.LevelRow[] _rows = LevelRows.Make(200);
    private AutoencoderTransformer _model = null!;
    private IDataView _view = null!;

    [OneTimeSetUp]
    public void Fit()
    {
        _view = LevelRows.Keyed(_ml, _rows);
        _model = _ml.Transforms.Autoencoders.Plain("Code", "Features", new()
        {
            CodeSize = 2,
            Network = Small.Network,
            Training = Small.Training(epochs: 40),
        }).Fit(_view);
    }

    [OneTimeTearDown]
    public void Dispose() => _model.Dispose();

    [Test]
    public void It_is_fitted_to_the_codes_of_the_rows()
    {
        float[][] codes = _model.Encode([.. _rows.Select(row => row.Features)]);
        CodeMixture one = _model.FitMixture(_view, components: 1);
        for (int i = 0; i < 2; i++)
            Assert.That(one.Means[0][i], Is.EqualTo(codes.Average(code => code[i])).Within(1e-5));
        Assert.That(_model.FitMixture(_view).Weights, Has.Count.EqualTo(10));
    }

    [Test]
    public void Codes_drawn_from_it_lie_where_those_of_the_rows_do()
    {
        CodeMixture mixture = _model.FitMixture(_view, components: 4, seed: 3);
        float[][] codes = _model.Encode([.. _rows.Select(row => row.Features)]);

        float[][] drawn = mixture.Sample(200, seed: 5);

        // The two levels are two separate clouds: a code between them belongs to neither, and is never drawn.
        double spread = codes.Average(code => NearestOther(codes, code));
        Assert.That(drawn.Average(code => NearestOther(codes, code)), Is.LessThan(3 * spread));
        double between = mixture.LogDensity([.. Enumerable.Range(0, 2).Select(i => codes.Average(code => code[i]))]);
        Assert.That(drawn.Average(mixture.LogDensity), Is.GreaterThan(between + 5));
    }

    [Test]
    public void Their_decoded_rows_look_like_the_rows()
    {
        float[][] drawn = _model.Decode(_model.FitMixture(_view, components: 4).Sample(200, seed: 5));
        float[][] unguided = _model.Decode(Enumerable.Range(0, 200)
            .Select(i => new[] { 3 * MathF.Cos(i), 3 * MathF.Sin(i) }).ToArray());

        // How far a row is from every one that the data could hold: from its nearer level with its own swing.
        Assert.That(drawn.Average(Strangeness), Is.LessThan(0.001));
        Assert.That(unguided.Average(Strangeness), Is.GreaterThan(0.01));
        Assert.That(drawn.Count(row => row.Average() < 0.5), Is.InRange(70, 130), "both levels, in equal shares");
    }

    [Test]
    public void The_same_seed_gives_the_same_mixture()
    {
        CodeMixture one = _model.FitMixture(_view, 4, seed: 3);
        Assert.That(_model.FitMixture(_view, 4, seed: 3).Means, Is.EqualTo(one.Means));
        Assert.That(_model.FitMixture(_view, 4, seed: 4).Means, Is.Not.EqualTo(one.Means));
    }

    [Test]
    public void A_conditional_model_draws_rows_of_a_label_from_a_mixture()
    {
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Plain("Code", "Features", new()
        {
            CodeSize = 1,
            Network = Small.Network,
            ConditionColumnName = "Level",
            Training = Small.Training(epochs: 40),
        }).Fit(_view);
        IDataView low = LevelRows.Keyed(_ml, LevelRows.Make(60, seed: 2, LevelRows.Low));

        float[][] drawn = model.Decode(model.FitMixture(low, components: 2).Sample(100, seed: 5), LevelRows.Low);

        Assert.That(drawn.Select(row => row.Average()), Has.All.EqualTo(LevelRows.LevelOf(LevelRows.Low)).Within(0.1));
        Assert.That(drawn.Average(Strangeness), Is.LessThan(0.001));
        Assert.That(drawn.Max(LevelRows.SwingOf) - drawn.Min(LevelRows.SwingOf), Is.GreaterThan(0.2));
    }

    [Test]
    public void Rows_and_components_have_to_match()
    {
        Assert.That(() => _model.FitMixture(_ml.Data.TakeRows(_view, 3), components: 4),
            Throws.ArgumentException.With.Message.EqualTo(
            "4 components need at least as many rows; there are 3. (Parameter 'codes')"));
        Assert.That(() => _model.FitMixture(_view, components: 0),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(
            "FitMixture: components is 0; it must be at least 1. (Parameter 'components')"));
    }

    [Test]
    public void A_row_with_a_missing_value_is_named()
    {
        LevelRows.LevelRow[] rows = LevelRows.Make(20);
        rows[7].Features[3] = float.NaN;
        Assert.That(() => _model.FitMixture(LevelRows.Keyed(_ml, rows), components: 2),
            Throws.ArgumentException.With.Message.EqualTo(
            "Code 7: number 0 is NaN; it must be finite. (Parameter 'codes')"));
    }

    [Test]
    public void A_view_without_the_column_is_refused() =>
        Assert.That(() => _model.FitMixture(_ml.Transforms.DropColumns("Features").Fit(_view).Transform(_view)),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contain("'Features'"));

    [Test]
    public void No_tensor_is_left() =>
        Assert.That(LiveTensors.Left(() => _model.FitMixture(_view, components: 2)), Is.Zero);

    /// <summary>The mean squared distance from the nearer level, with the row's own swing about it.</summary>
    private static double Strangeness(float[] row)
    {
        double swing = LevelRows.SwingOf(row);
        double level = row.Average() < 0.5 ? LevelRows.LevelOf(LevelRows.Low) : LevelRows.LevelOf(LevelRows.High);
        return row.Select((x, j) => Math.Pow(x - level - (j % 2 == 0 ? swing : -swing), 2)).Average();
    }

    private static double NearestOther(float[][] codes, float[] code) => codes.Where(other => other != code)
        .Min(other => Math.Sqrt(other.Zip(code, (a, b) => (double)(a - b) * (a - b)).Sum()));
}
