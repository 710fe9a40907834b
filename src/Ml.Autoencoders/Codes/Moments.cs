using System.Numerics.Tensors;

namespace Ml.Autoencoders.Codes;

/// <summary>Mean and covariance of codes when each counts with a share between 0 and 1.</summary>
/// <param name="Count">The sum of the shares.</param>
/// <param name="Mean"><c>[Z]</c>.</param>
/// <param name="Covariance">The rows of the lower triangle; the upper one is its mirror image.</param>
internal sealed record Moments(double Count, double[] Mean, double[][] Covariance)
{
    /// <summary>Bishop 2006, "Pattern Recognition and Machine Learning", equations 9.24, 9.25 and 9.27.</summary>
    public static Moments Of(CodeBlock[] blocks, double[] shares)
    {
        double count = TensorPrimitives.Sum<double>(shares);
        double[] mean = [.. Enumerable.Range(0, blocks[0].Columns.Length)
            .Select(i =>
                blocks.Sum(block => TensorPrimitives.Dot<double>(block.Columns[i], block.Of(shares))) / count)];
        double[][] covariance = [.. mean.Select((_, i) => new double[i + 1])];
        foreach (CodeBlock block in blocks)
            AddTo(covariance, block, block.Of(shares), mean);
        foreach (double[] row in covariance)
            TensorPrimitives.Divide(row, count, row);
        return new Moments(count, mean, covariance);
    }

    /// <summary>
    /// Adds the products of the offsets from the mean: from 0 they would lose the digits of codes far from it.
    /// </summary>
    private static void AddTo(double[][] covariance, CodeBlock block, ReadOnlySpan<double> shares, double[] mean)
    {
        double[][] offsets = block.Scratch();
        var shared = new double[block.Count];
        for (int i = 0; i < mean.Length; i++)
        {
            TensorPrimitives.Subtract(block.Columns[i], mean[i], offsets[i]);
            TensorPrimitives.Multiply(offsets[i], shares, shared);
            for (int j = 0; j <= i; j++)
                covariance[i][j] += TensorPrimitives.Dot<double>(shared, offsets[j]);
        }
    }
}
