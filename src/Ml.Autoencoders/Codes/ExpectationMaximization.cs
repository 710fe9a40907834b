using System.Numerics.Tensors;

namespace Ml.Autoencoders.Codes;

/// <summary>
/// Fits a mixture of Gaussians in turns: the share of each code that each component is responsible for (E), and the
/// components that suit these shares best (M). Bishop 2006, section 9.2.2.
/// </summary>
/// <remarks>Work is spread over threads such that no sum depends on how: the same seed gives the same
/// numbers.</remarks>
internal sealed class ExpectationMaximization
{
    private const int MaxIterations = 200;

    /// <summary>
    /// The gain of the mean log-likelihood, relative to its size, at which more turns are not worth their time.
    /// </summary>
    private const double Tolerance = 1e-4;

    /// <summary>Below this share of one code in all, a component is empty.</summary>
    private const double EmptyCount = 1e-9;

    private readonly CodeBlock[] _blocks;
    private readonly double[][] _shares;
    private readonly Gaussian _whole;
    private readonly double _ridge;

    /// <summary>Starts from the codes nearest to each of so many centers.</summary>
    public ExpectationMaximization(float[][] codes, int components, int seed)
    {
        _blocks = CodeBlock.Split(codes);
        var all = new double[codes.Length];
        Array.Fill(all, 1);
        Moments moments = Moments.Of(_blocks, all);
        _ridge = RidgeOf(moments);
        _whole = Gaussian.Of(moments, _ridge);

        _shares = [.. Enumerable.Range(0, components).Select(_ => new double[codes.Length])];
        int[] nearest = KMeansPlusPlus.Assign(codes, components, new Random(seed));
        for (int n = 0; n < codes.Length; n++)
            _shares[nearest[n]][n] = 1;
        Mixture = Maximize();
    }

    /// <summary>The components as they are now.</summary>
    public CodeMixture Mixture { get; private set; }

    /// <summary>The responsibilities, <c>[K][N]</c>.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Shares => _shares;

    /// <summary>Takes turns until they gain no more.</summary>
    public CodeMixture Run()
    {
        double last = double.NegativeInfinity;
        for (int i = 0; i < MaxIterations; i++)
        {
            double likelihood = Step();
            if (likelihood - last <= Tolerance * Math.Abs(likelihood))
                break;
            last = likelihood;
        }
        return Mixture;
    }

    /// <summary>Both turns.</summary>
    /// <returns>The mean log-likelihood of the codes before them.</returns>
    public double Step()
    {
        double likelihood = Expect();
        Mixture = Maximize();
        return likelihood;
    }

    /// <summary>The E step, equation 9.23.</summary>
    private double Expect()
    {
        var likelihoods = new double[_shares[0].Length];
        Parallel.ForEach(_blocks, block =>
        {
            Span<double> ofBlock = block.Of(likelihoods);
            double[][] logs = Mixture.LogDensities(block, ofBlock);
            for (int k = 0; k < logs.Length; k++)
            {
                TensorPrimitives.Subtract(logs[k], ofBlock, logs[k]);
                TensorPrimitives.Exp(logs[k], block.Of(_shares[k]));
            }
        });
        return likelihoods.Average();
    }

    /// <summary>The M step, equations 9.24 to 9.26.</summary>
    private CodeMixture Maximize()
    {
        var weights = new double[_shares.Length];
        var components = new Gaussian[_shares.Length];
        Parallel.For(0, components.Length, k =>
        {
            Moments moments = Moments.Of(_blocks, _shares[k]);
            bool empty = moments.Count < EmptyCount;
            weights[k] = empty ? 0 : moments.Count / _shares[k].Length;
            components[k] = empty ? _whole : Gaussian.Of(moments, _ridge);
        });
        return new CodeMixture(weights, components);
    }

    /// <summary>
    /// What is added to every variance, so that a component on one code, or in a constant dimension, keeps a width: a
    /// millionth of the codes' variance, and no less than what rounding to Single leaves of their size.
    /// </summary>
    private static double RidgeOf(Moments moments)
    {
        double variance = moments.Covariance.Average(row => row[^1]);
        double size = moments.Mean.Average(mean => mean * mean);
        return Math.Max(Math.Max(1e-6 * variance, 1e-14 * size), 1e-30);
    }
}
