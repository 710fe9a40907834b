using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Codes;

/// <summary>See <see cref="CodePrior.Flow"/>.</summary>
/// <param name="couplings">Steps between a code and its noise.</param>
/// <param name="hidden">Numbers in the hidden layers of each.</param>
internal sealed class FlowPrior(int couplings, int hidden) : CodePrior
{
    private const string Prefix = "prior";

    public int Couplings => couplings;

    public int Hidden => hidden;

    internal override string Learned => $"{nameof(CodePrior)}.{nameof(Flow)}";

    internal override string? Misfit(int codeSize) => codeSize < 2 ? "needs codes of at least 2 numbers" : null;

    internal override void Check(Place place)
    {
        Require.Within(Couplings, 1, Limits.Couplings, place, nameof(Couplings));
        Require.Within(Hidden, 1, Limits.CouplingWidth, place, nameof(Hidden));
    }

    internal override IReadOnlyList<ParameterSpec> Parameters(NetworkPlan network) =>
        [.. Steps(network.CodeSize).SelectMany((coupling, i) => coupling.Parameters(NameOf(i)))];

    internal override Tensor Draw(long count, int codeSize, Generator random) => Normal.Draw(count, codeSize, random);

    internal override void Draw(Span<float> noise, ulong state) => Normal.Draw(noise, state);

    /// <summary>From the noise back through all couplings, the last one first.</summary>
    internal override Tensor Codes(Tensor noise, BoundPrior own)
    {
        AffineCoupling[] steps = Steps((int)noise.shape[1]);
        for (int i = steps.Length - 1; i >= 0; i--)
            noise = steps[i].Inverse(noise, own.Weights.Bind(steps[i].Network, NameOf(i)));
        return noise;
    }

    internal override Func<Tensor, Tensor> Density(BoundPrior own)
    {
        AffineCoupling[] steps = Steps(own.Weights.Plan.CodeSize);
        BoundStack[] networks = [.. steps.Select((step, i) => own.Weights.Bind(step.Network, NameOf(i)))];
        return z =>
        {
            (Tensor noise, Tensor logDeterminant) = ToNoise(z.reshape(-1, z.shape[^1]), steps, networks); // [N, Z], [N]
            Tensor log = DiagonalGaussian<TorchArray>.StandardLogDensity(noise).Tensor.Plus(logDeterminant);
            return log.reshape(z.shape[..^1]);
        };
    }

    /// <summary>The noise that codes stand for, and ln |det| of the change of noise by the code: <c>[N, Z]</c> to
    /// <c>[N, Z]</c> and <c>[N]</c>.</summary>
    private static (Tensor Noise, Tensor LogDeterminant) ToNoise(Tensor z, AffineCoupling[] steps,
        BoundStack[] networks)
    {
        Tensor? logDeterminant = null;
        for (int i = 0; i < steps.Length; i++)
        {
            (z, Tensor log) = steps[i].Forward(z, networks[i]);
            logDeterminant = logDeterminant?.Plus(log) ?? log;
        }
        return (z, logDeterminant!);
    }

    private AffineCoupling[] Steps(int codeSize) =>
        [.. Enumerable.Range(0, Couplings).Select(i => new AffineCoupling(codeSize, Hidden, MovesSecond: i % 2 == 0))];

    private static string NameOf(int step) => $"{Prefix}.{step}";

    private protected override IReadOnlyList<object?> Values => [Couplings, Hidden];
}
