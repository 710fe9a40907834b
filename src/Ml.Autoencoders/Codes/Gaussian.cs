using System.Numerics.Tensors;

namespace Ml.Autoencoders.Codes;

/// <summary>A normal distribution of codes with a full covariance.</summary>
internal sealed class Gaussian
{
    /// <summary>The rows of the lower triangle L with L Lᵀ = covariance.</summary>
    private readonly double[][] _root;

    /// <summary>The log density at the mean.</summary>
    private readonly double _peak;

    /// <param name="mean"><c>[Z]</c>.</param>
    /// <param name="covariance">The rows of the lower triangle of a positive definite matrix.</param>
    public Gaussian(double[] mean, double[][] covariance)
    {
        Mean = mean;
        Covariance = covariance;
        _root = Cholesky(covariance);
        // The determinant of the covariance is the square of the product of its root's diagonal.
        _peak = -mean.Length / 2.0 * Math.Log(2 * Math.PI) - _root.Sum(row => Math.Log(row[^1]));
    }

    public double[] Mean { get; }

    /// <summary>The rows of the lower triangle.</summary>
    public double[][] Covariance { get; }

    /// <summary>The distribution with given moments and <paramref name="ridge"/> added to each variance.</summary>
    public static Gaussian Of(Moments moments, double ridge) =>
        new(moments.Mean, [.. moments.Covariance.Select(row => (double[])[.. row[..^1], row[^1] + ridge])]);

    /// <summary>Bishop 2006, equation 2.43: with y = L⁻¹ (x - mean), the peak less yᵀy / 2.</summary>
    /// <param name="block">x.</param>
    /// <param name="logs">Receives a number for each code of the block.</param>
    public void LogDensities(CodeBlock block, Span<double> logs)
    {
        logs.Fill(_peak);
        double[][] y = block.Scratch();
        var squares = new double[block.Count];
        for (int i = 0; i < y.Length; i++)
        {
            TensorPrimitives.Subtract(block.Columns[i], Mean[i], y[i]);
            for (int j = 0; j < i; j++)
                TensorPrimitives.MultiplyAdd(y[j], -_root[i][j], y[i], y[i]);
            TensorPrimitives.Divide(y[i], _root[i][i], y[i]);
            TensorPrimitives.MultiplyAdd(y[i], y[i], squares, squares);
        }
        TensorPrimitives.MultiplyAdd(squares, -0.5, logs, logs);
    }

    /// <summary>The mean plus L times standard normal numbers.</summary>
    public float[] Draw(Random random)
    {
        var noise = new double[Mean.Length];
        for (int i = 0; i < noise.Length; i++)
            noise[i] = random.NextNormal();
        return [.. _root.Select((row, i) => (float)(Mean[i] + TensorPrimitives.Dot<double>(row, noise.AsSpan(0, i + 1))))];
    }

    private static double[][] Cholesky(double[][] covariance)
    {
        var root = new double[covariance.Length][];
        for (int i = 0; i < root.Length; i++)
        {
            root[i] = new double[i + 1];
            for (int j = 0; j <= i; j++)
            {
                double rest = covariance[i][j] - TensorPrimitives.Dot<double>(root[i].AsSpan(0, j), root[j].AsSpan(0, j));
                root[i][j] = i == j ? Math.Sqrt(rest) : rest / root[j][j];
            }
        }
        return root;
    }
}
