using System.Globalization;
using System.Numerics.Tensors;
using Ml.Autoencoders.Codes;

namespace Ml.Autoencoders;

/// <summary>
/// A mixture of Gaussians with full covariances: where the codes of some data lie, and how densely. New codes can be drawn
/// from it for any autoencoder, whether or not its training shaped the codes.
/// </summary>
/// <remarks>
/// p(z) = Σₖ wₖ N(z | μₖ, Σₖ) (Bishop 2006, "Pattern Recognition and Machine Learning", equation 9.7), fitted by
/// expectation-maximization (section 9.2.2) from a start by k-means++ (Arthur and Vassilvitskii 2007). A millionth of
/// the codes' mean variance is added to every variance, so that no component collapses onto a code.
/// </remarks>
public sealed class CodeMixture
{
    private readonly double[] _weights;
    private readonly Gaussian[] _components;

    internal CodeMixture(double[] weights, Gaussian[] components)
    {
        _weights = weights;
        _components = components;
        Weights = [.. weights];
    }

    /// <summary>How many numbers a code has.</summary>
    public int CodeSize => _components[0].Mean.Length;

    /// <summary>The share of each component. Where codes repeat, one can be left with none of them: its share is 0.</summary>
    public IReadOnlyList<double> Weights { get; }

    /// <summary>The mean of each component, <see cref="CodeSize"/> numbers; a copy.</summary>
    public IReadOnlyList<double[]> Means => [.. _components.Select(component => component.Mean.ToArray())];

    /// <summary>The covariance matrix of each component, <see cref="CodeSize"/> rows and columns; a copy.</summary>
    public IReadOnlyList<double[,]> Covariances => [.. _components.Select(component => Whole(component.Covariance))];

    /// <summary>Where a seed that is not given comes from.</summary>
    internal Func<int> SeedSource { private get; set; } = Random.Shared.Next;

    /// <summary>New codes.</summary>
    /// <param name="count">How many; at most 10,000,000.</param>
    /// <param name="seed">The same seed gives the same codes. Default: another one at every call, drawn from the context.</param>
    /// <returns>Each <see cref="CodeSize"/> numbers.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The count is out of its range.</exception>
    public float[][] Sample(int count, int? seed = null)
    {
        Require.Within(count, 0, Limits.MadeRows, "CodeMixture.Sample", nameof(count));
        var random = new Random(seed ?? SeedSource());
        var codes = new float[count][];
        for (int n = 0; n < count; n++)
            codes[n] = _components[random.NextIndex(_weights)].Draw(random);
        return codes;
    }

    /// <summary>The natural logarithm of the density at a code: high where codes like it were in the data.</summary>
    /// <param name="code"><see cref="CodeSize"/> finite numbers.</param>
    /// <exception cref="ArgumentException">The code has another length, or a number that is not finite.</exception>
    public double LogDensity(float[] code)
    {
        ArgumentNullException.ThrowIfNull(code);
        RequireCode(code, CodeSize, "The code", nameof(code));
        var log = new double[1];
        LogDensities(CodeBlock.Split([code])[0], log);
        return log[0];
    }

    /// <summary>Number of components, size of the codes, weights.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"Components: {_components.Length}, code size: {CodeSize}, weights: {string.Join(", ", _weights.Select(weight => weight.ToString("0.###", CultureInfo.InvariantCulture)))}");

    /// <exception cref="ArgumentException">
    /// There are no components or fewer codes than components, or a code is of another length than the first, or not finite.
    /// </exception>
    internal static CodeMixture Fit(float[][] codes, int components, int seed)
    {
        Require.AtLeast(components, 1, "FitMixture", nameof(components));
        if (codes.Length < components)
            throw new ArgumentException($"{components} components need at least as many rows; there are {codes.Length}.", nameof(codes));
        for (int n = 0; n < codes.Length; n++)
            RequireCode(codes[n], codes[0].Length, $"Code {n}", nameof(codes));
        return new ExpectationMaximization(codes, components, seed).Run();
    }

    /// <summary>The log densities of a block of codes.</summary>
    /// <param name="block">z.</param>
    /// <param name="totals">Receives log p(z) for each code of the block.</param>
    /// <returns>What each component adds to it, log(wₖ N(z | μₖ, Σₖ)), <c>[K][Count]</c>.</returns>
    internal double[][] LogDensities(CodeBlock block, Span<double> totals)
    {
        var logs = new double[_components.Length][];
        for (int k = 0; k < logs.Length; k++)
        {
            logs[k] = new double[block.Count];
            _components[k].LogDensities(block, logs[k]);
            TensorPrimitives.Add(logs[k], Math.Log(_weights[k]), logs[k]);
        }
        for (int n = 0; n < block.Count; n++)
            totals[n] = LogOfSum(logs, n);
        return logs;
    }

    /// <summary>Densities far below the least double still have logarithms: the greatest is taken out of the sum.</summary>
    private static double LogOfSum(double[][] logs, int column)
    {
        double greatest = logs.Max(row => row[column]);
        return greatest + Math.Log(logs.Sum(row => Math.Exp(row[column] - greatest)));
    }

    private static void RequireCode(float[] code, int size, string name, string parameter)
    {
        if (code.Length != size)
            throw new ArgumentException($"{name} has {code.Length} numbers; it needs {size}.", parameter);
        int slot = Array.FindIndex(code, number => !float.IsFinite(number));
        if (slot >= 0)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"{name}: number {slot} is {code[slot]}; it must be finite."), parameter);
    }

    private static double[,] Whole(double[][] lower)
    {
        var matrix = new double[lower.Length, lower.Length];
        for (int i = 0; i < lower.Length; i++)
        {
            for (int j = 0; j <= i; j++)
                matrix[i, j] = matrix[j, i] = lower[i][j];
        }
        return matrix;
    }
}
