using System.Globalization;
using System.Numerics.Tensors;
using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Evaluation;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>
/// What the comparison shows of both PCAs where columns are far from 0, and where they repeat each other, beside what
/// ML.NET's codes hold: the explained variance of a least-squares fit of the rows to them, found here by another way.
/// Measured on the rows of the fit, where no linear code has a smaller error than the exact PCA's.
/// </summary>
internal static class PcaFairness
{
    private const int RowCount = 500;
    private const int Directions = 3;
    private const double Tolerance = 5e-3;

    private static readonly float[] Offsets = [0, 1e2f, 1e4f, 1e6f];

    public static int Run()
    {
        bool isMet = true;
        foreach (bool doubled in new[] { false, true })
        {
            Console.WriteLine(
                $"{(doubled ? "doubled columns" : "columns")} of three directions, from -10 to 10 around " +
                $"an offset; explained variance on the {RowCount} rows of the fit");
            Console.WriteLine("offset    code   PCA (exact)   PCA (ML.NET)   held by ML.NET's codes");
            foreach (float offset in Offsets)
            {
                float[][] rows = Rows(offset, doubled);
                (double exact, double mlNet) = (0, 0);
                for (int codeSize = 1; codeSize <= Directions + 1; codeSize++)
                {
                    ComparedStage[] stages = Compare(rows, codeSize);
                    double held = Held(rows, [.. stages[1].Codes]);
                    isMet &= IsFair(stages[0], stages[1], held)
                        && IsNoLess(stages[0], exact) && IsNoLess(stages[1], mlNet);
                    (exact, mlNet) = (stages[0].ExplainedVariance, stages[1].ExplainedVariance);
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"{offset,-9:0}{codeSize,5}{Share(exact),14}{Share(mlNet),15}{Share(held),25}"));
                }
            }
            Console.WriteLine();
        }
        if (isMet)
            return 0;
        Console.Error.WriteLine(
            "PCA (ML.NET) differs from what its codes hold, or shows more than PCA (exact), or a wider " +
            "code shows less than a narrower one, or PCA (exact) less than all where it has as many numbers as there " +
            "are directions.");
        return 1;
    }

    private static bool IsFair(ComparedStage exact, ComparedStage mlNet, double held) =>
        (exact.CodeSize < Directions || exact.ExplainedVariance >= 1 - Tolerance)
        && (double.IsNaN(held)
            ? double.IsNaN(mlNet.ExplainedVariance)
            : Math.Abs(mlNet.ExplainedVariance - held) <= Tolerance
                && mlNet.ExplainedVariance <= exact.ExplainedVariance + Tolerance);

    /// <summary>Codes that are not finite show nothing.</summary>
    private static bool IsNoLess(ComparedStage stage, double narrower) =>
        !(stage.ExplainedVariance < narrower - Tolerance);

    private static ComparedStage[] Compare(float[][] rows, int codeSize)
    {
        var ml = new MLContext(1);
        SchemaDefinition schema = SchemaDefinition.Create(typeof(TableRow));
        schema[nameof(TableRow.Values)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows[0].Length);
        IDataView data = ml.Data.LoadFromEnumerable(rows.Select(row => new TableRow { Values = row })
            .ToArray(), schema);
        var options = new PcaComparisonOptions { CodeSizes = [codeSize], Autoencoders = [], TestData = data };
        return [.. ml.CompareWithPca(data, nameof(TableRow.Values), options).Stages];
    }

    /// <summary>A constant column is among the four, so that a code of four numbers has one too many.</summary>
    private static float[][] Rows(float offset, bool doubled) => [.. Enumerable.Range(0, RowCount).Select(i =>
    {
        float[] row =
        [
            offset + 10 * MathF.Sin(0.1f * i), offset + 8 * MathF.Cos(0.1f * i),
                offset + 5 * MathF.Sin(0.37f * i), offset,
        ];
        return (float[])[.. row, .. doubled ? row : []];
    })];

    /// <summary>1 - |x - a - B z|² / |x - mean|² with the best a and B, by Gram and Schmidt; NaN for codes that are not
    /// finite.</summary>
    private static double Held(float[][] rows, float[][] codes)
    {
        if (codes.Any(code => code.Any(number => !float.IsFinite(number))))
            return double.NaN;
        double[][] columns = Centered(rows);
        double all = columns.Sum(column => TensorPrimitives.SumOfSquares<double>(column));
        var basis = new List<double[]>();
        foreach (double[] column in Centered(codes))
        {
            double before = TensorPrimitives.SumOfSquares<double>(column);
            // Once more, because of rounding.
            TakeOut(column, basis);
            TakeOut(column, basis);
            double after = TensorPrimitives.SumOfSquares<double>(column);
            if (after > 1e-24 * before)
                basis.Add(Array.ConvertAll(column, value => value / Math.Sqrt(after)));
        }
        foreach (double[] column in columns)
            TakeOut(column, basis);
        return 1 - columns.Sum(column => TensorPrimitives.SumOfSquares<double>(column)) / all;
    }

    private static void TakeOut(double[] column, IEnumerable<double[]> basis)
    {
        foreach (double[] one in basis)
            TensorPrimitives.MultiplyAdd(one, -TensorPrimitives.Dot<double>(column, one), column, column);
    }

    private static double[][] Centered(float[][] rows) => [.. Enumerable.Range(0, rows[0].Length).Select(slot =>
    {
        double mean = rows.Average(row => (double)row[slot]);
        return rows.Select(row => row[slot] - mean).ToArray();
    })];

    private static string Share(double value) =>
        double.IsNaN(value) ? "–" : value.ToString("0.0000", CultureInfo.InvariantCulture);

    private sealed class TableRow
    {
        public float[] Values { get; set; } = [];
    }
}
