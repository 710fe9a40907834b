using Ml.Autoencoders.Models;
using Ml.Autoencoders.Training;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Training;

internal sealed class EarlyStoppingTests : TensorTests
{
    [Test]
    public void A_fit_whose_validation_loss_rises_stops_and_goes_back_to_its_best_epoch()
    {
        var weights = new List<float[]>();
        using AutoencoderModel model = Fitting.Model();

        TrainingResult result = FitAwayFromValidation(model, new EarlyStopping(patience: 3), weights);

        Assert.Multiple(() =>
        {
            Assert.That(result.History, Has.Count.EqualTo(4));
            Assert.That(result.KeptEpoch, Is.EqualTo(1));
            Assert.That(result.WasCanceled, Is.False);
            Assert.That(result.History.Select(epoch => epoch.IsBest), Is.EqualTo(new[] { true, false, false, false }));
            Assert.That(model.Numbers(), Is.EqualTo(weights[0]));
            Assert.That(weights[3], Is.Not.EqualTo(weights[0]));
        });
    }

    [Test]
    public void Without_it_every_epoch_is_run_and_the_last_weights_are_kept()
    {
        var weights = new List<float[]>();
        using AutoencoderModel model = Fitting.Model();

        TrainingResult result = FitAwayFromValidation(model, null, weights);

        Assert.Multiple(() =>
        {
            Assert.That(result.History, Has.Count.EqualTo(10));
            Assert.That(result.KeptEpoch, Is.EqualTo(10));
            Assert.That(model.Numbers(), Is.EqualTo(weights[^1]));
        });
    }

    [Test]
    public void Without_validation_rows_the_training_loss_is_watched()
    {
        using AutoencoderModel model = Fitting.Model();

        // No weight moves and the rows are all the same, so no epoch improves on the first.
        TrainingResult result = Fitting.Fit(model, Options(new EarlyStopping(patience: 2), learningRate: 1e-30f),
            ones(32, Row.Size));

        Assert.That(result.History, Has.Count.EqualTo(3));
    }

    [Test]
    public void An_improvement_below_the_least_that_counts_does_not_go_on_but_is_kept()
    {
        using AutoencoderModel model = Fitting.Model();

        TrainingResult result = Fitting.Fit(model, Options(new EarlyStopping(patience: 2, minImprovement: 1e6), 1e-3f),
            Fitting.Data(64));

        Assert.Multiple(() =>
        {
            Assert.That(result.History, Has.Count.EqualTo(3));
            Assert.That(result.History.Select(epoch => epoch.Training.Total), Is.Ordered.Descending);
            Assert.That(result.KeptEpoch, Is.EqualTo(3));
        });
    }

    [Test]
    public void Small_improvements_count_once_they_add_up()
    {
        using AutoencoderModel model = Fitting.Model();
        TrainingResult free = Fitting.Fit(model, Options(null, 1e-3f), Fitting.Data(64));
        double step = free.History[0].Training.Total - free.History[1].Training.Total;

        // One step is too little, two are enough.
        using AutoencoderModel again = Fitting.Model();
        TrainingResult result = Fitting.Fit(again,
            Options(new EarlyStopping(patience: 3, minImprovement: 1.3 * step), 1e-3f), Fitting.Data(64));

        Assert.That(result.History, Has.Count.EqualTo(10));
    }

    [TestCase(0, 0d, "EarlyStopping: patience is 0; it must be at least 1. (Parameter 'patience')")]
    [TestCase(1, -0.5, "EarlyStopping: minImprovement is -0.5; it must be at least 0. (Parameter 'minImprovement')")]
    [TestCase(1, double.NaN,
        "EarlyStopping: minImprovement is NaN; it must be a finite number. (Parameter 'minImprovement')")]
    public void Parameters_out_of_their_range_are_refused(int patience, double minImprovement, string message) =>
        Assert.That(() => new EarlyStopping(patience, minImprovement),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(message));

    /// <summary>
    /// Learns ones and is measured on minus ones, so that each epoch is worse than the one before it.
    /// </summary>
    private static TrainingResult FitAwayFromValidation(AutoencoderModel model, EarlyStopping? stopping,
        List<float[]> weights) =>
        Fitting.Fit(model, Options(stopping, 1e-2f, _ => weights.Add(model.Numbers())), ones(64, Row.Size),
            -ones(16, Row.Size));

    private static TrainingOptions Options(EarlyStopping? stopping, float learningRate,
        Action<TrainingEpoch>? onEpoch = null) =>
        new() { Epochs = 10, BatchSize = 16, LearningRate = learningRate, EarlyStopping = stopping, OnEpoch = onEpoch };
}
