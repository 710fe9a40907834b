using Ml.Autoencoders.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Evaluation.Comparison;

/// <summary>
/// Principal components to double precision: the eigenvectors of the covariance that have the greatest eigenvalues
/// (Pearson 1901; Hotelling 1933). Of all linear codes theirs have the least squared error (Eckart and Young 1936).
/// </summary>
internal sealed class ExactPca() : Method(ExactPca.MethodName, isPca: true)
{
    public const string MethodName = "PCA (exact)";

    public override FittedMethod Fit(ComparisonData data, int codeSize)
    {
        double[] mean = MeanRow.Of(data.Training.Rows);
        return new LinearCode(data.FeatureColumn, mean, Directions(data.Training.Rows, mean, codeSize));
    }

    /// <summary>Orthonormal, that of the greatest variance first.</summary>
    public static double[][] Directions(float[][] rows, double[] mean, int count)
    {
        TorchLibrary.Load();
        using DisposeScope scope = NewDisposeScope();
        // Ascending eigenvalues, and eigenvectors [D, D] in columns. The scatter matrix has the covariance's.
        (_, Tensor vectors) = linalg.eigh(Scatter(rows, mean));
        double[] all = vectors.t().contiguous().data<double>().ToArray();
        int size = mean.Length;
        return [.. Enumerable.Range(1, count).Select(i => Upright(all[((size - i) * size)..((size - i + 1) * size)]))];
    }

    /// <summary>Σ (x - mean)(x - mean)ᵀ, <c>[D, D]</c>.</summary>
    private static Tensor Scatter(float[][] rows, double[] mean)
    {
        int size = mean.Length;
        Tensor sum = zeros([size, size], dtype: ScalarType.Float64, device: CPU);
        foreach (float[][] batch in rows.Chunk(CenteredRows.BatchSize))
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor x = CenteredRows.Of(batch, mean);
            sum.PlusInPlace(x.t().matmul(x));
        }
        return sum;
    }

    /// <summary>An eigenvector may point either way: the greatest of its numbers is made positive.</summary>
    private static double[] Upright(double[] direction) =>
        direction.MaxBy(Math.Abs) < 0 ? Array.ConvertAll(direction, value => -value) : direction;
}
