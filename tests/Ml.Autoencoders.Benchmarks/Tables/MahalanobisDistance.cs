using System.Numerics.Tensors;

namespace Ml.Autoencoders.Benchmarks.Tables;

/// <summary>The squared Mahalanobis distance of rows from others, by their mean and covariance.</summary>
internal sealed class MahalanobisDistance
{
    /// <summary>Added to the variance of each standardized column, for columns that are constant or depend on
    /// others.</summary>
    private const double Ridge = 1e-6;

    private readonly double[] _mean;
    private readonly double[] _deviation;

    /// <summary>The lower triangle L of the correlation matrix, L L'.</summary>
    private readonly double[][] _factor;

    public MahalanobisDistance(float[][] rows)
    {
        int columns = rows[0].Length;
        _mean = [.. Enumerable.Range(0, columns).Select(d => rows.Average(row => (double)row[d]))];
        _deviation = [.. Enumerable.Range(0, columns).Select(d =>
            Math.Sqrt(rows.Average(row => Math.Pow(row[d] - _mean[d], 2))))];
        _factor = Factor(Correlation([.. rows.Select(Standardized)], columns));
    }

    /// <summary>The squared length of y with L y = x.</summary>
    public float Of(float[] row)
    {
        double[] rest = Standardized(row);
        for (int i = 0; i < rest.Length; i++)
            rest[i] = (rest[i] - TensorPrimitives.Dot<double>(_factor[i].AsSpan(0, i), rest.AsSpan(0, i)))
                / _factor[i][i];
        return (float)TensorPrimitives.SumOfSquares<double>(rest);
    }

    private double[] Standardized(float[] row) =>
        [.. row.Select((value, d) => (value - _mean[d]) / (_deviation[d] > 0 ? _deviation[d] : 1))];

    private static double[][] Correlation(double[][] rows, int columns)
    {
        double[][] sums = [.. Enumerable.Range(0, columns).Select(_ => new double[columns])];
        foreach (double[] row in rows)
        {
            for (int i = 0; i < columns; i++)
                TensorPrimitives.MultiplyAdd<double>(row, row[i] / rows.Length, sums[i], sums[i]);
        }
        for (int i = 0; i < columns; i++)
            sums[i][i] += Ridge;
        return sums;
    }

    /// <summary>Cholesky's.</summary>
    private static double[][] Factor(double[][] matrix)
    {
        double[][] lower = [.. matrix.Select(row => new double[row.Length])];
        for (int i = 0; i < matrix.Length; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double rest = matrix[i][j]
                    - TensorPrimitives.Dot<double>(lower[i].AsSpan(0, j), lower[j].AsSpan(0, j));
                lower[i][j] = i == j ? Math.Sqrt(rest) : rest / lower[j][j];
            }
        }
        return lower;
    }
}
