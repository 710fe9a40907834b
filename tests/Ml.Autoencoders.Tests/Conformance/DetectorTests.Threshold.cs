using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Conformance;

/// <content>What sets the threshold, and what changes it.</content>
internal sealed partial class DetectorTests
{
    [TestCase(0.1f)]
    [TestCase(0.01f)]
    [TestCase(0.5f)]
    public void The_contamination_is_the_share_of_the_training_rows_above_the_threshold(float contamination)
    {
        IDataView rows = Rows.View(_ml, 201);
        using AutoencoderAnomalyTransformer model = detector.Make(_ml,
            (nameof(AnomalyOptions.Contamination), contamination)).Fit(rows);
        float[] scores = ScoresOf(model.Transform(rows));
        Assert.That(model.Contamination, Is.EqualTo(contamination));
        Assert.That(model.Threshold, Is.EqualTo(QuantileOf(scores, 1 - contamination)).Within(1e-5));
        Assert.That(scores.Count(score => score > model.Threshold),
            Is.EqualTo(Math.Round(200 * contamination)).Within(1));
    }

    [Test]
    public void Without_contamination_the_threshold_is_the_greatest_score_of_the_training_rows()
    {
        IDataView rows = Rows.View(_ml, 40);
        using AutoencoderAnomalyTransformer model = detector.Make(_ml,
            (nameof(AnomalyOptions.Contamination), 0f)).Fit(rows);
        Assert.That(model.Threshold, Is.EqualTo(ScoresOf(model.Transform(rows)).Max()).Within(1e-5));
    }

    [Test]
    public void Without_contamination_no_training_row_is_called_an_anomaly_in_a_view_or_alone(
        [Values] bool isConvolutional)
    {
        Row[] rows = Rows.Make(300);
        using AutoencoderAnomalyTransformer model = detector.Make(_ml, (nameof(AnomalyOptions.Contamination), 0f),
            (nameof(AnomalyOptions.Network), isConvolutional ? Network.Convolutional(3, 4, 1, [5, 9]) : Small.Network))
                .Fit(_ml.Data.LoadFromEnumerable(rows));
        IDataView scored = model.Transform(_ml.Data.LoadFromEnumerable(rows));
        float[] scores = ScoresOf(scored);
        using PredictionEngine<Row, Verdict> engine =
            _ml.Model.CreatePredictionEngine<Row, Verdict>(model,
                new PredictionEngineOptions { OwnsTransformer = false });
        Verdict[] alone = [.. rows.Select(row => engine.Predict(row))];
        Assert.That(LabelsOf(scored), Has.All.False);
        Assert.That(alone.Select(verdict => verdict.PredictedLabel), Has.All.False);
        Assert.That(Bits.Of([.. alone.Select(verdict => verdict.Score)]), Is.EqualTo(Bits.Of(scores)));
        Assert.That(model.Threshold, Is.EqualTo(scores.Max()));
    }

    /// <summary>A label that goes through a function of its own needs torch, whose convolutions of one picture are
    /// others than those of many.</summary>
    [Test]
    public void Where_torch_scores_the_threshold_is_above_the_scores_of_rows_alone()
    {
        LabeledRow[] rows = LabeledRows.Make(300);
        using AutoencoderAnomalyTransformer model = detector.Make(_ml, (nameof(AnomalyOptions.Contamination), 0f),
            (nameof(AnomalyOptions.ConditionColumnName), "Kind"),
            (nameof(AnomalyOptions.Network),
                Network.Compose(layers => layers.Tanh().Reshape(1, 3, 4).Convolution(5).Relu().Convolution(9))))
                .Fit(LabeledRows.View(_ml, rows));
        IDataView scored = model.Transform(LabeledRows.View(_ml, rows));
        float[] scores = ScoresOf(scored);
        using PredictionEngine<LabeledRow, Verdict> engine = _ml.Model.CreatePredictionEngine<LabeledRow, Verdict>(
            new TransformerChain<ITransformer>(LabeledRows.Keys(_ml), model),
            new PredictionEngineOptions { OwnsTransformer = false });
        Verdict[] alone = [.. rows.Select(row => engine.Predict(row))];
        Assert.That(LabelsOf(scored), Has.All.False);
        Assert.That(alone.Select(verdict => verdict.PredictedLabel), Has.All.False);
        // The least that has the margin: a millionth of the score, and a few times what rows alone were found to be
        // off by.
        float highest = Math.Max(scores.Max(), alone.Max(verdict => verdict.Score));
        double off = alone.Zip(scores, (verdict, score) => (double)Math.Abs(verdict.Score - score)).Max();
        Assert.That(model.Threshold, Is.GreaterThan(highest));
        Assert.That(model.Threshold - highest, Is.LessThan(2e-6 * Math.Abs(highest) + 5 * off));
        Assert.That(off, Is.LessThan(1e-5));
    }

    [Test]
    public void Validation_rows_set_the_threshold_where_there_are_some()
    {
        IDataView training = Rows.View(_ml, 40);
        // Far from what was learned, so that the two thresholds cannot be confused.
        Row[] far = [.. Rows.Make(21, seed: 5)
            .Select(row => new Row { Features = [.. row.Features.Select(x => 1 - 0.5f * x)] })];
        IDataView validation = _ml.Data.LoadFromEnumerable(far);
        using AutoencoderAnomalyTransformer model = detector.Make(_ml, (nameof(AnomalyOptions.Contamination), 0.2f))
            .Fit(training, validation);
        float[] scores = ScoresOf(model.Transform(validation));
        Assert.That(model.Threshold, Is.EqualTo(QuantileOf(scores, 0.8)).Within(1e-5));
        Assert.That(model.Threshold, Is.GreaterThan(ScoresOf(model.Transform(training)).Max()));
        Assert.That(model.History, Has.All.Property(nameof(TrainingEpoch.Validation)).Not.Null);
    }

    [Test]
    public void Rows_held_back_for_validation_set_the_threshold()
    {
        IDataView rows = Rows.View(_ml, 40);
        using AutoencoderAnomalyTransformer model = detector.Make(_ml, (nameof(AnomalyOptions.Contamination), 0f),
            (nameof(AnomalyOptions.Training),
            new TrainingOptions
            {
                Epochs = 3,
                BatchSize = 16,
                LearningRate = 1e-2f,
                Seed = 7,
                ValidationFraction = 0.1f,
            })).Fit(rows);
        float[] scores = ScoresOf(model.Transform(rows));
        // The greatest score of four rows is one of forty, and not the greatest of these.
        Assert.That(scores.Min(score => Math.Abs(score - model.Threshold)), Is.LessThan(1e-5));
        Assert.That(scores.Count(score => score > model.Threshold + 1e-5f), Is.InRange(1, 36));
    }

    [Test]
    public void A_threshold_beyond_all_numbers_is_refused()
    {
        Row[] far = Rows.Make(10);
        foreach (Row row in far)
            row.Features[1] = 3e38f;
        IDataView training = Rows.View(_ml, 40);
        IDataView validation = _ml.Data.LoadFromEnumerable(far);
        long before = LiveTensors.Now;
        Assert.That(() => detector.Make(_ml).Fit(training, validation),
            Throws.InvalidOperationException.With.Message.StartsWith("The threshold would be ")
            .And.Message.EndsWith(
                ": of the 10 rows that set it, more than the contamination of 0.01 have a score that is not a " +
                "finite number. Usual cause: validation rows with numbers far beyond those of the training rows."));
        Assert.That(LiveTensors.Now, Is.EqualTo(before));
    }

    [Test]
    public void A_changed_threshold_leaves_the_scores_alone()
    {
        using AutoencoderAnomalyTransformer model = FitFull((nameof(AnomalyOptions.Contamination), 0.1f));
        IDataView rows = Rows.View(_ml, 40);
        float[] scores = ScoresOf(model.Transform(rows));
        float threshold = scores.Order().ElementAt(10);
        using AutoencoderAnomalyTransformer changed = _ml.AnomalyDetection.ChangeModelThreshold(model, threshold);
        Assert.That(changed.Threshold, Is.EqualTo(threshold));
        Assert.That(ScoresOf(changed.Transform(rows)), Is.EqualTo(scores));
        Assert.That(LabelsOf(changed.Transform(rows)), Has.Exactly(29).True);
        Assert.That(LabelsOf(model.Transform(rows)), Has.Exactly(4).True);
        Assert.That((changed.Contamination, changed.FeatureErrorsColumnName, changed.History.Count),
            Is.EqualTo((model.Contamination, model.FeatureErrorsColumnName, model.History.Count)));
    }

    [Test]
    public void The_same_threshold_gives_the_same_detector()
    {
        using AutoencoderAnomalyTransformer model = FitFull();
        Assert.That(_ml.AnomalyDetection.ChangeModelThreshold(model, model.Threshold), Is.SameAs(model));
    }

    [Test]
    public void Either_detector_works_on_when_the_other_is_disposed([Values] bool original)
    {
        IDataView rows = Rows.View(_ml, 20, seed: 9);
        long before = LiveTensors.Now;
        AutoencoderAnomalyTransformer model = FitFull((nameof(AnomalyOptions.Scaling), InputScaling.MinMax));
        float[] scores = ScoresOf(model.Transform(rows));
        AutoencoderAnomalyTransformer changed = _ml.AnomalyDetection.ChangeModelThreshold(model, 123);
        (AutoencoderAnomalyTransformer first, AutoencoderAnomalyTransformer second) = original
            ? (model, changed) : (changed, model);
        first.Dispose();
        Assert.That(ScoresOf(second.Transform(rows)), Is.EqualTo(scores));
        Assert.That(() => ScoresOf(first.Transform(rows)), Throws.TypeOf<ObjectDisposedException>());
        second.Dispose();
        Assert.That(LiveTensors.Now, Is.EqualTo(before));
    }

    [TestCase(float.NaN, "NaN")]
    [TestCase(float.PositiveInfinity, "Infinity")]
    [TestCase(float.NegativeInfinity, "-Infinity")]
    public void A_threshold_that_is_no_finite_number_is_refused(float threshold, string told)
    {
        using AutoencoderAnomalyTransformer model = FitFull();
        Assert.That(() => _ml.AnomalyDetection.ChangeModelThreshold(model, threshold),
            Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Message.EqualTo(
                $"ChangeModelThreshold: threshold is {told}; it must be a finite number. (Parameter 'threshold')"));
    }

    [Test]
    public void Changing_the_threshold_needs_a_living_detector()
    {
        AutoencoderAnomalyTransformer model = FitFull();
        model.Dispose();
        Assert.That(() => _ml.AnomalyDetection.ChangeModelThreshold(model, 1),
            Throws.TypeOf<ObjectDisposedException>().With.Message.EqualTo(Disposed.Message));
        Assert.That(() => _ml.AnomalyDetection.ChangeModelThreshold((AutoencoderAnomalyTransformer)null!, 1),
            Throws.ArgumentNullException);
    }

    /// <summary>Interpolated linearly between the two nearest values.</summary>
    private static double QuantileOf(float[] values, double share)
    {
        double[] sorted = [.. values.Order().Select(value => (double)value)];
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 < sorted.Length
            ? sorted[below] * (1 - place + below) + sorted[below + 1] * (place - below) : sorted[below];
    }
}
