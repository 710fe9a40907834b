using Microsoft.ML;
using Ml.Autoencoders.Codes;

namespace Ml.Autoencoders.Tests.Families;

/// <summary>What learned priors are for, and who refuses them.</summary>
internal sealed class LearnedPriorTests
{
    private const int Side = 200;

    private readonly MLContext _ml = new(1);

    [Test]
    public void Rows_of_two_clusters_are_likelier_with_a_prior_that_can_be_in_two_places([Values] bool isFlow)
    {
        IDataView unseen = Clusters(seed: 2);
        using AutoencoderTransformer normal = Fitted(CodePrior.Normal);
        using AutoencoderTransformer learned = Fitted(isFlow ? CodePrior.Flow(6, 32) : CodePrior.Vamp(10));

        // Linear codes: a normal prior makes rows normal. In the direction of the clusters it has a deviation of 3.5 in
        // place of two of 0.1 each: ln 35 - ln 2 = 2.8 nats less; a prior that never moves from where it begins gains
        // none.
        double gain = learned.LogLikelihood(unseen, 200).Average() - normal.LogLikelihood(unseen, 200).Average();
        Assert.That(gain, Is.GreaterThan(1));
        double[] levels = [.. learned.Sample(400, seed: 3).Select(row => row.Average(number => (double)number))];
        Assert.That(levels.Count(level => level > 0), Is.InRange(120, 280));
        Assert.That(levels.Count(level => Math.Abs(level) < 0.5), Is.LessThan(40));
        Assert.That(normal.Sample(400, seed: 3).Count(row => Math.Abs(row.Average()) < 0.5), Is.GreaterThan(80));
    }

    [Test]
    public void Pseudo_inputs_are_no_training_rows_and_are_trained()
    {
        using AutoencoderTransformer one = Fitted(CodePrior.Vamp(10), epochs: 1);
        using AutoencoderTransformer more = Fitted(CodePrior.Vamp(10), epochs: 5);
        float[][] begun = PseudoInputs(one);
        float[][] trained = PseudoInputs(more);

        Assert.That(begun.Zip(trained, (a, b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max()),
            Has.All.GreaterThan(1e-3f));
        float[][] rows = [.. ClusterRows(seed: 1).Select(row => row.Features)];
        Assert.That(trained.Min(input => rows.Min(row => row.Zip(input, (x, y) => Math.Abs(x - y)).Max())),
            Is.GreaterThan(1e-3f));
    }

    [Test]
    public void Free_bits_are_those_of_all_numbers_together([Values] bool isFlow)
    {
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Variational("Code", "Features", new()
        {
            CodeSize = 3,
            Network = Small.Network,
            FreeBits = 5,
            Prior = isFlow ? CodePrior.Flow(2, 8) : CodePrior.Vamp(4),
            Training = Small.Training(2),
        }).Fit(Rows.View(_ml, 40));

        // Codes that are far from telling 15 nats.
        Assert.That(model.History[^1].Training.Terms["kl"], Is.EqualTo(15).Within(1e-4));
    }

    [Test]
    public void A_mixture_of_codes_is_a_prior_for_other_families()
    {
        using AutoencoderTransformer first = Fitted(CodePrior.Normal, epochs: 5);
        CodeMixture mixture = first.FitMixture(Clusters(seed: 1), components: 2, seed: 1);
        AutoencoderCatalog catalog = _ml.Transforms.Autoencoders;
        AutoencoderEstimator[] others =
        [
            catalog.Variational("Code", "Features",
                new() { CodeSize = 2, Network = Small.Network, Prior = mixture, Training = Small.Training(1) }),
            catalog.Wasserstein("Code", "Features",
                new() { CodeSize = 2, Network = Small.Network, Prior = mixture, Training = Small.Training(1) }),
            catalog.Adversarial("Code", "Features",
                new() { CodeSize = 2, Network = Small.Network, Prior = mixture, Training = Small.Training(1) }),
        ];
        foreach (AutoencoderEstimator other in others)
        {
            using AutoencoderTransformer model = other.Fit(Clusters(seed: 1));
            using AutoencoderTransformer loaded = model.SavedAndLoaded(_ml, Clusters(seed: 1).Schema);
            Assert.That(loaded.Prior, Is.EqualTo(mixture).And.Not.SameAs(mixture));
            Assert.That(((CodeMixture)loaded.Prior!).LogDensity([1, 2]), Is.EqualTo(mixture.LogDensity([1, 2])));
            Assert.That(Bits.Of(loaded.Sample(20, seed: 4)), Is.EqualTo(Bits.Of(model.Sample(20, seed: 4))));
        }
    }

    [Test]
    public void Families_that_only_compare_draws_refuse_them()
    {
        AutoencoderCatalog catalog = _ml.Transforms.Autoencoders;
        const string Remedy =
            ", which learns from the density of codes; the objective only compares codes with draws. " +
            "It must be CodePrior.Normal, CodePrior.Ring or a CodeMixture. (Parameter 'Prior')";
        var wasserstein = new WassersteinOptions { Prior = CodePrior.Flow() };
        var adversarial = new AdversarialOptions { Prior = CodePrior.Vamp() };
        Assert.Multiple(() =>
        {
            Assert.That(() => catalog.Wasserstein("Code", "In", wasserstein),
                Throws.TypeOf<ArgumentOutOfRangeException>()
                    .With.Message.EqualTo("WassersteinOptions: Prior is CodePrior.Flow" + Remedy));
            Assert.That(() => catalog.Adversarial("Code", "In", adversarial),
                Throws.TypeOf<ArgumentOutOfRangeException>()
                    .With.Message.EqualTo("AdversarialOptions: Prior is CodePrior.Vamp" + Remedy));
        });
    }

    [Test]
    public void Codes_that_a_prior_does_not_suit_are_refused()
    {
        AutoencoderCatalog catalog = _ml.Transforms.Autoencoders;
        var mixture = new CodeMixture([1], [new Gaussian([0, 0], [[1], [0, 1]])]);
        var one = new VariationalOptions { CodeSize = 1, Prior = CodePrior.Flow() };
        var three = new ImportanceWeightedOptions { CodeSize = 3, Prior = mixture };
        var taken = new VariationalOptions { CodeSize = 1, Prior = CodePrior.Vamp() };
        Assert.Multiple(() =>
        {
            Assert.That(() => catalog.Variational("Code", "In", one), Throws.ArgumentException.With.Message
                .EqualTo("VariationalOptions: CodeSize is 1; the prior needs codes of at least 2 numbers."));
            Assert.That(() => catalog.ImportanceWeighted("Code", "In", three), Throws.ArgumentException.With.Message
                .EqualTo("ImportanceWeightedOptions: CodeSize is 3; the prior is a mixture of codes of 2 numbers."));
            Assert.That(() => catalog.Variational("Code", "In", taken), Throws.Nothing);
        });
    }

    [Test]
    public void What_no_memory_holds_is_refused_before_a_row_is_read() =>
        Assert.That(() => _ml.Transforms.Autoencoders.Variational("Code", "Features", new()
        {
            CodeSize = 100_000,
            Network = Network.Dense(1),
            Prior = CodePrior.Flow(1, 16384),
        }).Fit(Rows.View(_ml, 4)), Throws.InvalidOperationException.With.Message.EndsWith(
            "its 'prior.0.0.weight' would hold 819,200,000 numbers, " +
            "more than the 536,870,897 that a tensor can be saved with."));

    private AutoencoderTransformer Fitted(CodePrior prior, int epochs = 60) =>
        _ml.Transforms.Autoencoders.Variational("Code", "Features", new()
        {
            CodeSize = 2,
            Network = Network.Dense(),
            OutputVariance = 0.01f,
            Prior = prior,
            Training = new()
            {
                Epochs = epochs,
                BatchSize = 50,
                LearningRate = 1e-2f,
                Seed = 7,
                Schedule = LearningRateSchedule.Cosine()
            },
        }).Fit(Clusters(seed: 1));

    private static float[][] PseudoInputs(AutoencoderTransformer model)
    {
        using var folder = new TemporaryFolder();
        model.SaveWeights(folder.File("weights.safetensors"));
        using FileStream stream = File.OpenRead(folder.File("weights.safetensors"));
        var reader = new Ml.Autoencoders.Persistence.SafeTensorsReader(stream);
        return [.. reader.Read("prior.pseudoInputs").Chunk(Row.Size)];
    }

    private IDataView Clusters(int seed) => _ml.Data.LoadFromEnumerable(ClusterRows(seed));

    /// <summary>All numbers of a row are near 1, or all are near -1.</summary>
    private static Row[] ClusterRows(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 2 * Side).Select(i => new Row
        {
            Features = [.. Enumerable.Range(0, Row.Size)
                .Select(_ => (float)((i % 2 == 0 ? 1 : -1) + 0.1 * random.NextNormal()))],
        })];
    }
}
