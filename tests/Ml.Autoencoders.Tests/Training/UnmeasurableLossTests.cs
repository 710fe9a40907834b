using Microsoft.ML;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Training;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Training;

/// <summary>Validation losses that are not finite numbers, beside a training loss that is one.</summary>
internal sealed class UnmeasurableLossTests : TensorTests
{
    private const string Causes =
        "Usual causes: validation rows far beyond the training rows (largest value seen: 1E+25; in training: 1), " +
        "a learning rate that is too high, inputs that are not scaled (see InputScaling).";

    [TestCase(2, 2)]
    [TestCase(20, 6)]
    public void Where_early_stopping_has_no_best_epoch_the_fit_ends_in_an_error(int patience, int last)
    {
        using AutoencoderModel model = Fitting.Model();
        Assert.That(() => Fitting.Fit(model, Options(new(patience)), ones(64, Row.Size), Far()),
            Throws.InvalidOperationException.With.Message.EqualTo(
            $"The validation loss was not a finite number in any epoch (epoch {last}: Infinity), so that early " +
            $"stopping has none to return to. {Causes}"));
    }

    [Test]
    public void Without_early_stopping_the_last_weights_are_kept_and_no_epoch_is_the_best()
    {
        using AutoencoderModel model = Fitting.Model();
        float[] last = [];
        TrainingResult result = Fitting.Fit(model, Options(null, _ => last = model.Numbers()),
            ones(64, Row.Size), Far());
        Assert.That((result.KeptEpoch, result.History.Count(epoch => epoch.IsBest)), Is.EqualTo((6, 0)));
        Assert.That(model.Numbers(), Is.EqualTo(last));
    }

    [Test]
    public void Epochs_without_a_finite_loss_are_passed_over_where_others_have_one()
    {
        using AutoencoderModel model = Fitting.Model();
        using Tensor validation = Far();
        var weights = new List<float[]>();
        // As if the weights had come to where the rows can be measured, and left again.
        TrainingResult result = Fitting.Fit(model, Options(new(patience: 3), epoch =>
        {
            weights.Add(model.Numbers());
            validation.fill_(epoch.Epoch == 2 ? 1f : float.NaN);
        }), ones(64, Row.Size), validation);
        Assert.That(result.History.Select(epoch => epoch.IsBest),
            Is.EqualTo(new[] { false, false, true, false, false, false }));
        Assert.That(result.KeptEpoch, Is.EqualTo(3));
        Assert.That(model.Numbers(), Is.EqualTo(weights[2]));
    }

    [Test]
    public void Patience_ends_before_a_finite_loss_that_comes_too_late()
    {
        using AutoencoderModel model = Fitting.Model();
        using Tensor validation = Far();
        Assert.That(() => Fitting.Fit(model,
            Options(new(patience: 2), epoch => validation.fill_(epoch.Epoch == 2 ? 1f : float.NaN)),
            ones(64, Row.Size), validation),
            Throws.InvalidOperationException.With.Message.Contains("(epoch 2: NaN)"));
    }

    [Test]
    public void Canceled_such_a_fit_gives_its_weights_as_they_are()
    {
        using AutoencoderModel model = Fitting.Model();
        using var source = new CancellationTokenSource();
        float[] last = [];
        var options = new TrainingOptions
        {
            Epochs = 6,
            BatchSize = 64,
            EarlyStopping = new(3),
            Cancellation = source.Token,
            OnEpoch = _ =>
            {
                last = model.Numbers();
                source.Cancel();
            },
        };
        TrainingResult result = Fitting.Fit(model, options, ones(64, Row.Size), Far());
        Assert.That((result.WasCanceled, result.KeptEpoch, result.History.Count), Is.EqualTo((true, 0, 1)));
        Assert.That(model.Numbers(), Is.EqualTo(last));
    }

    [TestCase(InputScaling.Standardize)]
    [TestCase(InputScaling.MinMax)]
    public void Where_rows_are_scaled_no_scaling_is_advised(InputScaling scaling)
    {
        var ml = new MLContext(seed: 1);
        var warnings = new Warnings(ml);
        AutoencoderEstimator Estimator(EarlyStopping? stopping) =>
            ml.Transforms.Autoencoders.Plain("Code", "Features", new()
            {
                CodeSize = 2,
                Network = Small.Network,
                Scaling = scaling,
                Training = new() { Epochs = 2, Seed = 1, EarlyStopping = stopping },
            });
        IDataView far = ml.Data.LoadFromEnumerable([new Row { Features = [.. Enumerable.Repeat(1e25f, Row.Size)] }]);
        using AutoencoderTransformer model = Estimator(null).Fit(Rows.View(ml, 40), far);
        string? warning =
            warnings.Lines.SingleOrDefault(line => line.StartsWith("The validation loss", StringComparison.Ordinal));
        string? error = Assert.Throws<InvalidOperationException>(() => Estimator(new(2))
            .Fit(Rows.View(ml, 40), far))!.Message;
        foreach (string? text in new[] { warning, error })
        {
            Assert.That(text,
                Does.Match(@"Usual causes: validation rows far beyond the training rows \(largest scaled value " +
                @"seen: [\d.]+E\+\d\d; in training: [\d.]+\), a learning rate that is too high " +
                $@"\(Scaling is {scaling}\)\.$"));
        }
    }

    private static Tensor Far() => full([5, Row.Size], 1e25f);

    private static TrainingOptions Options(EarlyStopping? stopping, Action<TrainingEpoch>? onEpoch = null) =>
        new() { Epochs = 6, BatchSize = 16, EarlyStopping = stopping, OnEpoch = onEpoch };
}
