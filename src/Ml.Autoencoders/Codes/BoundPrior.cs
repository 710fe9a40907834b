using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Codes;

/// <summary>A prior with the numbers that it owns: it draws codes, and computes how likely codes are.</summary>
/// <param name="Prior">p(z).</param>
/// <param name="Weights">Where its own tensors are, and the encoder.</param>
/// <param name="Bottleneck">What makes codes of the encoder's output.</param>
internal readonly record struct BoundPrior(CodePrior Prior, BoundNetwork Weights, Bottleneck Bottleneck)
{
    /// <summary>Rows that are encoded together.</summary>
    private const int MaxEncoded = 1024;

    /// <summary>New codes on the weights' device, to train with: <c>[count, Z]</c>.</summary>
    public Tensor Draw(long count, Generator random)
    {
        Tensor noise = Prior.Draw(count, Weights.Plan.CodeSize, random);
        return Prior.Codes(noise.to(Weights.Device), this);
    }

    /// <summary>ln p(z) in nats: <c>[..., Z]</c> to <c>[...]</c>.</summary>
    public Tensor LogDensity(Tensor z) => Density()(z);

    /// <summary>The same for several tensors of codes: what does not depend on them is computed once.</summary>
    public Func<Tensor, Tensor> Density() => Prior.Density(this);

    /// <summary>
    /// KL(q(z|x) || p(z)) of each row in nats, in parts that add up: the closed form where the pair has one, else
    /// ln q(z|x) - ln p(z) of the codes that were drawn anyway, an estimate without bias: <c>[..., B, parts]</c>.
    /// </summary>
    public Tensor DivergenceOf(Posterior<TorchArray> posterior, CodeDraw draw) =>
        posterior.Divergence(Prior)?.Tensor ?? (draw.LogDensity - LogDensity(draw.Codes)).unsqueeze(-1);

    /// <summary>q(z|x) of rows that the encoder is given with their condition, as in prediction: <c>[N, D + K]</c>.
    /// Where no gradient is asked for, memory does not grow with their number.</summary>
    public Posterior<TorchArray> Encode(Tensor inputs) =>
        Bottleneck.Posterior<TorchArray>(cat([.. inputs.split(MaxEncoded).Select(EncodeBlock)]))!;

    private Tensor EncodeBlock(Tensor inputs)
    {
        using DisposeScope scope = NewDisposeScope();
        TorchArray encoded = Weights.EncodeWhole(inputs, ForwardMode.Prediction);
        return Bottleneck.Read(encoded).Tensor.MoveToOuterDisposeScope();
    }
}
