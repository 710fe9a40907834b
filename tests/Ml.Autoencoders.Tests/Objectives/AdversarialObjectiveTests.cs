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

internal sealed class AdversarialObjectiveTests : TensorTests
{
    [Test]
    public void The_discriminator_leads_from_a_code_to_one_number()
    {
        IEnumerable<ParameterSpec> specs = Objective(CodePrior.Normal, 5, 3).Parameters(Plan(2));

        Assert.That(specs.Select(spec => (spec.Name, string.Join('x', spec.Shape))), Is.EqualTo(new[]
        {
            ("discriminator.0.weight", "5x2"), ("discriminator.0.bias", "5"),
            ("discriminator.2.weight", "3x5"), ("discriminator.2.bias", "3"),
            ("discriminator.4.weight", "1x3"), ("discriminator.4.bias", "1"),
        }));
    }

    [Test]
    public void Without_hidden_layers_the_discriminator_is_linear() =>
        Assert.That(Objective(CodePrior.Normal).Parameters(Plan(4)).Select(spec => spec.Count),
            Is.EqualTo(new[] { 4, 1 }));

    [TestCase(0, "encoder", "decoder")]
    [TestCase(1, "discriminator")]
    [TestCase(2, "encoder")]
    public void Each_step_moves_what_it_names_and_nothing_else(int number, params string[] moved)
    {
        using AutoencoderModel model = Model(Objective(CodePrior.Normal, 8));
        ObjectiveStep step = model.Definition.Objective.Steps()[number];
        Dictionary<string, float[]> before = model.Weights.Named.ToDictionary(named => named.Spec.Name,
            named => named.Tensor.Floats());
        using (var update = new Autoencoders.Training.WeightUpdate(step.Moves(model.Weights),
            new TrainingOptions().Completed(Autoencoders.Training.Defaults.Standard), CPU))
        {
            update.Apply(step.Loss(Pass(model)).Single().Value, learningRate: 0.01);
        }

        string[] changed =
            [.. model.Weights.Named.Where(named => !named.Tensor.Floats().SequenceEqual(before[named.Spec.Name]))
                .Select(named => named.Spec.Name)];
        Assert.That(changed, Is.EquivalentTo(before.Keys.Where(name => moved.Contains(name.Split('.')[0]))));
    }

    [TestCase(0, true, 1)]
    [TestCase(1, false, 1)]
    [TestCase(2, false, 0.25)]
    public void Only_the_reconstruction_is_watched_and_the_encoder_steps_against_the_discriminator_by_the_weight(
        int number, bool isWatched, double rate)
    {
        ObjectiveStep step = Objective(CodePrior.Normal).Steps()[number];

        Assert.That((step.IsWatched, step.Rate), Is.EqualTo((isWatched, rate)));
    }

    [Test]
    public void A_discriminator_that_knows_the_prior_is_told_draws_from_codes()
    {
        // log-odds w·z: draws of a narrow ring around (4, 0) read as 4 w, the codes as -4 w.
        AdversarialObjective objective = Objective(CodePrior.Ring(components: 1, radius: 4, standardDeviation: 1e-4f));
        using BoundNetwork network = Passes.Network(2, 2, 3, objective.Likelihood, objective.Parameters(Plan(2)));
        using (no_grad())
        {
            network["discriminator.0.weight"].copy_(Table([0.5f, 0]));
            network["discriminator.0.bias"].zero_();
        }
        using var noise = new Generator(3);
        TrainingPass pass = Passes.Make(network, new DeterministicBottleneck(), objective.Likelihood,
            target: zeros([5, 3]), encoded: tensor(new float[] { -4, 1 }).repeat(5, 1), noise);

        float[] losses = [.. objective.Steps().Select(step => step.Loss(pass).Single().Value.item<float>())];

        double right = Math.Log(1 + Math.Exp(-2));
        double deceived = Math.Log(1 + Math.Exp(2));
        Assert.That(losses, Is.EqualTo(new[] { 0, right, deceived }).Within(1e-3));
    }

    [Test]
    public void The_discriminator_gives_the_encoder_no_gradient_in_its_own_step()
    {
        using AutoencoderModel model = Model(Objective(CodePrior.Normal, 8));

        model.Definition.Objective.Steps()[1].Loss(Pass(model)).Single().Value.backward();

        Assert.That(model.Weights.Named.Where(named => named.Tensor.grad is not null).Select(named => named.Spec.Name),
            Has.All.StartWith("discriminator").And.Not.Empty);
    }

    private static NetworkPlan Plan(int codeSize) => Network.Dense([]).Plan(6, codeSize, codeSize, endInSigmoid: false);

    private static AdversarialObjective Objective(CodePrior prior, params int[] sizes) =>
        new(new GaussianLikelihood(), prior, sizes, AdversarialWeight: 0.25f);

    private static AutoencoderModel Model(Objective objective)
    {
        NetworkPlan plan = Small.Network.Plan(Row.Size, 2, 2, endInSigmoid: false);
        var definition = new ModelDefinition("Test", plan, new DeterministicBottleneck(), objective, Corruption.None,
            InputScaling.None);
        using var random = new Generator(1);
        return new AutoencoderModel(definition,
            BoundNetwork.Initialize(plan, random, CPU, definition.OtherParameters()), null, CPU);
    }

    private static TrainingPass Pass(AutoencoderModel model)
    {
        Tensor rows = Fitting.Data(20);
        var noise = new Generator(2);
        return new TrainingPass(model.Weights, model.Definition.Bottleneck, model.Definition.Objective.Likelihood,
            new RowBatch(rows), () => rows, ForwardMode.Training(noise), noise);
    }
}
