using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Objectives;
using Ml.Autoencoders.Rows;
using Ml.Autoencoders.Tensors;
using Ml.Autoencoders.Training;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Training;

/// <summary>Zeros and ones that are drawn by gray values: what a fit trains on and measures.</summary>
internal sealed class BinarizationTests : TensorTests
{
    private const int Count = 500;
    private const int Epochs = 4;
    private const int BatchSize = 64;

    private static readonly float[] Greys = [0, 0.02f, 0.1f, 0.25f, 0.4f, 0.5f, 0.6f, 0.75f, 0.9f, 0.98f, 0.5f, 1];

    [Test]
    public void Ones_are_as_frequent_as_rows_are_bright()
    {
        float[] drawn = All(Fit(Rows()).Trained);
        Assert.That(drawn, Has.All.EqualTo(0).Or.EqualTo(1));
        int draws = Epochs * Count;
        Assert.That(drawn, Has.Length.EqualTo(draws * Greys.Length));
        double[] rates = Rates(drawn);
        for (int slot = 0; slot < Greys.Length; slot++)
        {
            double error = Math.Sqrt(Greys[slot] * (1 - (double)Greys[slot]) / draws);
            Assert.That(rates[slot], Is.EqualTo(Greys[slot]).Within(4 * error), $"slot {slot}; 0 and 1 exactly");
        }
        // Slots are drawn each for itself: 5 and 10 are equally bright, and agree half of the time.
        double agree = drawn.Chunk(Greys.Length).Average(row => row[5] == row[10] ? 1.0 : 0);
        Assert.That(agree, Is.EqualTo(0.5).Within(4 * 0.5 / Math.Sqrt(draws)));
    }

    [Test]
    public void Every_epoch_draws_anew_and_every_fit_with_the_same_seed_the_same()
    {
        Recorded first = Fit(Rows());
        float[][] epochs = [.. All(first.Trained).Chunk(Count * Greys.Length)];
        Assert.That(epochs, Has.Length.EqualTo(Epochs));
        for (int epoch = 1; epoch < Epochs; epoch++)
            RequireIndependence(epochs[epoch], epochs[0]);
        Assert.That(All(Fit(Rows()).Trained), Is.EqualTo(All(first.Trained)));
        Assert.That(All(Fit(Rows(), seed: 8).Trained), Is.Not.EqualTo(All(first.Trained)));
    }

    [Test]
    public void What_is_encoded_is_what_is_reconstructed()
    {
        Recorded found = Fit(Rows(), validation: Rows());
        Assert.That(All(found.Encoded), Is.EqualTo(All(found.Targets)));
    }

    [Test]
    public void Every_step_of_a_batch_has_the_same_draw()
    {
        Recorded found = Fit(Rows(), steps: 2);
        Assert.That(found.Trained, Has.Count.EqualTo(2 * Epochs * Batches.Of(Count, BatchSize).Count()));
        for (int i = 0; i < found.Trained.Count; i += 2)
            Assert.That(found.Trained[i], Is.EqualTo(found.Trained[i + 1]));
    }

    [Test]
    public void A_target_is_drawn_for_itself()
    {
        RowBatch paired = Rows() with { Targets = Rows().Values };
        Recorded found = Fit(paired);
        float[] encoded = All(found.Encoded);
        float[] targets = All(found.Targets);
        Assert.That(targets, Has.All.EqualTo(0).Or.EqualTo(1));
        RequireIndependence(encoded, targets);
        Assert.That(Rates(All(found.Targets)),
            Is.EqualTo(Greys).Within(4 * 0.5 / Math.Sqrt(Epochs * Count)));
    }

    [Test]
    public void Validation_rows_are_drawn_the_same_in_every_epoch()
    {
        Recorded found = Fit(Rows(), validation: Rows());
        float[][] epochs = [.. All(found.Measured).Chunk(Count * Greys.Length)];
        Assert.That(epochs, Has.Length.EqualTo(Epochs));
        Assert.That(epochs[0], Has.All.EqualTo(0).Or.EqualTo(1));
        Assert.That(epochs[1..], Has.All.EqualTo(epochs[0]));
        Assert.That(Rates(All(found.Measured)), Is.EqualTo(Greys).Within(4 * 0.5 / Math.Sqrt(Count)));
    }

    [Test]
    public void Rows_are_as_they_come_otherwise()
    {
        Recorded found = Fit(Rows(), validation: Rows(), binarization: Binarization.None);
        foreach (float[] row in All([.. found.Targets, .. found.Encoded]).Chunk(Greys.Length))
            Assert.That(row, Is.EqualTo(Greys));
    }

    private static float[] All(IEnumerable<float[]> batches) => [.. batches.SelectMany(batch => batch)];

    /// <summary>The mean of each slot.</summary>
    private static double[] Rates(float[] rows) =>
        [.. Enumerable.Range(0, Greys.Length)
            .Select(slot => rows.Chunk(Greys.Length).Average(row => (double)row[slot]))];

    private static RowBatch Rows() => new(tensor(Greys).repeat(Count, 1));

    /// <summary>Draws of the same gray values agree with probability p² + (1 - p)².</summary>
    private static void RequireIndependence(float[] one, float[] other)
    {
        double expected = Greys.Average(gray => gray * gray + (1 - gray) * (1 - gray));
        double found = one.Zip(other, (first, second) => first == second ? 1.0 : 0).Average();
        Assert.That(found, Is.EqualTo(expected).Within(4 * 0.5 / Math.Sqrt(one.Length)));
    }

    private static Recorded Fit(RowBatch rows, RowBatch? validation = null,
        Binarization binarization = Binarization.Dynamic, int steps = 1, int seed = 7)
    {
        var recorded = new Recorded();
        var objective = new RecordingObjective(new BernoulliLikelihood(), recorded, steps);
        var corruption = new RecordingCorruption(recorded);
        using AutoencoderModel plain = Fitting.Model(objective: objective, corruption: corruption);
        ModelDefinition definition = plain.Definition with { Binarization = binarization };
        // The weights are those of the other, which disposes them.
        var model = new AutoencoderModel(definition, plain.Weights, null, CPU);
        TrainingOptions options = new TrainingOptions { Epochs = Epochs, BatchSize = BatchSize, LearningRate = 1e-3f }
            .Completed(Defaults.Standard);
        using var trainer = new Trainer(
            model, options, new RandomStreams(seed), new TrainingCalls(_ => { }, () => { }, _ => { }));
        trainer.Fit(new TrainingData(new TableRows(rows), validation is null ? null : new TableRows(validation)));
        return recorded;
    }

    /// <summary>What losses and encoder were given, batch by batch.</summary>
    private sealed class Recorded
    {
        public List<float[]> Trained { get; } = [];

        public List<float[]> Measured { get; } = [];

        public List<float[]> Targets { get; } = [];

        public List<float[]> Encoded { get; } = [];

        public static void Keep(Tensor tensor, params List<float[]>[] lists)
        {
            float[] kept = tensor.detach().Floats();
            foreach (List<float[]> list in lists)
                list.Add(kept);
        }
    }

    private sealed class RecordingCorruption(Recorded recorded) : Corruption
    {
        private protected override IReadOnlyList<object?> Values => [recorded];

        internal override Tensor Apply(Tensor rows, Shape shape, Generator random)
        {
            Recorded.Keep(rows, recorded.Encoded);
            return rows;
        }
    }

    private sealed record RecordingObjective(Likelihood Likelihood, Recorded Recorded, int Count)
        : Objective(Likelihood)
    {
        public override IReadOnlyList<ObjectiveStep> Steps() =>
            [.. Enumerable.Repeat(new ObjectiveStep(network => network.Trained, Loss), Count)];

        public override double ReconstructionOfMean(Tensor rows) => 0;

        private LossTerm[] Loss(TrainingPass pass)
        {
            Recorded.Keep(pass.Target, Recorded.Targets, pass.Mode.IsTraining ? Recorded.Trained : Recorded.Measured);
            return [new LossTerm("reconstruction", pass.RowError.mean())];
        }
    }
}
