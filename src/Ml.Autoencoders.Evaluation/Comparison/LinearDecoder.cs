using System.Numerics.Tensors;
using Ml.Autoencoders.Tensors;
using TorchSharp;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Ml.Autoencoders.Evaluation.Comparison;

/// <summary>The row that a code z stands for: rowMean + Σ (zᵢ - codeMeanᵢ) directionᵢ.</summary>
/// <param name="codeMean">What is subtracted from a code.</param>
/// <param name="rowMean">The row of the code that is <paramref name="codeMean"/>.</param>
/// <param name="directions">What each number of a code adds to a row.</param>
internal sealed class LinearDecoder(double[] codeMean, double[] rowMean, double[][] directions)
{
    /// <summary>Between 1 and the next double.</summary>
    private const double Rounding = 1.0 / (1L << 52);

    /// <summary>
    /// The decoder with the least squared error on some rows. Codes may hold numbers that do not vary, repeat each
    /// other or are of very different sizes: of several best decoders it is the one with the shortest directions, in
    /// units of the numbers' spread.
    /// </summary>
    /// <param name="codes">Codes, all of them finite.</param>
    /// <param name="rows">The rows that they were made from.</param>
    public static LinearDecoder Fit(float[][] codes, float[][] rows)
    {
        TorchLibrary.Load();
        double[] codeMean = MeanRow.Of(codes);
        double[] rowMean = MeanRow.Of(rows);
        double[] spreads = Spreads(codes, codeMean);
        using DisposeScope scope = NewDisposeScope();
        Tensor basis = Basis(codes, codeMean, spreads);                                                       // [Z, r]
        Tensor shares = zeros([basis.shape[1], rowMean.Length], dtype: ScalarType.Float64, device: CPU);      // [r, D]
        foreach ((float[][] someCodes, float[][] theirRows) in
            codes.Chunk(CenteredRows.BatchSize).Zip(rows.Chunk(CenteredRows.BatchSize)))
        {
            using DisposeScope batch = NewDisposeScope();
            Tensor coordinates = CenteredRows.Of(someCodes, codeMean, spreads).matmul(basis);                  // [B, r]
            shares.PlusInPlace(coordinates.t().matmul(CenteredRows.Of(theirRows, rowMean)));
        }
        double[] all = basis.matmul(shares).contiguous().data<double>().ToArray();                            // [Z, D]
        int size = rowMean.Length;
        return new LinearDecoder(codeMean, rowMean, [.. spreads.Select((spread, i) =>
            Array.ConvertAll(all[(i * size)..((i + 1) * size)], value => value / spread))]);
    }

    /// <summary>The rows that codes stand for.</summary>
    public float[][] Decode(float[][] codes) => [.. codes.Select(Decode)];

    private float[] Decode(float[] code)
    {
        double[] sum = [.. rowMean];
        for (int i = 0; i < code.Length; i++)
            TensorPrimitives.MultiplyAdd(directions[i], code[i] - codeMean[i], sum, sum);
        return Array.ConvertAll(sum, value => (float)value);
    }

    /// <summary>The root of the sum of squared deviations of each number; 1 for one that does not vary.</summary>
    private static double[] Spreads(float[][] codes, double[] mean)
    {
        var squares = new double[mean.Length];
        foreach (float[] code in codes)
        {
            for (int i = 0; i < squares.Length; i++)
                squares[i] += (code[i] - mean[i]) * (code[i] - mean[i]);
        }
        return Array.ConvertAll(squares, square => square > 0 ? Math.Sqrt(square) : 1);
    }

    /// <summary>
    /// The matrix that turns centered codes into orthonormal coordinates, as many as there are directions that codes
    /// vary in: V S⁻¹ of their singular value decomposition. That of the triangular factor has the same V and S, and is
    /// computed without squaring the codes, which would lose half of the digits.
    /// </summary>
    private static Tensor Basis(float[][] codes, double[] mean, double[] spreads)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor factor = zeros([0, mean.Length], dtype: ScalarType.Float64, device: CPU);
        foreach (float[][] batch in codes.Chunk(CenteredRows.BatchSize))
        {
            using DisposeScope inner = NewDisposeScope();
            (_, Tensor triangle) = linalg.qr(cat([factor, CenteredRows.Of(batch, mean, spreads)]));
            factor = triangle.MoveToOuterDisposeScope();
        }
        (_, Tensor values, Tensor vectors) = linalg.svd(factor, fullMatrices: false); // [m], [m, Z]
        double[] sizes = values.data<double>().ToArray();
        double least = sizes[0] * Math.Max(codes.Length, mean.Length) * Rounding;
        long rank = sizes.Count(size => size > least);
        return vectors.narrow(0, 0, rank).t().div(values.narrow(0, 0, rank)).MoveToOuterDisposeScope();
    }
}
