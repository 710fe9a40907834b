using static TorchSharp.torch;

namespace Ml.Autoencoders.Evaluation.Comparison;

/// <summary>Rows minus their mean, in double precision: products of rows that are far from 0 would lose their
/// differences.</summary>
internal static class CenteredRows
{
    /// <summary>Rows in a tensor at a time.</summary>
    public const int BatchSize = 1024;

    /// <summary>(x - mean) / scale, <c>[N, D]</c>.</summary>
    /// <param name="rows">x, at most <see cref="BatchSize"/>.</param>
    /// <param name="mean">What is subtracted from each slot.</param>
    /// <param name="scales">What each slot is then divided by; null for 1.</param>
    public static Tensor Of(float[][] rows, double[] mean, double[]? scales = null)
    {
        int size = mean.Length;
        var numbers = new double[rows.Length * size];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = (rows[i / size][i % size] - mean[i % size]) / (scales?[i % size] ?? 1);
        return tensor(numbers, [rows.Length, size], dtype: ScalarType.Float64, device: CPU);
    }
}
