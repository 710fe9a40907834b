using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Objectives;

/// <summary>
/// The game between a discriminator, which distinguishes codes from draws of a prior, and an encoder, which makes codes
/// that it cannot distinguish. Both losses are functions of the discriminator's log-odds l that what it is shown is a
/// draw, D = s(l) with s the sigmoid. Both are ln 2 where it distinguishes nothing.
/// </summary>
internal static class AdversarialLoss
{
    /// <summary>
    /// The discriminator's: -(E ln D(draws) + E ln(1 - D(codes))) / 2, the half of Goodfellow et al. 2014, "Generative
    /// Adversarial Nets", equation 1, with its sign turned, which is the cross-entropy of its judgment:
    /// <c>[N, 1]</c>, <c>[M, 1]</c> to a scalar.
    /// </summary>
    public static Tensor OfDiscriminator(Tensor draws, Tensor codes) =>
        Losses.BinaryCrossEntropyOfLogits(ones_like(draws), draws).mean()
            .Plus(Losses.BinaryCrossEntropyOfLogits(zeros_like(codes), codes).mean()).Over(2);

    /// <summary>
    /// The encoder's: -E ln D(codes), which Goodfellow et al. 2014, section 3, put in place of E ln(1 - D(codes)): its
    /// gradient does not vanish where the discriminator wins: <c>[M, 1]</c> to a scalar.
    /// </summary>
    public static Tensor OfEncoder(Tensor codes) => Losses.BinaryCrossEntropyOfLogits(ones_like(codes), codes).mean();
}
