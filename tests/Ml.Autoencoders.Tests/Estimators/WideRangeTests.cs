using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>Slots with numbers that stand for missing ones, and reach further than the difference of two of them
/// may.</summary>
internal sealed class WideRangeTests
{
    private readonly MLContext _ml = new();

    [TestCase(ReconstructionLoss.MeanSquaredError, 1, "slot 1")]
    [TestCase(ReconstructionLoss.BinaryCrossEntropy, 2, "slot 2")]
    public void Min_max_scaling_names_the_slot(ReconstructionLoss loss, int slot, string named) =>
        Assert.That(() => Fit(InputScaling.MinMax, slot, float.MinValue, float.MaxValue, loss),
            Throws.InvalidOperationException.With.Message.EqualTo(
            $"Column 'X', {named}: training values reach from -3.403E+38 to 3.403E+38, a range that is too large for " +
            "a Single, so InputScaling.MinMax cannot scale them. Numbers like these mostly stand for missing values: " +
            "replace them or leave out their rows before the fit."));

    [Test]
    public void Min_max_scaling_takes_what_a_single_holds()
    {
        using AutoencoderTransformer model = Fit(InputScaling.MinMax, 1, -1.7e38f, 1.7e38f);
        Assert.That(model.History[^1].Training.Total, Is.LessThan(1));
    }

    [Test]
    public void Standardizing_takes_both_ends_where_the_mean_is_between_them()
    {
        using AutoencoderTransformer model = Fit(InputScaling.Standardize, 1, float.MinValue, float.MaxValue);
        Assert.That(model.History[^1].Training.Total, Is.LessThan(10));
    }

    [Test]
    public void Standardizing_names_a_slot_whose_mean_is_too_far_from_an_end()
    {
        IDataView table = Table(Enumerable.Range(0, 100)
            .Select(i => new[] { i, i == 5 ? float.MaxValue : float.MinValue, 1 }));
        Assert.That(() => Make(InputScaling.Standardize).Fit(table),
            Throws.InvalidOperationException.With.Message.StartsWith(
            "Column 'X', slot 1: training values reach from -3.403E+38 to 3.403E+38, a range that is too large for a " +
            "Single, so InputScaling.Standardize cannot scale them."));
    }

    [Test]
    public void A_detector_says_it_too() =>
        Assert.That(() => _ml.AnomalyDetection.Trainers.Autoencoder("X",
            new() { CodeSize = 1, Network = Small.Network, Scaling = InputScaling.MinMax, Training = Small.Training() })
            .Fit(Sentinels(1, float.MinValue, float.MaxValue)),
            Throws.InvalidOperationException.With.Message.StartsWith(
                "Column 'X', slot 1: training values reach from "));

    private AutoencoderTransformer Fit(InputScaling scaling, int slot, float low, float high,
        ReconstructionLoss loss = ReconstructionLoss.MeanSquaredError) =>
        Make(scaling, loss).Fit(Sentinels(slot, low, high));

    private AutoencoderEstimator Make(InputScaling scaling,
        ReconstructionLoss loss = ReconstructionLoss.MeanSquaredError) =>
        _ml.Transforms.Autoencoders.Plain("Code", "X",
            new()
            {
                CodeSize = 1,
                Network = Small.Network,
                Scaling = scaling,
                Loss = loss,
                Training = Small.Training(),
            });

    private IDataView Sentinels(int slot, float low, float high) => Table(Enumerable.Range(0, 100).Select(i =>
    {
        float[] row = [i, i % 7, 1];
        row[slot] = i switch { 3 => low, 4 => high, _ => row[slot] };
        return row;
    }));

    private IDataView Table(IEnumerable<float[]> rows) =>
        _ml.Data.LoadFromEnumerable(rows.Select(row => new Three { X = row }).ToArray());

    private sealed class Three
    {
        [VectorType(3)]
        public float[] X { get; set; } = [];
    }
}
