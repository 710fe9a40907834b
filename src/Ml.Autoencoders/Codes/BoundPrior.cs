using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Codes;

/// <summary>A prior with the numbers that it owns: what draws codes, and says how likely codes are.</summary>
/// <param name="Prior">p(z).</param>
/// <param name="Weights">Where its own tensors are, and the encoder.</param>
/// <param name="Bottleneck">What makes codes of the encoder's output.</param>
internal readonly record struct BoundPrior(CodePrior Prior, NetworkWeights Weights, Bottleneck Bottleneck)
{
    /// <summary>New codes on the weights' device, to train with: <c>[count, Z]</c>.</summary>
    public Tensor Draw(long count, Generator random)
    {
        Tensor noise = Prior.Draw(count, Weights.Plan.CodeSize, random);
        return Prior.Codes(noise.to(Weights.Device), this);
    }

    /// <summary>ln p(z) in nats: <c>[..., Z]</c> to <c>[...]</c>.</summary>
    public Tensor LogDensity(Tensor z) => Prior.LogDensity(z, this);

    /// <summary>
    /// KL(q(z|x) || p(z)) of each row in nats, in parts that add up: the closed form where the pair has one, else
    /// ln q(z|x) - ln p(z) of the codes that were drawn anyway, an estimate without bias: <c>[..., B, parts]</c>.
    /// </summary>
    public Tensor DivergenceOf(Posterior posterior, CodeDraw draw) =>
        posterior.Divergence(Prior) ?? (draw.LogDensity - LogDensity(draw.Codes)).unsqueeze(-1);

    /// <summary>q(z|x) of rows that the encoder is given with their condition: <c>[N, D + K]</c>.</summary>
    public Posterior Encode(Tensor inputs) =>
        Bottleneck.Posterior(Bottleneck.Read(Weights.EncodeWhole(inputs, ForwardMode.Prediction)))!;
}
