using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Windows;

/// <summary>Windows of a <c>PredictionEngine</c>, which takes one row after the other.</summary>
internal sealed class WindowEngineTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly SeriesRow[] _rows = SeriesRow.Random(80, groups: 3, seed: 6);

    private float[][] Expected => WindowOracle.Of(_rows, 4, row => [row.Pressure, row.Pressure]);

    [Test]
    public void An_engine_makes_the_windows_of_the_rows_that_it_was_given()
    {
        ITransformer model = Pipeline().Fit(SeriesRow.View(_ml, _rows));
        using PredictionEngine<SeriesRow, Windowed> engine =
            _ml.Model.CreatePredictionEngine<SeriesRow, Windowed>(model);
        Assert.That(_rows.Select(row => engine.Predict(row).Window), Is.EqualTo(Expected));
    }

    [Test]
    public void Each_engine_starts_without_rows_and_has_its_own()
    {
        ITransformer model = Pipeline().Fit(SeriesRow.View(_ml, _rows));
        using PredictionEngine<SeriesRow, Windowed> one =
            _ml.Model.CreatePredictionEngine<SeriesRow, Windowed>(model);
        using PredictionEngine<SeriesRow, Windowed> other =
            _ml.Model.CreatePredictionEngine<SeriesRow, Windowed>(model);
        for (int i = 0; i < 40; i++)
            one.Predict(_rows[i]);
        Assert.That(_rows.Select(row => other.Predict(row).Window), Is.EqualTo(Expected));
        Assert.That(_rows[40..].Select(row => one.Predict(row).Window), Is.EqualTo(Expected[40..]));
    }

    /// <summary>A row is taken once, however many stages read its window.</summary>
    [Test]
    public void Stages_that_read_the_same_window_see_the_same()
    {
        ITransformer model = Pipeline().Append(_ml.Transforms.CopyColumns("Copy", "Window"))
            .Append(_ml.Transforms.Concatenate("Both", "Window", "Copy")).Fit(SeriesRow.View(_ml, _rows));
        using PredictionEngine<SeriesRow, Twice> engine =
            _ml.Model.CreatePredictionEngine<SeriesRow, Twice>(model);
        Twice[] found = [.. _rows.Select(engine.Predict)];
        Assert.That(found.Select(row => row.Window), Is.EqualTo(Expected));
        Assert.That(found.Select(row => row.Copy), Is.EqualTo(Expected));
        Assert.That(found.Select(row => row.Both), Is.EqualTo(Expected.Select(window => window.Concat(window))));
    }

    [Test]
    public void A_row_that_is_refused_is_not_in_the_windows_after_it()
    {
        ITransformer model = _ml.Transforms.SlidingWindow("Window", ["Pressure"], 2, timeColumnName: "Time")
            .Fit(SeriesRow.View(_ml, _rows));
        using PredictionEngine<SeriesRow, Windowed> engine =
            _ml.Model.CreatePredictionEngine<SeriesRow, Windowed>(model);
        engine.Predict(SeriesRow.At(1, 1));
        Assert.That(() => engine.Predict(SeriesRow.At(0, 2)), Throws.InvalidOperationException.With.Message
            .StartsWith("Column 'Time', row 1: the time is 2026-01-01T00:00:00.0000000, before 2026-01-01T00:00:01"));
        Assert.That(engine.Predict(SeriesRow.At(2, 3)).Window, Is.EqualTo(new float[] { 1, 3 }));
    }

    [Test]
    public void A_detector_after_windows_scores_as_in_a_view()
    {
        IDataView rows = SeriesRow.View(_ml, SeriesRow.Make(60));
        var pipeline = _ml.Transforms.SlidingWindow("Window", ["Pressure"],
            new SlidingWindowOptions { Length = 4, Start = WindowStart.FirstRow })
            .Append(_ml.AnomalyDetection.Trainers.Autoencoder("Window", new()
            {
                CodeSize = 1,
                Network = Small.Network,
                Training = Small.Training(1),
            }));
        using var model = pipeline.Fit(rows);
        float[] expected = [.. model.Transform(rows).GetColumn<float>("Score")];
        using PredictionEngine<SeriesRow, Scored> engine = _ml.Model.CreatePredictionEngine<SeriesRow, Scored>(model,
            new PredictionEngineOptions { OwnsTransformer = false });
        Assert.That(SeriesRow.Make(60).Select(row => engine.Predict(row).Score), Is.EqualTo(expected));
        WindowTracker tracker = model.GetSlidingWindow().CreateTracker();
        AutoencoderAnomalyTransformer detector = model.GetAnomalyDetector();
        Assert.That(SeriesRow.Make(60).Select(row => detector.Score(tracker.Push([row.Pressure])!)),
            Is.EqualTo(expected));
        Assert.That(detector.FeatureColumnStage, Is.EqualTo("SlidingWindowTransformer"));
    }

    [Test]
    public void An_encoder_of_single_rows_is_refused()
    {
        IDataView rows = SeriesRow.View(_ml, SeriesRow.Make(40));
        var pipeline = _ml.Transforms.SlidingWindow("Window", ["Pressure"],
            new SlidingWindowOptions { Length = 4, Start = WindowStart.FirstRow })
            .Append(_ml.Transforms.Autoencoders.Plain("Code", "Window",
                new() { CodeSize = 1, Network = Small.Network, Training = Small.Training(1) }));
        using var model = pipeline.Fit(rows);
        Assert.That(() => _ml.Model.CreateEncoder<SeriesRow>(model, "Code"), Throws.ArgumentException.With.Message
            .EqualTo("The model makes windows of several rows ('Window') before the autoencoder, and an encoder " +
                "takes each row by itself, on any thread. Make windows of rows that come one by one with " +
                "model.GetSlidingWindow().CreateTracker(), and encode those: GetAutoencoder(...).Encode(window). " +
                "(Parameter 'model')"));
    }

    [Test]
    public void The_stage_is_found_in_a_model()
    {
        IDataView rows = SeriesRow.View(_ml, _rows);
        ITransformer copies = _ml.Transforms.CopyColumns("Copy", "Pressure").Fit(rows);
        SlidingWindowTransformer windows = _ml.Transforms.SlidingWindow("Window", ["Pressure"], 2).Fit(rows);
        var chain = new TransformerChain<ITransformer>(copies, windows);
        Assert.That(new TransformerChain<ITransformer>(chain, copies).GetSlidingWindow(), Is.SameAs(windows));
        Assert.That(windows.GetSlidingWindow(), Is.SameAs(windows));
        Assert.That(copies.GetSlidingWindow, Throws.ArgumentException.With.Message
            .StartsWith("The model holds no stage that makes windows."));
        Assert.That(new TransformerChain<ITransformer>(windows, windows).GetSlidingWindow,
            Throws.ArgumentException.With.Message
                .StartsWith("The model holds more than one stage that makes windows."));
    }

    private EstimatorChain<SlidingWindowTransformer> Pipeline() => _ml.Transforms.CopyColumns("Value", "Pressure")
        .Append(_ml.Transforms.SlidingWindow("Window", ["Value", "Pressure"], 4, "Pump", "Time"));

    private class Windowed
    {
        public float[] Window { get; set; } = [];
    }

    private sealed class Twice : Windowed
    {
        public float[] Copy { get; set; } = [];

        public float[] Both { get; set; } = [];
    }

    private sealed class Scored
    {
        public float Score { get; set; }
    }
}
