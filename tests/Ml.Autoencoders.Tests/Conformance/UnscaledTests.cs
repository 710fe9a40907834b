using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Training;

namespace Ml.Autoencoders.Tests.Conformance;

/// <summary>Rows of pixels from 0 to 255, and of amounts of thousands, as they are: every family and detector trains on
/// them with the network and the code size that it has, and no scaling.</summary>
internal sealed class UnscaledTests
{
    private static readonly Network[] Networks = [Defaults.Standard.Network, Network.Convolutional(8, 8, 1, [4, 8])];

    private readonly MLContext _ml = new();

    [Test]
    public void Every_family_of_normal_codes_trains(
        [ValueSource(typeof(Family), nameof(Family.WithGaussianCodes))] Family family,
        [ValueSource(nameof(Networks))] Network network, [Values(255, 20_000, 1e5f)] float greatest)
    {
        IDataView rows = UnscaledRows.View(_ml, greatest);
        using AutoencoderTransformer model = family.Make(_ml, [.. FewEpochs(network),
            (nameof(GaussianCodeOptions.LogVarianceColumnName), "Spread"),
            (nameof(GaussianCodeOptions.EvidenceLowerBoundColumnName), "Bound")]).Fit(rows);

        RequireFall(model.History);
        IDataView scored = model.Transform(rows);
        Assert.That(scored.GetColumn<float[]>("Code").SelectMany(code => code), Has.All.Matches<float>(float.IsFinite));
        Assert.That(scored.GetColumn<float[]>("Spread").SelectMany(spread => spread),
            Has.All.Matches<float>(float.IsFinite));
        Assert.That(scored.GetColumn<float>("Bound"), Has.All.Matches<float>(float.IsFinite));
    }

    [Test]
    public void Every_detector_trains([ValueSource(typeof(Detector), nameof(Detector.All))] Detector detector,
        [ValueSource(nameof(Networks))] Network network, [Values(255, 20_000, 1e5f)] float greatest)
    {
        IDataView rows = UnscaledRows.View(_ml, greatest);
        using AutoencoderAnomalyTransformer model = detector.Make(_ml, FewEpochs(network)).Fit(rows);

        RequireFall(model.History);
        Assert.That(model.Threshold, Is.Not.NaN);
        Assert.That(model.Transform(rows).GetColumn<float>("Score"), Has.All.Matches<float>(float.IsFinite));
    }

    [Test]
    public void Every_family_trains([ValueSource(typeof(Family), nameof(Family.All))] Family family,
        [Values(255, 20_000, 1e5f)] float greatest)
    {
        IDataView rows = UnscaledRows.View(_ml, greatest);
        using AutoencoderTransformer model = family.Make(_ml, FewEpochs(Networks[0])).Fit(rows);

        RequireFall(model.History);
    }

    [Test]
    public void Every_family_trains_with_default_options(
        [ValueSource(typeof(Family), nameof(Family.All))] Family family, [Values(255, 20_000)] float greatest)
    {
        (string, object?)[] options =
        [
            (nameof(AutoencoderModelOptions.CodeSize), new PlainOptions().CodeSize),
            (nameof(AutoencoderModelOptions.Network), Networks[0]),
            (nameof(AutoencoderModelOptions.Training), new TrainingOptions { Seed = 1 }),
        ];
        using AutoencoderTransformer model = family.Make(_ml, options).Fit(UnscaledRows.View(_ml, greatest, 64));

        RequireFall(model.History);
    }

    [Test]
    public void Far_rows_have_the_same_numbers_in_onnx_and_torch_and_managed_code(
        [ValueSource(typeof(Family), nameof(Family.WithGaussianCodes))] Family family,
        [ValueSource(nameof(Networks))] Network network)
    {
        (string, object?)[] options = [.. FewEpochs(network),
            (nameof(GaussianCodeOptions.LogVarianceColumnName), "Spread")];
        using AutoencoderTransformer model = family.Make(_ml, options).Fit(UnscaledRows.View(_ml, 1));
        // The same weights. Beside a draw it is torch that computes, also where dense layers alone need none.
        using AutoencoderTransformer drawing = family.Make(_ml,
            [.. options, (nameof(GaussianCodeOptions.SampleColumnName), "Draw")]).Fit(UnscaledRows.View(_ml, 1));
        IDataView rows = UnscaledRows.View(_ml, 1e5f, 20);
        IDataView far = model.Transform(rows);
        float[][] spread = [.. far.GetColumn<float[]>("Spread")];
        float[][] together = [.. _ml.Data.CreateEnumerable<Spreads>(drawing.Transform(rows), reuseRowObject: false)
            .Select(row => row.Spread)];

        Assert.That(spread.SelectMany(row => row), Has.Some.GreaterThan(9).And.Some.LessThan(-17),
            "some are beyond the bounds");
        Assert.That(spread.SelectMany(row => row), Has.All.InRange(-16 - 16, 8 + 16));
        // The encoder's numbers are in the thousands, where a Single is rounded by 0.001 and less.
        Assert.That(together, Is.EqualTo(spread).Within(0.02));
        using var folder = new TemporaryFolder();
        model.SaveOnnx(folder.File("stage.onnx"));
        using var session = new OnnxSession(folder.File("stage.onnx"));
        Assert.That(session.Run("Features", [.. far.GetColumn<float[]>("Features")])["Spread"],
            Is.EqualTo(spread).Within(0.02));
    }

    [Test]
    public void A_variational_detector_scores_far_rows_alike_in_onnx([ValueSource(nameof(Networks))] Network network)
    {
        using AutoencoderAnomalyTransformer model = _ml.AnomalyDetection.Trainers.VariationalAutoencoder("Features",
            new() { Network = network, Training = new() { Epochs = 5, Seed = 1 } }).Fit(UnscaledRows.View(_ml, 1));
        IDataView far = model.Transform(UnscaledRows.View(_ml, 1e5f, 20));
        float[] scores = [.. far.GetColumn<float>("Score")];

        Assert.That(scores, Has.All.GreaterThan(model.Threshold).And.All.Matches<float>(float.IsFinite));
        using var folder = new TemporaryFolder();
        model.SaveOnnx(folder.File("detector.onnx"));
        using var session = new OnnxSession(folder.File("detector.onnx"));
        Assert.That(session.Run("Features", [.. far.GetColumn<float[]>("Features")])["Score"].Select(row => row[0]),
            Is.EqualTo(scores).Within(0.1).Percent);
    }

    private static (string, object?)[] FewEpochs(Network network) =>
    [
        (nameof(AutoencoderModelOptions.CodeSize), new PlainOptions().CodeSize),
        (nameof(AutoencoderModelOptions.Network), network),
        (nameof(AutoencoderModelOptions.Training), new TrainingOptions { Epochs = 5, Seed = 1 }),
    ];

    private static void RequireFall(IReadOnlyList<TrainingEpoch> history)
    {
        Assert.That(history.SelectMany(epoch => epoch.Training.Terms.Values.Append(epoch.Training.Total)),
            Has.All.Matches<double>(double.IsFinite));
        Assert.That(history[^1].Training.Total, Is.LessThan(history[0].Training.Total));
    }

    private sealed class Spreads
    {
        public float[] Spread { get; set; } = [];

        public float[] Draw { get; set; } = [];
    }
}
