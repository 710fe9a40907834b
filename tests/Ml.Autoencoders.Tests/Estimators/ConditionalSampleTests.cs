using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>New rows by label.</summary>
internal sealed class ConditionalSampleTests
{
    private readonly MLContext _ml = new(seed: 1);
    private AutoencoderTransformer _model = null!;

    [OneTimeSetUp]
    public void Fit() => _model = SmallVariational.FitConditional(_ml);

    [OneTimeTearDown]
    public void Dispose() => _model.Dispose();

    [Test]
    public void Rows_have_the_level_of_their_label([Values(LevelRows.Low, LevelRows.High)] string label)
    {
        float[][] drawn = _model.Sample(100, seed: 7, label);
        Assert.That(drawn.Average(row => row.Average()), Is.EqualTo(LevelRows.LevelOf(label)).Within(0.05));
        Assert.That(drawn.Select(row => row.Average()), Has.All.EqualTo(LevelRows.LevelOf(label)).Within(0.15));
    }

    [Test]
    public void Fewer_rows_of_a_label_are_the_first_of_more([Values(LevelRows.Low, LevelRows.High)] string label)
    {
        int[][] many = Bits.Of(_model.Sample(600, seed: 7, label));
        foreach (int count in new[] { 1, 2, 10, 129, 599 })
            Assert.That(Bits.Of(_model.Sample(count, seed: 7, label)), Is.EqualTo(many[..count]), $"{count} rows");
    }

    [Test]
    public void A_code_keeps_its_meaning_under_another_label()
    {
        double[] low = [.. _model.Sample(100, seed: 7, LevelRows.Low).Select(LevelRows.SwingOf)];
        double[] high = [.. _model.Sample(100, seed: 7, LevelRows.High).Select(LevelRows.SwingOf)];

        Assert.That(low.Max() - low.Min(), Is.GreaterThan(0.2), "codes say how a row swings");
        Assert.That(low.Zip(high, (a, b) => Math.Abs(a - b)).Average(), Is.LessThan(0.1 * (low.Max() - low.Min())));
    }

    [Test]
    public void Every_way_to_generate_takes_the_label()
    {
        float[] from = [-1, 0.5f];
        float[] to = [1, -0.5f];
        foreach (string label in new[] { LevelRows.Low, LevelRows.High })
        {
            Assert.That(Bits.Of(_model.Interpolate(from, to, 2, condition: label)),
                Is.EqualTo(Bits.Of(_model.Decode([from, to], label))));
            Assert.That(Bits.Of(_model.LatentGrid(1, condition: label)),
                Is.EqualTo(Bits.Of(_model.Decode([[0, 0]], label))));
            Assert.That(Bits.Of(_model.Traverse(from, 2, 2, 3, label)[1]),
                Is.EqualTo(Bits.Of(_model.Decode([[2, 0.5f], [3, 0.5f], [-1, 2], [-1, 3]], label)[2..])));
        }
        Assert.That(_model.Interpolate(from, to, 2, condition: LevelRows.Low),
            Is.Not.EqualTo(_model.Interpolate(from, to, 2, condition: LevelRows.High)));
    }

    [Test]
    public void A_loaded_model_draws_the_same_rows_of_a_label()
    {
        using AutoencoderTransformer loaded = _model.SavedAndLoaded(_ml,
            LevelRows.Keyed(_ml, LevelRows.Make(2)).Schema);
        Assert.That(loaded.Conditions, Is.EqualTo(new[] { LevelRows.Low, LevelRows.High }));
        foreach (string label in loaded.Conditions)
            Assert.That(Bits.Of(loaded.Sample(5, seed: 7, label)),
                Is.EqualTo(Bits.Of(_model.Sample(5, seed: 7, label))));
    }

    [Test]
    public void A_label_is_asked_for_and_has_to_be_known()
    {
        Assert.That(() => _model.Sample(3), Throws.ArgumentException.With.Message.Contains("'Level'")
            .And.Message.Contains("'low', 'high'"));
        Assert.That(() => _model.Sample(0), Throws.ArgumentException, "even where there is nothing to draw");
        Assert.That(() => _model.Sample(3, condition: "medium"),
            Throws.ArgumentException.With.Message.Contains("'medium'")
            .And.Message.Contains("'low', 'high'"));
    }

    [Test]
    public void A_label_is_refused_where_there_is_no_condition()
    {
        using AutoencoderTransformer unconditional = SmallVariational.Fit(_ml);
        var code = new float[Stage.CodeSize];
        Action[] uses =
        [
            () => unconditional.Sample(3, condition: "low"),
            () => unconditional.Interpolate(code, code, 2, condition: "low"),
            () => unconditional.LatentGrid(condition: "low"),
            () => unconditional.Traverse(code, condition: "low"),
        ];
        foreach (Action use in uses)
            Assert.That(use,
                Throws.ArgumentException.With.Message.StartsWith(
                    "The condition is 'low', and the autoencoder was trained without one"));
    }
}
