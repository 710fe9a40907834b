using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Objectives;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>New rows from the prior.</summary>
internal sealed class SampleTests
{
    private readonly MLContext _ml = new(seed: 1);
    private AutoencoderTransformer _model = null!;

    [OneTimeSetUp]
    public void Fit() => _model = SmallVariational.Fit(_ml, scaling: InputScaling.Standardize);

    [OneTimeTearDown]
    public void Dispose() => _model.Dispose();

    [Test]
    public void As_many_rows_come_as_are_asked_for()
    {
        Assert.That(_model.Sample(5, seed: 7), Has.Length.EqualTo(5).And.All.Length.EqualTo(Row.Size));
        Assert.That(_model.Sample(0, seed: 7), Is.Empty);
    }

    [Test]
    public void The_same_seed_gives_the_same_rows_and_another_one_others()
    {
        int[][] first = Bits.Of(_model.Sample(5, seed: 7));
        Assert.That(Bits.Of(_model.Sample(5, seed: 7)), Is.EqualTo(first));
        foreach (int other in new[] { 8, 0, -7, int.MinValue })
            Assert.That(Bits.Of(_model.Sample(5, seed: other)), Is.Not.EqualTo(first));
    }

    [Test]
    public void Without_a_seed_each_call_gives_others_and_a_context_of_the_same_seed_the_same_in_turn()
    {
        float[][][] drawn = [.. Enumerable.Range(0, 4).Select(_ => _model.Sample(2))];
        Assert.That(drawn.Select(rows => rows[0][0]), Is.Unique);

        using AutoencoderTransformer one = SmallVariational.Fit(new MLContext(seed: 3));
        using AutoencoderTransformer same = SmallVariational.Fit(new MLContext(seed: 3));
        Assert.That(Bits.Of(one.Sample(2)), Is.EqualTo(Bits.Of(same.Sample(2))));
        Assert.That(Bits.Of(one.Sample(2)), Is.EqualTo(Bits.Of(same.Sample(2))));
    }

    [Test]
    public void Rows_are_the_decoded_draws_of_the_prior()
    {
        float[][] codes = [.. Enumerable.Range(0, 600).Select(i =>
        {
            var code = new float[Stage.CodeSize];
            _model.Prior!.Draw(code, RowSeed.Of(7, new DataViewRowId((ulong)i, ulong.MaxValue)));
            return code;
        })];
        Assert.That(_model.Prior, Is.EqualTo(CodePrior.Normal));
        Assert.That(Bits.Of(_model.Sample(600, seed: 7)), Is.EqualTo(Bits.Of(_model.Decode(codes))));
    }

    [Test]
    public void Rows_are_means_in_the_units_of_the_column()
    {
        using AutoencoderTransformer shifted = _ml.Transforms.Autoencoders.Variational("Code", "Features", new()
        {
            CodeSize = Stage.CodeSize,
            Network = Small.Network,
            Scaling = InputScaling.Standardize,
            Training = Small.Training(),
        }).Fit(_ml.Data.LoadFromEnumerable(Rows.Make(40)
        .Select(row => new Row { Features = [.. row.Features.Select(x => 1000 + 100 * x)] })));

        float[] drawn = [.. shifted.Sample(200, seed: 1).SelectMany(row => row)];

        Assert.That(drawn.Average(), Is.EqualTo(1050).Within(15));
        Assert.That(drawn, Has.All.InRange(950, 1150));
    }

    [Test]
    public void Rows_of_a_linear_decoder_have_its_moments_without_the_noise()
    {
        const int Count = 20_000;
        using AutoencoderTransformer linear = Transformers.Around(_ml, LinearGaussian.Model());

        float[][] drawn = linear.Sample(Count, seed: 1);

        // x = W z + b with W = [0.8, 0.9; 0.6, -1.2; 0, 0] and b = [0.3, -0.2, 0.1]; margins above five standard
        // errors.
        Assert.That(drawn.Select(row => row[2]), Has.All.EqualTo(0.1f));
        Assert.That(drawn.Average(row => row[0]), Is.EqualTo(0.3).Within(0.05));
        Assert.That(drawn.Average(row => row[1]), Is.EqualTo(-0.2).Within(0.05));
        Assert.That(drawn.Average(row => (row[0] - 0.3) * (row[0] - 0.3)), Is.EqualTo(0.64 + 0.81).Within(0.08));
        Assert.That(drawn.Average(row => (row[0] - 0.3) * (row[1] + 0.2)), Is.EqualTo(0.48 - 1.08).Within(0.08));
    }

    [Test]
    public void A_loaded_model_draws_the_same_rows()
    {
        using AutoencoderTransformer loaded = _model.SavedAndLoaded(_ml, Rows.View(_ml, 1).Schema);
        Assert.That(Bits.Of(loaded.Sample(20, seed: 7)), Is.EqualTo(Bits.Of(_model.Sample(20, seed: 7))));
    }

    [Test]
    public void Another_prior_is_drawn_from_as_it_is()
    {
        using AutoencoderTransformer ring = Transformers.Around(_ml, WithRingPrior());

        // The linear decoder's columns are 0.8, 0.6 and 0.9, -1.2: W⁻¹ brings the code back.
        double[] lengths = [.. ring.Sample(500, seed: 2).Select(row =>
        {
            double x = row[0] - 0.3;
            double y = row[1] + 0.2;
            return double.Hypot(0.8 * x + 0.6 * y, (0.9 * x - 1.2 * y) / 2.25);
        })];

        Assert.That(lengths, Has.All.InRange(9.8, 10.2));
    }

    [Test]
    public void No_tensor_is_left()
    {
        Assert.That(LiveTensors.Left(() => _model.Sample(700, seed: 1)), Is.Zero);
        Assert.That(LiveTensors.Left(() => Assert.That(() => _model.Sample(3, condition: "low"),
            Throws.ArgumentException)), Is.Zero);
    }

    [Test]
    public void Fewer_than_no_rows_cannot_be_drawn() =>
        Assert.That(() => _model.Sample(-1), Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Message.EqualTo("Sample: count is -1; it must be at least 0. (Parameter 'count')"));

    [Test]
    public void A_family_without_a_prior_names_the_way_round()
    {
        using AutoencoderTransformer plain = Stage.Fit(_ml);
        Assert.That(plain.Prior, Is.Null);
        Assert.That(() => plain.Sample(3, seed: 1), Throws.InvalidOperationException.With.Message.EqualTo(
            "A Plain autoencoder has no prior to draw codes from. Draw from a mixture that is fitted to its codes: " +
            "FitMixture(data).Sample(count, seed), and Decode those."));
    }

    private static AutoencoderModel WithRingPrior() =>
        LinearGaussian.Model(objective: new RingObjective());

    private sealed record RingObjective() : Objective(new GaussianLikelihood())
    {
        public override CodePrior Prior => CodePrior.Ring(components: 5, radius: 10, standardDeviation: 0.02f);

        public override IReadOnlyList<ObjectiveStep> Steps() => [];

        public override double ReconstructionOfMean(Tensor rows) => 0;
    }
}
