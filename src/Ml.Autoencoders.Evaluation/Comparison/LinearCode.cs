using System.Numerics.Tensors;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Evaluation.Comparison;

/// <summary>The code z = W (x - mean), whose nearest row is mean + Wᵀ z.</summary>
/// <param name="column">The column of rows.</param>
/// <param name="mean">The mean row.</param>
/// <param name="directions">The rows of W, orthonormal.</param>
internal sealed class LinearCode(string column, double[] mean, double[][] directions) : FittedMethod
{
    private readonly LinearDecoder _decoder = new(new double[directions.Length], mean, directions);

    /// <summary>What the numbers take as Single.</summary>
    public override long ModelSize => sizeof(float) * (long)mean.Length * (directions.Length + 1);

    public override float[][] Encode(IDataView rows) => [.. rows.GetColumn<float[]>(column).Select(Encode)];

    public override float[][] Reconstruct(IDataView rows, float[][] codes) => _decoder.Decode(codes);

    public override void Dispose()
    {
    }

    private float[] Encode(float[] row)
    {
        double[] centered = [.. row.Select((value, i) => value - mean[i])];
        return Array.ConvertAll(directions, direction => (float)TensorPrimitives.Dot<double>(centered, direction));
    }
}
