using Microsoft.ML;
using NUnit.Framework.Constraints;

namespace Ml.Autoencoders.Tests.Conformance;

/// <content>Native memory, and what is refused.</content>
internal sealed partial class DetectorTests
{
    [Test]
    public void No_tensor_outlives_the_detector()
    {
        long before = LiveTensors.Now;
        using (AutoencoderAnomalyTransformer model = FitFull((nameof(AnomalyOptions.Scaling), InputScaling.MinMax)))
        {
            Assert.That(LiveTensors.Now, Is.GreaterThan(before));
            IDataView rows = Rows.View(_ml, 20);
            _ = ScoresOf(model.Transform(rows));
            _ = Bits.OfVectors(model.Transform(rows), "Errors");
            _ = _ml.Model.CreatePredictionEngine<Row, Verdict>(model).Predict(Rows.Make(1)[0]);
            ((IDisposable)SaveAndLoad(model, rows.Schema)).Dispose();
            _ml.AnomalyDetection.ChangeModelThreshold(model, 9).Dispose();
        }
        Assert.That(LiveTensors.Now, Is.EqualTo(before));
    }

    [Test]
    public void No_tensor_outlives_a_fit_that_failed_or_was_canceled()
    {
        Row[] bad = Rows.Make(40);
        bad[30].Features[3] = float.NaN;
        IDataView rows = Rows.View(_ml, 40);
        using var canceled = new CancellationTokenSource();
        canceled.Cancel();
        TrainingOptions Training(Action<TrainingEpoch>? onEpoch = null, CancellationToken cancellation = default) =>
            new()
            {
                Epochs = 3,
                BatchSize = 16,
                Seed = 7,
                OnEpoch = onEpoch,
                Cancellation = cancellation,
                ThrowOnCancellation = true,
            };

        long before = LiveTensors.Now;
        Assert.That(() => detector.Make(_ml).Fit(_ml.Data.LoadFromEnumerable(bad)), Throws.InvalidOperationException);
        Assert.That(() => detector.Make(_ml).Fit(rows, _ml.Data.LoadFromEnumerable(bad)),
            Throws.InvalidOperationException);
        Assert.That(() => detector.Make(_ml,
            (nameof(AnomalyOptions.Training), Training(_ => throw new TimeoutException()))).Fit(rows),
            Throws.TypeOf<TimeoutException>());
        Assert.That(() => detector.Make(_ml,
            (nameof(AnomalyOptions.Training), Training(cancellation: canceled.Token))).Fit(rows),
            Throws.TypeOf<OperationCanceledException>());
        Assert.That(LiveTensors.Now, Is.EqualTo(before));
    }

    [Test]
    public void A_canceled_fit_gives_a_detector_with_a_threshold_of_its_own_scores()
    {
        using var source = new CancellationTokenSource();
        var training = new TrainingOptions
        {
            Epochs = 100,
            BatchSize = 16,
            Seed = 7,
            OnEpoch = _ => source.Cancel(),
            Cancellation = source.Token,
        };
        IDataView rows = Rows.View(_ml, 40);
        using AutoencoderAnomalyTransformer model = detector.Make(_ml,
            (nameof(AnomalyOptions.Training), training)).Fit(rows);
        Assert.That(model.History, Has.Exactly(1).Items);
        Assert.That(model.Threshold, Is.EqualTo(QuantileOf(ScoresOf(model.Transform(rows)), 0.99)).Within(1e-5));
    }

    [Test]
    public void A_disposed_detector_says_so_everywhere()
    {
        AutoencoderAnomalyTransformer model = FitFull();
        Row[] rows = Rows.Make(2);
        IDataView view = _ml.Data.LoadFromEnumerable(rows);
        IDataView scored = model.Transform(view);
        PredictionEngine<Row, Verdict> engine = _ml.Model.CreatePredictionEngine<Row, Verdict>(model);
        model.Dispose();

        Action[] uses =
        [
            () => model.Transform(view),
            () => model.GetOutputSchema(view.Schema),
            () => ((ITransformer)model).GetRowToRowMapper(view.Schema),
            () => ScoresOf(scored),
            () => engine.Predict(rows[0]),
            () => _ml.Model.Save(model, view.Schema, Stream.Null),
        ];
        using (Assert.EnterMultipleScope())
        {
            foreach (Action use in uses)
                Assert.That(use, Throws.TypeOf<ObjectDisposedException>().With.Message.EqualTo(Disposed.Message));
        }
        Assert.That(model.Dispose, Throws.Nothing);
    }

    [Test]
    public void A_feature_column_that_cannot_be_read_is_refused_everywhere()
    {
        AutoencoderAnomalyEstimator estimator = detector.Make(_ml);
        IDataView good = Rows.View(_ml, 40);
        using AutoencoderAnomalyTransformer model = estimator.Fit(good);
        IDataView missing = _ml.Transforms.DropColumns("Features").Fit(good).Transform(good);
        IDataView doubles = _ml.Transforms.Conversion.ConvertType("Features",
            outputKind: Microsoft.ML.Data.DataKind.Double).Fit(good).Transform(good);
        IDataView wider = _ml.Transforms.Concatenate("Features", "Features", "Features").Fit(good).Transform(good);
        RequireRefusal(missing,
            Is.EqualTo("Could not find input column 'Features' among 'Label', 'Name'. (Parameter 'inputSchema')"));
        RequireRefusal(doubles,
            Does.StartWith(
                "Schema mismatch for input column 'Features': expected a vector of Single of known size, got " +
                "Vector<Double"));
        Assert.That(() => model.Transform(wider), Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Message.EqualTo(
                "Schema mismatch for input column 'Features': expected a vector of 12 Single, as in training, got " +
                "one of 24 (Parameter 'inputSchema')"));
        Assert.That(() => estimator.Fit(null!), Throws.ArgumentNullException);
        Assert.That(() => estimator.Fit(good, null!), Throws.ArgumentNullException);
        Assert.That(() => estimator.GetOutputSchema(null!), Throws.ArgumentNullException);
        Assert.That(() => model.Transform(null!), Throws.ArgumentNullException);

        void RequireRefusal(IDataView bad, Constraint message)
        {
            foreach (Action use in new Action[]
            {
                () => estimator.Fit(bad),
                () => estimator.GetOutputSchema(SchemaShape.Create(bad.Schema)),
                () => model.Transform(bad),
                () => model.GetOutputSchema(bad.Schema),
            })
                Assert.That(Assert.Throws<ArgumentOutOfRangeException>(() => use())!.Message, message);
        }
    }

    [Test]
    public void Validation_by_a_data_view_and_by_a_share_at_once_is_refused()
    {
        IDataView rows = Rows.View(_ml, 40);
        AutoencoderAnomalyEstimator estimator = detector.Make(_ml,
            (nameof(AnomalyOptions.Training), new TrainingOptions { ValidationFraction = 0.2f }));
        Assert.That(() => estimator.Fit(rows, rows), Throws.InvalidOperationException.With.Message.EqualTo(
            "The fit is given a validation data view, and TrainingOptions.ValidationFraction is 0.2. Use one of the " +
            "two."));
    }
}
