using Microsoft.ML;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.ManagedScoring;
using Ml.Autoencoders.Persistence;

namespace Ml.Autoencoders.Tests.Conformance;

/// <summary>Every family whose codes are normal variables, with every prior that is not standard normal.</summary>
[TestFixtureSource(nameof(Pairs))]
internal sealed class OtherPriorTests(Family family, CodePrior prior)
{
    private static readonly CodePrior[] Priors =
    [
        CodePrior.Ring(3, radius: 2, standardDeviation: 0.5f),
        CodePrior.Flow(2, 8),
        CodePrior.Vamp(5),
        new CodeMixture([0.5, 0.5], [new Gaussian([1, 0, 0], [[1], [0.5, 1], [0, 0, 1]]),
            new Gaussian([-1, 0, 0], [[1], [0, 1], [0, 0, 0.5]])]),
    ];

    private readonly MLContext _ml = new();
    private AutoencoderTransformer _model = null!;
    private IDataView _rows = null!;
    private byte[] _saved = [];

    private static IEnumerable<TestFixtureData> Pairs() =>
        from family in Family.WithGaussianCodes
        from prior in Priors
        select new TestFixtureData(family, prior).SetArgDisplayNames($"{family}", prior.GetType().Name);

    [OneTimeSetUp]
    public void Fit()
    {
        _rows = Rows.View(_ml, 140, seed: 9);
        _model = Make().Fit(Rows.View(_ml, 40));
        _saved = ModelZip.Save(_ml, _model, _rows.Schema);
    }

    [OneTimeTearDown]
    public void Dispose() => _model.Dispose();

    [Test]
    public void A_loaded_model_has_the_prior_and_gives_the_same_bits()
    {
        using var loaded = (AutoencoderTransformer)ModelZip.Load(new MLContext(), _saved);

        Assert.That(_model.Prior, Is.EqualTo(prior));
        Assert.That(loaded.Prior, Is.EqualTo(prior));
        foreach (string column in new[] { "Code", "Clean", "Draw" })
            Assert.That(Bits.OfVectors(loaded.Transform(_rows), column),
                Is.EqualTo(Bits.OfVectors(_model.Transform(_rows), column)), column);
        Assert.That(Bits.OfNumbers(loaded.Transform(_rows), "Bound"),
            Is.EqualTo(Bits.OfNumbers(_model.Transform(_rows), "Bound")));
        Assert.That(Bits.Of(loaded.LogLikelihood(_rows, 30)), Is.EqualTo(Bits.Of(_model.LogLikelihood(_rows, 30))));
        Assert.That(Bits.Of(loaded.Sample(20, seed: 7)), Is.EqualTo(Bits.Of(_model.Sample(20, seed: 7))));
        using var resaved = (AutoencoderTransformer)ModelZip.Load(new MLContext(),
            ModelZip.Save(_ml, loaded, _rows.Schema));
        Assert.That(Bits.Of(resaved.Sample(3, seed: 7)), Is.EqualTo(Bits.Of(_model.Sample(3, seed: 7))));
    }

    [Test]
    public void The_first_rows_of_a_sample_do_not_depend_on_how_many_there_are()
    {
        int[][] many = Bits.Of(_model.Sample(1500, seed: 7));
        foreach (int count in new[] { 1, 6, 1031 })
            Assert.That(Bits.Of(_model.Sample(count, seed: 7)), Is.EqualTo(many[..count]));
        Assert.That(many.Select(row => row[0]).Distinct().Count(), Is.GreaterThan(1000));
    }

    [Test]
    public void How_likely_a_row_is_does_not_depend_on_those_beside_it()
    {
        float[] likelihoods = _model.LogLikelihood(_rows, 30);
        float[] bounds = [.. _ml.Data.CreateEnumerable<Bounded>(_model.Transform(_rows), false)
            .Select(row => row.Bound)];
        IDataView few = _ml.Data.TakeRows(_ml.Data.SkipRows(_rows, 100), 5);

        Assert.That(likelihoods.Concat(bounds), Has.All.Matches<float>(float.IsFinite));
        Assert.That(_model.LogLikelihood(few, 30), Is.EqualTo(likelihoods[100..105]).Within(1e-4));
        Assert.That(Bits.OfNumbers(_model.Transform(few), "Bound"), Is.EqualTo(Bits.Of(bounds[100..105])));
        // The bound's mean is less than that of the likelihood by the divergence from the true q(z|x).
        Assert.That(likelihoods.Average(), Is.GreaterThan(bounds.Average()));
    }

    [Test]
    public void The_lower_bound_of_a_prediction_engine_is_that_of_the_first_row()
    {
        using PredictionEngine<Row, Bounded> engine = _ml.Model.CreatePredictionEngine<Row, Bounded>(_model,
            new PredictionEngineOptions { OwnsTransformer = false });
        Assert.That(engine.Predict(Rows.Make(140, seed: 9)[0]).Bound,
            Is.EqualTo(_ml.Data.CreateEnumerable<Bounded>(_model.Transform(_rows), false).First().Bound));
    }

    [Test]
    public void Codes_and_reconstructions_need_no_torch_and_are_those_of_an_exported_model()
    {
        using var folder = new TemporaryFolder();
        string json = new ModelZip(_saved).ReadText(ModelZip.Description);
        Assert.That(ManagedPlans.Obstacle(ModelJson.Read(System.Text.Encoding.UTF8.GetBytes(json)).Model), Is.Null);

        float[][] rows = [.. Rows.Make(7, seed: 9).Select(row => row.Features)];
        _model.SaveOnnx(folder.File("encoder.onnx"), OnnxPart.Encoder);
        _model.SaveOnnx(folder.File("decoder.onnx"), OnnxPart.Decoder);
        using var encoder = new OnnxSession(folder.File("encoder.onnx"));
        using var decoder = new OnnxSession(folder.File("decoder.onnx"));
        Assert.That(encoder.Run("Features", rows)["Code"], Near.To(_model.Encode(rows)));
        Assert.That(decoder.Run("Code", _model.Encode(rows))["Clean"],
            Near.To(rows.Select(row => _model.Reconstruct(row))));
    }

    [Test]
    public void A_fit_that_ended_goes_on_to_the_same_weights()
    {
        using var folder = new TemporaryFolder();
        TrainingOptions Training(Action<TrainingEpoch>? onEpoch = null, bool resumes = false) => new()
        {
            Epochs = 3,
            BatchSize = 16,
            Seed = 5,
            ValidationFraction = 0.2f,
            Checkpoint = new(folder.Path, everyEpochs: 2, every: TimeSpan.FromTicks(1)),
            ResumeFrom = resumes ? folder.Path : null,
            OnEpoch = onEpoch,
        };

        byte[] expected =
            WeightsOf(new TrainingOptions { Epochs = 3, BatchSize = 16, Seed = 5, ValidationFraction = 0.2f });
        Assert.That(() => WeightsOf(Training(_ => throw new InvalidDataException())),
            Throws.TypeOf<InvalidDataException>());
        Assert.That(WeightsOf(Training(resumes: true)), Is.EqualTo(expected));
    }

    [Test]
    public void A_condition_is_told_to_encoder_and_decoder()
    {
        using AutoencoderTransformer model = Make((nameof(AutoencoderOptions.ConditionColumnName), "Kind"))
            .Fit(LabeledRows.View(_ml, 40));

        float[] likelihoods = model.LogLikelihood(LabeledRows.View(_ml, 20, seed: 9), 20);

        Assert.That(likelihoods, Has.All.Matches<float>(float.IsFinite));
        Assert.That(Bits.Of(model.Sample(9, seed: 3, condition: "dark"))[..4],
            Is.EqualTo(Bits.Of(model.Sample(4, seed: 3, condition: "dark"))));
        Assert.That(Bits.Of(model.Sample(4, seed: 3, condition: "bright")),
            Is.Not.EqualTo(Bits.Of(model.Sample(4, seed: 3, condition: "dark"))));
    }

    [Test]
    public void Pictures_are_taken_as_well()
    {
        Network network = Network.Convolutional(3, 4, 1, [4], Activation.Relu, batchNorm: true);
        using AutoencoderTransformer model = Make((nameof(AutoencoderOptions.Network), network))
            .Fit(Rows.View(_ml, 40));
        float[] likelihoods = model.LogLikelihood(_rows, 20);
        Assert.That(likelihoods, Has.All.Matches<float>(float.IsFinite));
        Assert.That(model.Sample(3, seed: 1), Has.Length.EqualTo(3));
    }

    [Test]
    public void A_grid_of_quantiles_is_refused() =>
        Assert.That(() => _model.LatentGrid(3), Throws.InvalidOperationException.With.Message.EqualTo(
            $"A grid of codes follows a standard normal prior, which this {family} autoencoder does not have. " +
            "Decode codes of your own choice instead."));

    [Test]
    public void No_tensor_outlives_the_transformer()
    {
        long before = LiveTensors.Now;
        using (AutoencoderTransformer model = Make().Fit(Rows.View(_ml, 40)))
        {
            _ = model.LogLikelihood(_rows, 3);
            _ = model.Sample(3, seed: 1);
            _ = Bits.OfNumbers(model.Transform(_rows), "Bound");
        }
        Assert.That(LiveTensors.Now, Is.EqualTo(before));
    }

    private AutoencoderEstimator Make(params (string Option, object? Value)[] changes) => family.Make(_ml,
    [
        (nameof(GaussianCodeOptions.Prior), prior),
        (nameof(AutoencoderOptions.ReconstructionColumnName), "Clean"),
        (nameof(GaussianCodeOptions.SampleColumnName), "Draw"),
        (nameof(GaussianCodeOptions.EvidenceLowerBoundColumnName), "Bound"),
        .. changes,
    ]);

    private byte[] WeightsOf(TrainingOptions training)
    {
        using AutoencoderTransformer model = Make((nameof(AutoencoderOptions.Training), training))
            .Fit(Rows.View(_ml, 40));
        using var folder = new TemporaryFolder();
        model.SaveWeights(folder.File("weights.safetensors"));
        return File.ReadAllBytes(folder.File("weights.safetensors"));
    }

    private sealed class Bounded
    {
        public float Bound { get; set; }
    }
}
