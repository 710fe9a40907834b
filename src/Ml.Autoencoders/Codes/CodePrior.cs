using System.Text.Json.Serialization;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders;

/// <summary>The distribution p(z) that codes are trained to have, and that new ones are drawn from.</summary>
/// <remarks>Two are equal where they are of one kind and their numbers are equal.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "prior")]
[JsonDerivedType(typeof(NormalPrior), "normal")]
[JsonDerivedType(typeof(RingPrior), "ring")]
[JsonDerivedType(typeof(FlowPrior), "flow")]
[JsonDerivedType(typeof(VampPrior), "vamp")]
[JsonDerivedType(typeof(CodeMixture), "mixture")]
[JsonDerivedType(typeof(SpherePrior), "sphere")]
public abstract class CodePrior : IByValue
{
    private protected CodePrior()
    {
    }

    IReadOnlyList<object?> IByValue.Values => Values;

    /// <summary>All its values.</summary>
    private protected abstract IReadOnlyList<object?> Values { get; }

    /// <summary>Whether two are of the same kind and have the same numbers.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(CodePrior? left, CodePrior? right) => ByValue.Same(left, right);

    /// <summary>Whether two are of different kinds or have different numbers.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(CodePrior? left, CodePrior? right) => !(left == right);

    /// <summary>Whether the other is of the same kind and has the same numbers.</summary>
    /// <param name="obj">The other.</param>
    public sealed override bool Equals(object? obj) => ByValue.Same(this, obj as CodePrior);

    /// <summary>The same number for all that are equal.</summary>
    public sealed override int GetHashCode() => ByValue.Hash(this);

    /// <summary>The kind, with its numbers.</summary>
    public override string ToString() => ByValue.Text(this);

    /// <summary>The standard normal distribution, N(0, I).</summary>
    public static CodePrior Normal { get; } = new NormalPrior();

    /// <summary>
    /// A mixture of equally likely normal distributions whose means lie on a circle in the plane of the code's
    /// first two dimensions; the other dimensions are standard normal (after Makhzani et al. 2015, section 3).
    /// </summary>
    /// <param name="components">How many; at least 1, at most 10,000.</param>
    /// <param name="radius">Of the circle; above 0.</param>
    /// <param name="standardDeviation">Of each component in the plane; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public static CodePrior Ring(int components = 10, float radius = 4, float standardDeviation = 0.5f)
    {
        var ring = new RingPrior(components, radius, standardDeviation);
        ring.Check(Place.Call($"{nameof(CodePrior)}.{nameof(Ring)}"));
        return ring;
    }

    /// <summary>
    /// A distribution that is learned with the autoencoder: a standard normal one, bent by couplings that each scale
    /// and shift one half of a code by what a small network makes of the other half (Dinh et al. 2017, "Density
    /// estimation using Real NVP"). It begins as the standard normal distribution. For families whose codes are
    /// normal variables.
    /// </summary>
    /// <param name="couplings">How many, the halves in turn; at least 1, at most 256. Two are needed to move every
    /// number of a code.</param>
    /// <param name="hidden">Numbers in each of the two hidden layers of a coupling's network; at least 1, at most
    /// 16,384.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public static CodePrior Flow(int couplings = 6, int hidden = 128)
    {
        var flow = new FlowPrior(couplings, hidden);
        flow.Check(Place.Call($"{nameof(CodePrior)}.{nameof(Flow)}"));
        return flow;
    }

    /// <summary>
    /// A distribution that is learned with the autoencoder: the mean of q(z|u) over made-up rows u, which are trained
    /// as the weights are (Tomczak and Welling 2018, "VAE with a VampPrior"). They begin as blends of two rows each of
    /// the first batch, and the model file holds them. For families whose codes are normal variables.
    /// </summary>
    /// <param name="pseudoInputs">How many rows u; at least 1, at most 10,000. Each is encoded anew for every
    /// batch.</param>
    /// <exception cref="ArgumentOutOfRangeException">The parameter is out of its range.</exception>
    public static CodePrior Vamp(int pseudoInputs = 500)
    {
        var vamp = new VampPrior(pseudoInputs);
        vamp.Check(Place.Call($"{nameof(CodePrior)}.{nameof(Vamp)}"));
        return vamp;
    }

    /// <summary>Checks its numbers.</summary>
    /// <exception cref="ArgumentException">One is not valid, and a caller gave it.</exception>
    /// <exception cref="FormatException">One is not valid, and is from a file.</exception>
    internal virtual void Check(Place place)
    {
    }

    /// <summary>Why codes of a size cannot have this distribution; null where they can.</summary>
    internal virtual string? Misfit(int codeSize) => null;

    /// <summary>Where codes lie.</summary>
    [JsonIgnore]
    internal virtual CodeSpace Space => CodeSpace.Flat;

    /// <summary>Its name where it learns from the density of codes, so that nothing that only compares draws
    /// can train it; null where it learns nothing.</summary>
    [JsonIgnore]
    internal virtual string? Learned => null;

    /// <summary>The tensors that it holds itself.</summary>
    internal virtual IReadOnlyList<ParameterSpec> Parameters(NetworkPlan network) => [];

    /// <summary>Its tensors are given their first numbers, before a fit trains it.</summary>
    /// <param name="rows">The fit's first batch as the encoder is given it, <c>[B, D + K]</c>.</param>
    /// <param name="own">Where its tensors are.</param>
    /// <param name="random">What is drawn from.</param>
    internal virtual void Begin(Tensor rows, BoundPrior own, Generator random)
    {
    }

    /// <summary>Numbers of noise that one code is made of, S.</summary>
    internal virtual int NoiseSize(int codeSize) => codeSize;

    /// <summary>Noise that <see cref="Codes"/> makes codes of, <c>[count, S]</c> on the CPU, for training.</summary>
    internal abstract Tensor Draw(long count, int codeSize, Generator random);

    /// <summary>The noise of one code in managed memory.</summary>
    /// <param name="noise">Room for it, S.</param>
    /// <param name="state">Of <see cref="Tensors.SplitMix"/>; a different one for each code.</param>
    internal abstract void Draw(Span<float> noise, ulong state);

    /// <summary>The codes that noise stands for: <c>[N, S]</c> to <c>[N, Z]</c>. A prior that learns nothing draws
    /// its codes as they are.</summary>
    internal virtual Tensor Codes(Tensor noise, BoundPrior own) => noise;

    /// <summary>Gives ln p(z) in nats, <c>[..., Z]</c> to <c>[...]</c>, with all that does not depend on the codes
    /// computed once. It is valid as long as the weights stay as they are, and in the scope that it was
    /// made in.</summary>
    internal abstract Func<Tensor, Tensor> Density(BoundPrior own);
}
