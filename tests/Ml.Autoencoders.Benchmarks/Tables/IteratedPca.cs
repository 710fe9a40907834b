using System.Numerics.Tensors;

namespace Ml.Autoencoders.Benchmarks.Tables;

/// <summary>
/// Gaps filled by principal components: first with the mean, then, again and again, with what the components of the
/// filled rows make of them (the iterative PCA of Josse and Husson 2012, without its regularization).
/// </summary>
internal sealed class IteratedPca
{
    private const int Iterations = 30;
    private const int Rotations = 8;

    private readonly int _rank;

    /// <summary>Orthonormal, <c>[rank][D]</c>.</summary>
    private readonly double[][] _components;

    /// <param name="rows">Rows to learn from, with columns of mean 0 and deviation 1; NaN where values are
    /// missing.</param>
    /// <param name="rank">How many components.</param>
    public IteratedPca(double[][] rows, int rank)
    {
        _rank = rank;
        int columns = rows[0].Length;
        var random = new Random(1);
        _components = Orthonormal.Of([.. Enumerable.Range(0, rank).Select(_ =>
            Enumerable.Range(0, columns).Select(_ => random.NextDouble() - 0.5).ToArray())]);
        double[][] filled = [.. rows.Select(row => row.Select(x => double.IsNaN(x) ? 0 : x).ToArray())];
        for (int i = 0; i < Iterations; i++)
        {
            for (int j = 0; j < Rotations; j++)
                _components = Orthonormal.Of(Turned(filled));
            for (int row = 0; row < rows.Length; row++)
                filled[row] = Filled(rows[row], filled[row]);
        }
    }

    /// <summary>A row with its gaps filled.</summary>
    public double[] Fill(double[] row)
    {
        double[] filled = [.. row.Select(x => double.IsNaN(x) ? 0 : x)];
        for (int i = 0; i < Iterations; i++)
            filled = Filled(row, filled);
        return filled;
    }

    private double[] Filled(double[] row, double[] before)
    {
        var whole = new double[row.Length];
        foreach (double[] component in _components)
        {
            TensorPrimitives.MultiplyAdd<double>(component, TensorPrimitives.Dot<double>(component, before), whole,
                whole);
        }
        return [.. row.Zip(whole, (x, y) => double.IsNaN(x) ? y : x)];
    }

    /// <summary>Each component times the sum of squares and products, one step of the power method.</summary>
    private double[][] Turned(double[][] rows)
    {
        double[][] turned = [.. _components.Select(component => new double[component.Length])];
        foreach (double[] row in rows)
        {
            for (int k = 0; k < _rank; k++)
            {
                TensorPrimitives.MultiplyAdd<double>(row, TensorPrimitives.Dot<double>(row, _components[k]),
                    turned[k], turned[k]);
            }
        }
        return turned;
    }
}
