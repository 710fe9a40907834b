using Ml.Autoencoders.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Objectives;

/// <summary>
/// How far apart two distributions are, estimated from a sample of each: whether rows resemble rows of their own sample
/// more than those of the other.
/// </summary>
internal static class MaximumMeanDiscrepancy
{
    private static readonly double[] Scales = [0.1, 0.2, 0.5, 1, 2, 5, 10];

    /// <summary>A kernel makes some tensors on its way, each of as many numbers as there are pairs.</summary>
    private const int NumbersOfPair = 8;

    /// <summary>
    /// The squared maximum mean discrepancy, E k(x, x') + E k(y, y') - 2 E k(x, y), estimated without bias: no row is
    /// paired with itself, so that two samples of one distribution give 0 on average, hence less than 0 half the time:
    /// <c>[N, Z]</c>, <c>[M, Z]</c> to a scalar. N and M are at least 2; one row has no pair, and the result is NaN.
    /// </summary>
    /// <param name="x">One sample.</param>
    /// <param name="y">The other sample.</param>
    /// <param name="kernel">Takes squared distances to similarities, each for itself: <c>[N, M]</c>
    /// to <c>[N, M]</c>.</param>
    /// <remarks>Gretton et al. 2012, "A Kernel Two-Sample Test", equation 3.</remarks>
    public static Tensor Squared(Tensor x, Tensor y, Func<Tensor, Tensor> kernel)
    {
        return Within(x).Plus(Within(y)) - Between().Times(2);

        Tensor Within(Tensor sample)
        {
            long count = sample.shape[0];
            return RowBlocks.Sum(count, count * NumbersOfPair, [sample], (inputs, start, size) =>
            {
                Tensor similarities = kernel(SquaredDistances(inputs[0].narrow(0, start, size), inputs[0])); // [n, N]
                return [similarities.sum() - similarities.narrow(1, start, size).trace()];
            })[0].Over(count * (count - 1));
        }

        Tensor Between()
        {
            (long rows, long others) = (x.shape[0], y.shape[0]);
            return RowBlocks.Sum(rows, others * NumbersOfPair, [x, y], (inputs, start, size) =>
            {
                Tensor similarities = kernel(SquaredDistances(inputs[0].narrow(0, start, size), inputs[1])); // [n, M]
                return [similarities.sum()];
            })[0].Over(rows * others);
        }
    }

    /// <summary>
    /// The inverse multiquadric kernel C / (C + |x - y|²) with C = 2 Z s, where 2 Z is what |x - y|² comes to on
    /// average under N(0, I): the mean over seven scales s from 0.1 to 10, so that no distance is out of sight. Its
    /// tails are heavy: a code far from all others still feels a pull.
    /// </summary>
    /// <remarks>
    /// Tolstikhin et al. 2018, "Wasserstein Auto-Encoders", section 4. The scales are those of the authors' code, which
    /// takes the sum over them; the mean keeps the similarity of equal rows at 1.
    /// </remarks>
    public static Func<Tensor, Tensor> InverseMultiquadric(int codeSize) => squaredDistances =>
        Scales.Select(scale => squaredDistances.Over(2 * codeSize * scale).Plus(1).reciprocal())
            .Aggregate((sum, one) => sum.Plus(one)).Over(Scales.Length);

    /// <summary>
    /// By differences and not by |x|² + |y|² - 2 x·y, which far from the origin loses the distance to rounding, and
    /// with it the sign: <c>[N, Z]</c>, <c>[M, Z]</c> to <c>[N, M]</c>.
    /// </summary>
    private static Tensor SquaredDistances(Tensor x, Tensor y) =>
        cdist(x, y, 2, compute_mode.donot_use_mm_for_euclid_dist).Squared();
}
