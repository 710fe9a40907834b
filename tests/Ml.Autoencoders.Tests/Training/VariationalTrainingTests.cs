using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Persistence;

namespace Ml.Autoencoders.Tests.Training;

/// <summary>What the weight of the divergence does to the codes that are learned.</summary>
internal sealed class VariationalTrainingTests
{
    private readonly MLContext _ml = new();

    [Test]
    public void A_large_beta_takes_every_code_to_the_prior_and_none_leaves_them_free()
    {
        using AutoencoderTransformer collapsed = Fit(epochs: 20, beta: 100);
        using AutoencoderTransformer free = Fit(epochs: 20, beta: 0);

        Assert.That(Numbers(collapsed, "Code").Average(mean => mean * mean), Is.LessThan(0.01));
        Assert.That(Numbers(collapsed, "Spread").Average(Math.Abs), Is.LessThan(0.1));
        Assert.That(Numbers(free, "Code").Average(mean => mean * mean), Is.GreaterThan(0.5));
        Assert.That(Numbers(free, "Spread").Average(), Is.LessThan(-2));
    }

    [Test]
    public void The_divergence_of_the_history_falls_with_beta()
    {
        double[] divergences = [.. new[] { 0.1f, 1, 10 }.Select(beta =>
        {
            using AutoencoderTransformer model = Fit(epochs: 10, beta);
            return model.History[^1].Training.Terms["kl"];
        })];

        Assert.That(divergences.Zip(divergences.Skip(1), (lower, higher) => lower / higher), Has.All.GreaterThan(1.2));
    }

    [Test]
    public void Free_bits_keep_the_divergence_up()
    {
        using AutoencoderTransformer kept = Fit(epochs: 20, beta: 100, freeBits: 0.5f, variance: 0.001f);
        using AutoencoderTransformer collapsed = Fit(epochs: 20, beta: 100, variance: 0.001f);

        Assert.That(Divergences(kept), Has.All.InRange(0.25, 0.75));
        Assert.That(Divergences(collapsed), Has.All.LessThan(0.1));
    }

    [Test]
    public void A_warm_up_that_hardly_begins_trains_as_if_the_weight_were_nothing()
    {
        // At most a 10,000th of the weight is reached in one epoch.
        using AutoencoderTransformer warming = Fit(epochs: 1, beta: 5, warmup: KlWarmup.Linear(10_000));
        using AutoencoderTransformer none = Fit(epochs: 1, beta: 0);
        using AutoencoderTransformer whole = Fit(epochs: 1, beta: 5);

        Assert.That(Distance(warming, none), Is.LessThan(Distance(whole, none) / 20));
    }

    [Test]
    public void A_warm_up_changes_the_fit_and_what_it_reports_has_the_whole_weight()
    {
        using AutoencoderTransformer warming = Fit(epochs: 3, beta: 5, warmup: KlWarmup.Linear(2));
        using AutoencoderTransformer whole = Fit(epochs: 3, beta: 5);

        Assert.That(Distance(warming, whole), Is.GreaterThan(0.01));
        foreach (EpochLoss loss in warming.History.SelectMany(epoch => new[] { epoch.Training, epoch.Validation! }))
            Assert.That(loss.Total, Is.EqualTo(loss.Terms["reconstruction"] + 5 * loss.Terms["kl"]).Within(1e-9));
        Assert.That(warming.History[0].Training.Terms["kl"], Is.GreaterThan(whole.History[0].Training.Terms["kl"]));
    }

    [Test]
    public void Epochs_are_measured_with_the_same_draws()
    {
        // A learning rate of next to nothing leaves the weights as they are.
        using AutoencoderTransformer model = Fit(epochs: 3, variance: 0.1f, rate: 1e-20f);

        Assert.That(model.History.Select(epoch => epoch.Validation!.Total).Distinct().Count(), Is.EqualTo(1));
        Assert.That(model.History.Select(epoch => epoch.Training.Total), Is.Unique,
            "training draws anew in every epoch");
    }

    [Test]
    public void The_learned_variance_is_the_error_that_the_rows_are_left_with()
    {
        using AutoencoderTransformer model = Fit(epochs: 20);
        using var folder = new TemporaryFolder();
        model.SaveWeights(folder.File("weights"));
        using FileStream stream = File.OpenRead(folder.File("weights"));
        float[] variance = new SafeTensorsReader(stream).Read(LearnedGaussianLikelihood.VarianceName);

        double error = model.Transform(Rows.View(_ml, 200)).GetColumn<float>("Error").Average();

        // Training decodes draws, the column the means; the draws' error is a little larger.
        Assert.That(variance[0], Is.InRange(error * 0.8, error * 2));
    }

    private AutoencoderTransformer Fit(int epochs, float beta = 1, float freeBits = 0, KlWarmup? warmup = null,
        float? variance = null, float rate = 1e-2f) =>
        _ml.Transforms.Autoencoders.Variational("Code", "Features", new VariationalOptions
        {
            CodeSize = Stage.CodeSize,
            Network = Small.Network,
            Beta = beta,
            FreeBits = freeBits,
            Warmup = warmup ?? KlWarmup.None,
            OutputVariance = variance,
            ErrorColumnName = "Error",
            LogVarianceColumnName = "Spread",
            Training = new() { Epochs = epochs, BatchSize = 16, LearningRate = rate, Seed = 7 },
        }).Fit(Rows.View(_ml, 200), Rows.View(_ml, 30, seed: 5));

    private double[] Numbers(AutoencoderTransformer model, string column) =>
        [.. model.Transform(Rows.View(_ml, 200)).GetColumn<float[]>(column).SelectMany(row => row)
            .Select(number => (double)number)];

    /// <summary>Of each dimension, the mean over the rows.</summary>
    private double[] Divergences(AutoencoderTransformer model)
    {
        double[] rows = [.. Numbers(model, "Code")
            .Zip(Numbers(model, "Spread"), (mean, log) => (mean * mean + Math.Exp(log) - 1 - log) / 2)];
        return [.. Enumerable.Range(0, Stage.CodeSize)
            .Select(slot => rows.Where((_, i) => i % Stage.CodeSize == slot).Average())];
    }

    private double Distance(AutoencoderTransformer first, AutoencoderTransformer second) =>
        Numbers(first, "Spread").Zip(Numbers(second, "Spread"), (a, b) => Math.Abs(a - b)).Max();
}
