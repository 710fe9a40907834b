using System.Numerics.Tensors;

namespace Ml.Autoencoders.Benchmarks.Series;

/// <summary>Reconstruction errors of windows by their principal components.</summary>
internal sealed class WindowPca
{
    private const int Iterations = 200;

    private readonly double[] _mean;
    private readonly double[] _deviation;

    /// <summary>Orthonormal, <c>[rank][T]</c>.</summary>
    private readonly double[][] _components;

    /// <param name="windows">Windows to learn from.</param>
    /// <param name="rank">How many components.</param>
    public WindowPca(IReadOnlyList<double[]> windows, int rank)
    {
        int length = windows[0].Length;
        _mean = [.. Enumerable.Range(0, length).Select(t => windows.Average(window => window[t]))];
        _deviation = [.. Enumerable.Range(0, length).Select(t =>
            Math.Sqrt(windows.Average(window => Math.Pow(window[t] - _mean[t], 2))))];
        double[][] products = Products(windows);
        var random = new Random(1);
        _components = Orthonormal.Of([.. Enumerable.Range(0, rank).Select(_ =>
            Enumerable.Range(0, length).Select(_ => random.NextDouble() - 0.5).ToArray())]);
        // The power method for all components at once.
        for (int i = 0; i < Iterations; i++)
        {
            _components = Orthonormal.Of([.. _components.Select(component =>
                products.Select(row => TensorPrimitives.Dot<double>(row, component)).ToArray())]);
        }
    }

    /// <summary>The mean squared error of a window, in the units in which each step has the variance 1.</summary>
    public float Error(double[] window)
    {
        double[] rest = Standardized(window);
        // Components are orthogonal, so one may be taken off after the other.
        foreach (double[] component in _components)
            TensorPrimitives.MultiplyAdd<double>(component, -TensorPrimitives.Dot<double>(component, rest), rest, rest);
        return (float)(TensorPrimitives.SumOfSquares<double>(rest) / rest.Length);
    }

    private double[] Standardized(double[] window) =>
        [.. window.Select((value, t) => (value - _mean[t]) / (_deviation[t] > 0 ? _deviation[t] : 1))];

    private double[][] Products(IReadOnlyList<double[]> windows)
    {
        double[][] sums = [.. _mean.Select(_ => new double[_mean.Length])];
        foreach (double[] window in windows)
        {
            double[] row = Standardized(window);
            for (int t = 0; t < row.Length; t++)
                TensorPrimitives.MultiplyAdd<double>(row, row[t] / windows.Count, sums[t], sums[t]);
        }
        return sums;
    }
}
