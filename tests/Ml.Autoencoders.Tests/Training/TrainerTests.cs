using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Objectives;
using Ml.Autoencoders.Training;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Training;

internal sealed class TrainerTests : TensorTests
{
    [TestCase(ReconstructionLoss.MeanSquaredError)]
    [TestCase(ReconstructionLoss.BinaryCrossEntropy)]
    public void The_loss_goes_down(ReconstructionLoss loss)
    {
        using AutoencoderModel model = Fitting.Model(objective: new ReconstructionObjective(Likelihood.Of(loss)));
        Tensor rows = Fitting.Data(200);

        TrainingResult result = Fitting.Fit(model, Small.Training(epochs: 15), rows);

        double first = result.History[0].Training.Total;
        double last = result.History[^1].Training.Total;
        double least = loss == ReconstructionLoss.BinaryCrossEntropy ? Entropy(rows) : 0;
        Assert.Multiple(() =>
        {
            Assert.That(last - least, Is.LessThan((first - least) / 3));
            Assert.That(last, Is.GreaterThan(least));
            Assert.That(result.History.Select(epoch => epoch.Epoch), Is.EqualTo(Enumerable.Range(1, 15)));
            Assert.That(result.History, Has.All.Property("Epochs").EqualTo(15).And.Property("RowsPerSecond").Positive);
        });
    }

    [Test]
    public void The_same_seed_gives_the_same_bits_and_another_seed_others()
    {
        float[] first = Train(seed: 5);

        Assert.Multiple(() =>
        {
            Assert.That(Train(seed: 5), Is.EqualTo(first));
            Assert.That(Train(seed: 6), Is.Not.EqualTo(first));
        });

        static float[] Train(int seed)
        {
            // Everything that draws: row order, corruption and dropout.
            Network network = Network.Compose(layers => layers.Linear(8).BatchNorm().Relu().Dropout(0.2f));
            using AutoencoderModel model = Fitting.Model(network, corruption: Corruption.Gaussian(0.1f));
            Fitting.Fit(model, new TrainingOptions { Epochs = 2, BatchSize = 16, Seed = seed }, Fitting.Data(50));
            return model.Numbers();
        }
    }

    [Test]
    public void Training_leaves_the_global_generator_and_the_rows_alone()
    {
        using AutoencoderModel model = Fitting.Model(Network.Compose(layers => layers.Linear(8).Dropout()),
            corruption: Corruption.Masking(0.5f));
        Tensor rows = Fitting.Data(50);
        float[] numbers = rows.Floats();
        byte[] before = get_rng_state().bytes.ToArray();

        Fitting.Fit(model, Small.Training(), rows, rows);

        Assert.Multiple(() =>
        {
            Assert.That(get_rng_state().bytes.ToArray(), Is.EqualTo(before));
            Assert.That(rows.Floats(), Is.EqualTo(numbers));
        });
    }

    [Test]
    public void Validation_sees_the_same_corruption_in_each_epoch_and_training_another()
    {
        using AutoencoderModel model = Fitting.Model(corruption: Corruption.Masking(0.5f));
        // Too low to move a weight.
        var options = new TrainingOptions { Epochs = 3, BatchSize = 16, LearningRate = 1e-30f };

        TrainingResult result = Fitting.Fit(model, options, Fitting.Data(64), Fitting.Data(64, seed: 2));

        Assert.Multiple(() =>
        {
            Assert.That(result.History.Select(epoch => epoch.Validation!.Total).Distinct().Count(), Is.EqualTo(1));
            Assert.That(result.History.Select(epoch => epoch.Training.Total).Distinct().Count(), Is.EqualTo(3));
        });
    }

    [Test]
    public void The_validation_loss_is_that_of_the_weights_at_the_end_of_the_epoch_over_all_rows()
    {
        using AutoencoderModel model = Fitting.Model(Network.Dense([8], Activation.Relu, batchNorm: true));
        Tensor validation = Fitting.Data(1027, seed: 2);

        TrainingResult result = Fitting.Fit(model, Small.Training(epochs: 1), Fitting.Data(64), validation);

        Assert.That(result.History[0].Validation!.Total, Is.EqualTo(model.Error(validation)).Within(1e-6));
    }

    [Test]
    public void The_training_loss_is_the_mean_over_all_rows_as_they_were_met()
    {
        using AutoencoderModel model = Fitting.Model();
        Tensor rows = Fitting.Data(50);
        double expected = model.Error(rows);

        TrainingResult result = Fitting.Fit(model,
            new TrainingOptions { Epochs = 1, BatchSize = 16, LearningRate = 1e-30f }, rows);

        Assert.That(result.History[0].Training.Total, Is.EqualTo(expected).Within(1e-7));
    }

    [Test]
    public void Each_epoch_tells_the_rate_of_its_last_batch()
    {
        using AutoencoderModel model = Fitting.Model();
        var options = new TrainingOptions
        {
            Epochs = 2,
            LearningRate = 0.01f,
            Schedule = LearningRateSchedule.Cosine(0.1f),
        };

        TrainingResult result = Fitting.Fit(model, options, Fitting.Data(50));

        Assert.That(result.History.Select(epoch => epoch.LearningRate),
            Is.EqualTo(new[] { 0.01, 0.0055 }).Within(1e-8));
    }

    [Test]
    public void A_loss_that_is_no_number_ends_the_fit_and_says_where()
    {
        using AutoencoderModel model = Fitting.Model(Network.Dense());

        Assert.That(() => Fitting.Fit(model, new TrainingOptions { Epochs = 20, BatchSize = 16, LearningRate = 1e30f },
            3 * ones(64, Row.Size)),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "The loss became Infinity in epoch 1, batch 2 (learning rate 1E+30). Usual causes: a learning rate " +
                "that is too high, inputs that are not scaled (largest value seen: 3; see InputScaling). No epoch " +
                "was completed."));
    }

    [Test]
    public void A_loss_that_is_no_number_later_names_the_best_epoch_and_keeps_history_of_it()
    {
        using AutoencoderModel model = Fitting.Model(Network.Dense());
        var reported = new List<int>();
        // One batch an epoch; the second epoch's update is the first to go wrong.
        var options = new TrainingOptions
        {
            Epochs = 20,
            LearningRate = 1e15f,
            BatchSize = 64,
            OnEpoch = epoch => reported.Add(epoch.Epoch),
        };

        Assert.That(() => Fitting.Fit(model, options, -84_213 * ones(64, Row.Size)),
            Throws.InvalidOperationException.With.Message.EqualTo(
            "The loss became Infinity in epoch 2, batch 1 (learning rate 1E+15). Usual causes: a learning rate that " +
            "is too high, inputs that are not scaled (largest value seen: 84,213; see InputScaling). The best " +
            "weights so far are from epoch 1."));
        Assert.That(reported, Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public void A_last_update_that_goes_wrong_is_not_kept()
    {
        using AutoencoderModel model = Fitting.Model(Network.Dense());
        var options = new TrainingOptions { Epochs = 1, LearningRate = 1e30f, BatchSize = 64 };

        Assert.That(() => Fitting.Fit(model, options, -84_213 * ones(64, Row.Size)),
            Throws.InvalidOperationException.With.Message.EqualTo(
            "The weights stopped being finite numbers in epoch 1, batch 1 (learning rate 1E+30). Usual causes: a " +
            "learning rate that is too high, inputs that are not scaled (largest value seen: 84,213; see " +
            "InputScaling). No epoch was completed."));
    }

    [Test]
    public void An_exception_of_the_caller_ends_the_fit()
    {
        using AutoencoderModel model = Fitting.Model();

        Assert.Multiple(() =>
        {
            Assert.That(() => Fitting.Fit(model, Small.Training(onEpoch: _ => throw new FormatException("mine")),
                Fitting.Data(50)),
                Throws.TypeOf<FormatException>().With.Message.EqualTo("mine"));
            Assert.That(() => Fitting.Fit(model, Small.Training(), Fitting.Data(50),
                checkAlive: () => throw new FormatException("alive")),
                Throws.TypeOf<FormatException>().With.Message.EqualTo("alive"));
        });
    }

    [Test]
    public void Batches_of_one_row_train()
    {
        using AutoencoderModel model = Fitting.Model();

        TrainingResult result = Fitting.Fit(model, new TrainingOptions { Epochs = 5, BatchSize = 1 }, Fitting.Data(40));

        Assert.That(result.History[^1].Training.Total, Is.LessThan(result.History[0].Training.Total));
    }

    private static double Entropy(Tensor rows) =>
        rows.Doubles().Average(x => (x <= 0 ? 0 : -x * Math.Log(x)) - (x >= 1 ? 0 : (1 - x) * Math.Log(1 - x)));
}
