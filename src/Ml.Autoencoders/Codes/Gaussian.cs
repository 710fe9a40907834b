using System.Numerics.Tensors;
using System.Text.Json.Serialization;

namespace Ml.Autoencoders.Codes;

/// <summary>A normal distribution of codes with a full covariance.</summary>
internal sealed class Gaussian
{
    /// <param name="mean"><c>[Z]</c>.</param>
    /// <param name="covariance">The rows of the lower triangle of a positive definite matrix.</param>
    [JsonConstructor]
    public Gaussian(double[] mean, double[][] covariance)
    {
        Mean = mean;
        Covariance = covariance;
    }

    public double[] Mean { get; }

    /// <summary>The rows of the lower triangle.</summary>
    public double[][] Covariance { get; }

    /// <summary>The rows of the lower triangle L with L Lᵀ = covariance. Computed when first used: what a file holds is
    /// checked before.</summary>
    [JsonIgnore]
    public double[][] Root => field ??= Cholesky(Covariance);

    /// <summary>The log density at the mean.</summary>
    // The determinant of the covariance is the square of the product of its root's diagonal.
    [JsonIgnore]
    public double Peak => -Mean.Length / 2.0 * Math.Log(2 * Math.PI) - Root.Sum(row => Math.Log(row[^1]));

    /// <summary>The rows of the lower triangle L⁻¹.</summary>
    [JsonIgnore]
    public double[][] InverseRoot => field ??= Inverse(Root);

    /// <summary>Checks that it is such a distribution of codes of <paramref name="codeSize"/>.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public void Check(Place place, int codeSize)
    {
        if (Mean.Length != codeSize)
            throw place.Error(nameof(Mean),
                $"has {Mean.Length} numbers; it must have {codeSize}, as many as that of the first component.");
        foreach (double number in Mean)
            Require.Finite(number, place, nameof(Mean));
        if (Covariance.Length != codeSize)
            throw place.Error(nameof(Covariance), $"has {Covariance.Length} rows; it must have {codeSize}.");
        for (int i = 0; i < codeSize; i++)
        {
            Place row = place.Part(nameof(Covariance)).At(i);
            // A JSON list can hold null, whatever its type says.
            if (Covariance[i]?.Length != i + 1)
                throw row.Fault($"the row of a lower triangle must have {i + 1} numbers.");
            foreach (double number in Covariance[i])
                Require.Finite(number, place, nameof(Covariance));
        }
        if (!Root.All(row => row[^1] is > 0 and < double.PositiveInfinity))
            throw place.Error(nameof(Covariance), "is not positive definite; that of a normal distribution is.");
    }

    /// <summary>The distribution with given moments and <paramref name="ridge"/> added to each variance.</summary>
    public static Gaussian Of(Moments moments, double ridge) =>
        new(moments.Mean, [.. moments.Covariance.Select(row => (double[])[.. row[..^1], row[^1] + ridge])]);

    /// <summary>Bishop 2006, equation 2.43: with y = L⁻¹ (x - mean), the peak less yᵀy / 2.</summary>
    /// <param name="block">x.</param>
    /// <param name="logs">Receives a number for each code of the block.</param>
    public void LogDensities(CodeBlock block, Span<double> logs)
    {
        double[][] root = Root;
        logs.Fill(Peak);
        double[][] y = block.Scratch();
        var squares = new double[block.Count];
        for (int i = 0; i < y.Length; i++)
        {
            TensorPrimitives.Subtract(block.Columns[i], Mean[i], y[i]);
            for (int j = 0; j < i; j++)
                TensorPrimitives.MultiplyAdd(y[j], -root[i][j], y[i], y[i]);
            TensorPrimitives.Divide(y[i], root[i][i], y[i]);
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
        return [.. Root.Select((row, i) =>
            (float)(Mean[i] + TensorPrimitives.Dot<double>(row, noise.AsSpan(0, i + 1))))];
    }

    /// <summary>The mean plus L times standard normal numbers, in their place.</summary>
    public void Place(Span<float> noise)
    {
        // From the last on: a number needs those of the noise up to its own.
        for (int i = noise.Length - 1; i >= 0; i--)
        {
            double number = Mean[i];
            for (int j = 0; j <= i; j++)
                number += Root[i][j] * noise[j];
            noise[i] = (float)number;
        }
    }

    /// <summary>By forward substitution, one column after the other.</summary>
    private static double[][] Inverse(double[][] root)
    {
        double[][] inverse = [.. root.Select(row => new double[row.Length])];
        for (int j = 0; j < root.Length; j++)
        {
            inverse[j][j] = 1 / root[j][j];
            for (int i = j + 1; i < root.Length; i++)
            {
                double sum = 0;
                for (int k = j; k < i; k++)
                    sum += root[i][k] * inverse[k][j];
                inverse[i][j] = -sum / root[i][i];
            }
        }
        return inverse;
    }

    private static double[][] Cholesky(double[][] covariance)
    {
        var root = new double[covariance.Length][];
        for (int i = 0; i < root.Length; i++)
        {
            root[i] = new double[i + 1];
            for (int j = 0; j <= i; j++)
            {
                double rest = covariance[i][j] - TensorPrimitives.Dot<double>(root[i].AsSpan(0, j),
                    root[j].AsSpan(0, j));
                root[i][j] = i == j ? Math.Sqrt(rest) : rest / root[j][j];
            }
        }
        return root;
    }
}
