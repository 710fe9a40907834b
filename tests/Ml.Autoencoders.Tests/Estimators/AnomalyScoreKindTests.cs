using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>Anomalies that one kind of score finds and another does not.</summary>
internal sealed class AnomalyScoreKindTests
{
    private const int Size = 6;
    private const int Normal = 400;
    private const int Unusual = 40;

    private readonly MLContext _ml = new(seed: 1);

    /// <summary>Far out on the line that all rows are near, in the training rows too: they come back as well as the
    /// others, or better.</summary>
    [Test]
    public void What_lies_far_out_where_rows_come_back_well_is_found_by_its_code()
    {
        IDataView rows = View(far: true);
        double byError = Area(Fit(AnomalyScoreKind.ReconstructionError, rows), rows);
        double byCode = Area(Fit(AnomalyScoreKind.CodeDistance, rows), rows);
        double byBoth = Area(Fit(AnomalyScoreKind.Both, rows), rows);
        Assert.That(byError, Is.LessThan(0.75));
        Assert.That(byCode, Is.GreaterThan(0.99));
        Assert.That(byBoth, Is.GreaterThan(0.97));
    }

    /// <summary>Off the line, with a code as that of others.</summary>
    [Test]
    public void What_lies_off_the_line_is_found_by_its_error()
    {
        IDataView rows = View(far: false);
        double byError = Area(Fit(AnomalyScoreKind.ReconstructionError, rows), rows);
        double byCode = Area(Fit(AnomalyScoreKind.CodeDistance, rows), rows);
        double byBoth = Area(Fit(AnomalyScoreKind.Both, rows, trimmed: 0.2f), rows);
        Assert.That(byError, Is.GreaterThan(0.97));
        Assert.That(byCode, Is.LessThan(0.75));
        Assert.That(byBoth, Is.GreaterThan(0.97));
    }

    [Test]
    public void Rows_with_the_highest_scores_are_left_out_of_what_the_score_is_estimated_from()
    {
        IDataView rows = View(far: true);
        using AutoencoderAnomalyTransformer all = Fit(AnomalyScoreKind.CodeDistance, rows);
        using AutoencoderAnomalyTransformer trimmed = Fit(AnomalyScoreKind.CodeDistance, rows, trimmed: 0.2f);
        float[] ofAll = [.. all.Transform(rows).GetColumn<float>("Score")];
        float[] ofTrimmed = [.. trimmed.Transform(rows).GetColumn<float>("Score")];
        // The mean distance of the rows that are estimated from is 1, with or without the unusual ones among them.
        Assert.That(ofAll.Average(), Is.EqualTo(1).Within(0.01));
        Assert.That(ofTrimmed.Order().Take((Normal + Unusual) * 4 / 5).Average(), Is.EqualTo(1).Within(0.1));
        double Ratio(float[] scores) => scores[..Unusual].Average() / scores[Unusual..].Average();
        Assert.That(Ratio(ofTrimmed), Is.GreaterThan(0.9 * Ratio(ofAll)));
        Assert.That(ofTrimmed[..Unusual].Average(), Is.GreaterThan(3 * ofAll[..Unusual].Average()));
    }

    [Test]
    public void The_reasons_name_the_slot_that_is_off()
    {
        IDataView rows = View(far: false);
        using AutoencoderAnomalyTransformer model = Fit(AnomalyScoreKind.Both, rows);
        float[][] parts = [.. model.Transform(rows).GetColumn<float[]>("Errors")];
        Assert.That(parts.Take(Unusual).Count(row => Array.IndexOf(row, row.Max()) == Size - 1),
            Is.GreaterThan(Unusual * 3 / 4));
    }

    private AutoencoderAnomalyTransformer Fit(AnomalyScoreKind kind, IDataView rows, float trimmed = 0) =>
        _ml.AnomalyDetection.Trainers.Autoencoder("Features", new()
        {
            CodeSize = 1,
            Network = Network.Dense(),
            Score = kind,
            TrimmedShare = kind == AnomalyScoreKind.ReconstructionError ? null : trimmed,
            FeatureErrorsColumnName = "Errors",
            Training = new() { Epochs = 40, BatchSize = 32, LearningRate = 1e-2f, Seed = 3 },
        }).Fit(rows);

    private double Area(AutoencoderAnomalyTransformer model, IDataView rows)
    {
        using (model)
            return _ml.AnomalyDetection.Evaluate(model.Transform(rows)).AreaUnderRocCurve;
    }

    /// <summary>Rows near a line, the unusual ones first.</summary>
    private IDataView View(bool far)
    {
        var random = new Random(5);
        float Noise() => 0.1f * (random.NextSingle() + random.NextSingle() + random.NextSingle() - 1.5f);
        return _ml.Data.LoadFromEnumerable(Enumerable.Range(0, Unusual + Normal).Select(i =>
        {
            bool isUnusual = i < Unusual;
            float along = isUnusual && far ? (i % 2 == 0 ? 3 : -3) + Noise() : 2 * random.NextSingle() - 1;
            float[] features = [.. Enumerable.Range(0, Size)
                .Select(slot => slot == Size - 1 ? Noise() : along * (slot % 2 == 0 ? 1 : -0.7f) + Noise())];
            if (isUnusual && !far)
                features[^1] += 1;
            return new Measured { Features = features, Label = isUnusual ? 1 : 0 };
        }).ToArray());
    }

    private sealed class Measured
    {
        [VectorType(Size)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
