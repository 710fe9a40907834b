using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Codes;

/// <summary>
/// The vectors that quantized codes are made of. Each is the moving average of the vectors that it replaced.
/// </summary>
internal readonly struct Codebook
{
    public const string WeightName = "codebook.weight";
    private const string CountsName = "codebook.counts";

    /// <summary>
    /// A vector is dead when its average count is below this share of what each would have if all were used equally.
    /// </summary>
    private const double MinShare = 0.1;

    /// <summary>Not 0, to divide by.</summary>
    private const double MinCount = 1e-12;

    private readonly Tensor _weight;
    private readonly Tensor _counts;

    private Codebook(Tensor weight, Tensor counts)
    {
        _weight = weight;
        _counts = counts;
    }

    public static Codebook Of(BoundNetwork weights) => new(weights[WeightName], weights[CountsName]);

    /// <summary>
    /// The vectors, <c>[K, d]</c>, and how many each replaces of a batch on average, <c>[K]</c>. None has been used
    /// yet, so that the first batch takes them all for dead, and gives them its own vectors.
    /// </summary>
    public static IReadOnlyList<ParameterSpec> Parameters(long size, long vectorSize) =>
    [
        new(WeightName, [size, vectorSize], Initialization.Zeros, IsTrained: false),
        new(CountsName, [size], Initialization.Zeros, IsTrained: false),
    ];

    /// <summary>
    /// The index of the vector at the least distance, from |z|² - 2 z·e + |e|², of which the first is the same for all:
    /// <c>[B, n d]</c>, <c>[K, d]</c> to <c>[B n]</c>.
    /// </summary>
    public static T Nearest<T>(T encoded, T vectors) where T : struct, IArray<T>
    {
        T products = encoded.Detach().Reshape(-1, vectors.Size(1)).Product(vectors.Permute(1, 0)); // [B n, d] [d, K]
        return (vectors.Squared().Sum(1) - products * 2).ArgMin(1); // [K] - [B n, K] -> [B n]
    }

    /// <summary>The same of its own vectors.</summary>
    public Tensor Nearest(Tensor encoded) => Nearest<TorchArray>(encoded, _weight);

    /// <summary><c>[B n]</c> to <c>[B n, d]</c>.</summary>
    public Tensor Vectors(Tensor indices) => _weight.index_select(0, indices);

    /// <summary>
    /// Replaces vectors by the nearest ones, then moves each of these toward the mean m of the c vectors that it
    /// replaced: N := γ N + (1 - γ) c, e := e + (1 - γ) c (m - e) / N, which is the same as keeping average sums, and
    /// dividing by N (van den Oord et al. 2017, appendix A.1): <c>[B, n d]</c> to <c>[B n, d]</c>.
    /// </summary>
    public Tensor Learn(Tensor encoded, double decay, Generator random)
    {
        using IDisposable noGrad = no_grad();
        Tensor vectors = Cut(encoded);
        Revive(vectors, random);
        Tensor nearest = Nearest(encoded);
        Tensor replacements = Vectors(nearest);
        Tensor counts = Counts(nearest);                                        // [K]
        Tensor sums = zeros_like(_weight).IndexAddInPlace(nearest, vectors); // [K, d]
        Tensor differences = sums - counts.unsqueeze(1) * _weight; // c (m - e), [K, d]
        _counts.TimesInPlace(decay).PlusInPlace(counts.Times(1 - decay));
        // Where the count is 0, with a decay of 0 or near it, the difference is 0, too.
        _weight.PlusInPlace(differences.Times(1 - decay) / _counts.AtLeast(MinCount).unsqueeze(1));
        return replacements;
    }

    /// <summary>
    /// How many vectors are in use, exp(-Σ p ln p), with p the share that each has of the indices <c>[B n]</c>: between
    /// 1, when one replaces all, and K, when all are used equally.
    /// </summary>
    public Tensor Perplexity(Tensor indices)
    {
        Tensor shares = Counts(indices).Over(indices.shape[0]); // [K]
        return shares.xlogy(shares).sum().neg().exp();
    }

    /// <summary>
    /// Gives each dead vector the place of another vector of the batch, and the least count of a living one: it is dead
    /// again at the next batch unless it replaces something in this one.
    /// </summary>
    private void Revive(Tensor vectors, Generator random)
    {
        (long size, long count) = (_weight.shape[0], vectors.shape[0]);
        double least = MinShare * count / size;
        Tensor isDead = _counts.IsBelow(least); // [K]
        Tensor order = Draws.Permutation(count, vectors.device, random); // [B n]
        // [K], from the start again where too few
        Tensor chosen = order.repeat((size + count - 1) / count).narrow(0, 0, size);
        _weight.copy_(vectors.index_select(0, chosen).where(isDead.unsqueeze(1), _weight));
        _counts.MaskInPlace(isDead, least);
    }

    /// <summary>How often each vector occurs among indices, <c>[B n]</c> to <c>[K]</c>.</summary>
    private Tensor Counts(Tensor indices) => indices.bincount(null, _weight.shape[0]).to(ScalarType.Float32);

    /// <summary><c>[B, n d]</c> to <c>[B n, d]</c>.</summary>
    private Tensor Cut(Tensor encoded) => encoded.reshape(-1, _weight.shape[1]);
}
