using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Objectives;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Objectives;

internal sealed class VectorQuantizedObjectiveTests : TensorTests
{
    private static readonly VectorQuantizedObjective Objective = new(new GaussianLikelihood(), CommitmentWeight: 0.25f);

    [Test]
    public void The_loss_is_the_reconstruction_and_the_weighted_distance_to_the_codebook_without_the_perplexity()
    {
        IReadOnlyList<LossTerm> terms = Terms(Table([1, 0, 0, 0], [0, 0, 0, 5]));

        // Errors 1 and 4. Distances (1 + 0) / 4 and (0 + 1) / 4. Three of four parts by the first vector.
        Assert.Multiple(() =>
        {
            Assert.That(terms.Select(term => (term.Name, term.Weight)),
                Is.EqualTo(new[] { ("reconstruction", 1.0), ("commitment", 0.25), ("perplexity", 0.0) }));
            Assert.That(terms.Select(term => term.Value.item<float>()),
                Is.EqualTo(new[] { 2.5, 0.25, 1.7547654 }).Within(1e-5));
        });
    }

    [Test]
    public void Commitment_draws_the_encoder_to_the_codebook()
    {
        Tensor encoded = Table([1, 0, 0, 0], [0, 0, 0, 5]).requires_grad_();

        Terms(encoded)[1].Value.backward();

        // The mean over 2 rows of the mean over 4 numbers of (z - q)²: 2 (z - q) / 8.
        Assert.That(encoded.grad!.Floats(), Is.EqualTo(new[] { 0.25f, 0, 0, 0, 0, 0, 0, 0.25f }).Within(1e-6f));
    }

    [Test]
    public void Perplexity_needs_no_gradient() =>
        Assert.That(Terms(Table([1, 0, 0, 0]).requires_grad_())[2].Value.requires_grad, Is.False);

    /// <summary>The codebook is (0, 0) and (0, 4). With a decay of 1 it does not move.</summary>
    private static IReadOnlyList<LossTerm> Terms(Tensor encoded)
    {
        var bottleneck = new VectorQuantizedBottleneck(2, 2, Decay: 1);
        using BoundNetwork network = Passes.Network(4, 4, 2, Objective.Likelihood, bottleneck.Parameters(4));
        using (no_grad())
        {
            network["codebook.weight"].copy_(Table([0, 0], [0, 4]));
            network["codebook.counts"].fill_(1);
        }
        using var noise = new Generator(1);
        return Objective.Steps().Single().Loss(Passes.Make(network, bottleneck, Objective.Likelihood,
            target: Table([1, 1], [2, 2]).narrow(0, 0, encoded.shape[0]), encoded, noise));
    }
}
