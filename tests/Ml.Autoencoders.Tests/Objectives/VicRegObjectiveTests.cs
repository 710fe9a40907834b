using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Objectives;
using Ml.Autoencoders.Tensors;
using Ml.Autoencoders.Tests.Training;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Objectives;

internal sealed class VicRegObjectiveTests : TensorTests
{
    [Test]
    public void The_expander_has_a_nonlinearity_between_its_layers()
    {
        NetworkPlan plan = Network.Dense([]).Plan(6, 4, 4, endInSigmoid: false);

        Assert.That(Objective(5, 3).Parameters(plan).Select(spec => (spec.Name, string.Join('x', spec.Shape))),
            Is.EqualTo(new[]
            {
                ("expander.0.weight", "5x4"), ("expander.0.bias", "5"),
                ("expander.2.weight", "3x5"), ("expander.2.bias", "3"),
            }));
    }

    [Test]
    public void Terms_are_those_of_two_views()
    {
        // The expander doubles the code, which is the row.
        VicRegObjective objective = Objective(2);
        using BoundNetwork network = Passes.Network(2, 2, 2, objective.Likelihood,
            objective.Parameters(Network.Dense([]).Plan(2, 2, 2, endInSigmoid: false)));
        using (no_grad())
        {
            network["expander.0.weight"].copy_(Table([2, 0], [0, 2]));
            network["expander.0.bias"].zero_();
        }
        using var noise = new Generator(3);
        Tensor[] views = [Table([0, 0], [1, 1], [0.5f, 5]), Table([1, 0], [3, 1], [0, 4])];
        int view = 0;
        var pass = new TrainingPass(network, new DeterministicBottleneck(), objective.Likelihood,
            new RowBatch(zeros([3, 2])), () => views[view++], ForwardMode.Training(noise), noise);

        IReadOnlyList<LossTerm> terms = objective.Steps().Single().Loss(pass);

        (Tensor one, Tensor other) = (views[0].Times(2), views[1].Times(2));
        Assert.That(terms.Select(term => (term.Name, term.Weight)), Is.EqualTo(new[]
        {
            ("reconstruction", 1.0), ("invariance", 25.0), ("variance", 10.0), ("covariance", 2.0),
        }));
        Assert.That(terms.Select(term => (double)term.Value.item<float>()), Is.EqualTo(new[]
        {
            0, 4 * 6.25 / 6,
            (VicRegLoss.Variance(one).item<float>() + VicRegLoss.Variance(other).item<float>()) / 2,
            VicRegLoss.Covariance(one).item<float>() + VicRegLoss.Covariance(other).item<float>(),
        }).Within(1e-5));
        Assert.That(view, Is.EqualTo(2));
    }

    [TestCase(0f, "decoder")]
    [TestCase(0.5f, "encoder", "decoder")]
    public void The_encoder_learns_from_reconstruction_by_its_weight(float weight, params string[] learn)
    {
        using AutoencoderModel model = Model(Objective(8) with { ReconstructionWeight = weight });
        LossTerm reconstruction = model.Definition.Objective.Steps().Single().Loss(Pass(model))[0];

        reconstruction.Weighted.backward();

        Assert.That(reconstruction.Weight, Is.EqualTo(weight == 0 ? 1 : weight));
        Assert.That(Learned(model), Is.EquivalentTo(learn));
    }

    [Test]
    public void Encoder_and_expander_learn_from_the_embeddings_and_the_decoder_does_not()
    {
        using AutoencoderModel model = Model(Objective(8));

        model.Definition.Objective.Steps().Single().Loss(Pass(model)).Skip(1)
            .Aggregate(zeros([]), (sum, term) => sum + term.Value).backward();

        Assert.That(Learned(model), Is.EquivalentTo(new[] { "encoder", "expander" }));
    }

    private static IEnumerable<string> Learned(AutoencoderModel model) =>
        model.Weights.Named.Where(named => named.Tensor.grad is { } gradient && gradient.Floats().Any(g => g != 0))
            .Select(named => named.Spec.Name.Split('.')[0]).Distinct();

    private static VicRegObjective Objective(params int[] expander) =>
        new(new GaussianLikelihood(), expander, InvarianceWeight: 25, VarianceWeight: 10, CovarianceWeight: 2,
            ReconstructionWeight: 0);

    private static AutoencoderModel Model(VicRegObjective objective)
    {
        NetworkPlan plan = Small.Network.Plan(Row.Size, 2, 2, endInSigmoid: false);
        var definition = new ModelDefinition("Test", plan, new DeterministicBottleneck(), objective,
            Corruption.Gaussian(0.5f), InputScaling.None);
        using var random = new Generator(1);
        return new AutoencoderModel(definition,
            BoundNetwork.Initialize(plan, random, CPU, definition.OtherParameters()), null, CPU);
    }

    private static TrainingPass Pass(AutoencoderModel model)
    {
        Tensor rows = Fitting.Data(20);
        var noise = new Generator(2);
        return new TrainingPass(model.Weights, model.Definition.Bottleneck, model.Definition.Objective.Likelihood,
            new RowBatch(rows), () => model.Definition.Corruption.Apply(rows, model.Definition.RowShape, noise),
            ForwardMode.Training(noise), noise);
    }
}
