using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Evaluation;
using Ml.Autoencoders.Evaluation.Comparison;

namespace Ml.Autoencoders.Tests.Evaluation;

/// <summary>What the comparison shows of ML.NET's PCA is what ML.NET's codes hold, wherever the rows lie.</summary>
internal sealed class FairPcaTests
{
    /// <summary>What ML.NET's PCA may lose where a code gets wider: it draws other directions at random then.</summary>
    private const double OtherDirections = 1e-3;

    private readonly MLContext _ml = new(seed: 1);

    [TestCase(0f)]
    [TestCase(1e2f)]
    [TestCase(1e3f)]
    [TestCase(1e4f)]
    [TestCase(1e5f)]
    [TestCase(1e6f)]
    public void Columns_far_from_0_show_what_the_codes_hold(float offset)
    {
        float[][] rows = [.. Enumerable.Range(0, 500).Select(i => new[]
        {
            offset + 10 * MathF.Sin(i * 0.1f), offset + 10 * MathF.Cos(i * 0.1f), offset, 7, 10 * MathF.Sin(i * 0.1f),
        })];
        ComparedStage[] stages = Compare(rows, 2);
        double held = Held(rows, [.. stages[1].Codes]);
        Assert.That(stages[1].ExplainedVariance, Is.EqualTo(held).Within(5e-3));
        Assert.That(stages[1].Notes, Is.Empty);
        Assert.That(stages[0].ExplainedVariance, Is.GreaterThan(0.999), "two directions are all that there are");
        if (offset is 1e2f or 1e3f)
            Assert.That(held, Is.GreaterThan(0.99), "so that less would be seen");
    }

    [Test]
    public void Repeated_columns_show_what_the_codes_hold([Values(3, 4, 6)] int codeSize)
    {
        var random = new Random(1);
        float[][] rows = [.. Enumerable.Range(0, 300).Select(_ =>
        {
            float[] row = [random.NextSingle(), random.NextSingle(), random.NextSingle()];
            return (float[])[.. row, .. row];
        })];
        ComparedStage[] stages = Compare(rows, codeSize);
        Assert.That(stages.Select(stage => stage.ExplainedVariance), Is.All.EqualTo(1).Within(1e-5));
    }

    /// <summary>Where a code has as many numbers as rows have directions, and rows lie around 0, both PCAs are exact.
    /// Anywhere, ML.NET's shows what its codes hold, which is no more than the exact one's.</summary>
    [Test]
    public void Exact_PCA_and_that_of_ML_NET_agree_on_tables_of_any_kind([Range(0, 23)] int table)
    {
        var random = new Random(table);
        int width = random.Next(2, 12);
        int rank = random.Next(1, width + 1);
        float scale = MathF.Pow(10, random.Next(-1, 3));
        float offset = (table % 3) switch
        {
            0 => 0,
            1 => scale * random.Next(1, 10),
            _ => MathF.Pow(10, random.Next(2, 7)),
        };
        bool isNear = offset < 10 * scale;
        float[][] mixing = Table(rank, width, random);
        float[][] rows = [.. Table(300, rank, random).Select(row => Enumerable.Range(0, width)
            .Select(slot => offset + scale * row.Select((value, i) => value * mixing[i][slot]).Sum()).ToArray())];
        // What a reconstruction, and a code that ML.NET computes in Single from numbers far from 0, lose by rounding,
        // as a share of what rows differ in. The same row's code has other last bits in another pass.
        double step = MathF.BitIncrement(offset + scale) - (double)(offset + scale);
        double rounding = 1e-6 + 100 * step * step / 12 * width * rows.Length / Centered(rows).Sum(Square);
        (double last, double lastOfMlNet) = (0, 0);
        for (int codeSize = 1; codeSize <= width; codeSize++)
        {
            ComparedStage[] stages = Compare(rows, codeSize);
            (double exact, double mlNet) = (stages[0].ExplainedVariance, stages[1].ExplainedVariance);
            string what = $"{width} columns, rank {rank}, scale {scale}, offset {offset}, codes of {codeSize}";
            Assert.That(exact, Is.GreaterThanOrEqualTo(last - rounding), what);
            if (codeSize >= rank && isNear)
                Assert.That(exact, Is.EqualTo(1).Within(1e-6), what);
            if (codeSize >= rank && offset == 0)
                Assert.That(mlNet, Is.EqualTo(1).Within(1e-4), what);
            if (mlNet is double.NaN)
            {
                Assert.That(stages[1].Notes, Is.EqualTo(new[] { "Its codes hold numbers that are not finite." }), what);
                Assert.That(isNear, Is.False, what);
            }
            else
            {
                Assert.That(mlNet, Is.LessThanOrEqualTo(exact + rounding), what);
                Assert.That(mlNet, Is.EqualTo(Held(rows, [.. stages[1].Codes])).Within(1e-4 + rounding), what);
                if (isNear)
                    Assert.That(mlNet, Is.GreaterThanOrEqualTo(lastOfMlNet - OtherDirections), what);
                lastOfMlNet = mlNet;
            }
            last = exact;
        }
    }

    private ComparedStage[] Compare(float[][] rows, int codeSize)
    {
        IDataView data = MemoryView.OfRows(_ml, rows, "X", rows[0].Length);
        return [.. _ml.CompareWithPca(data, "X",
            new PcaComparisonOptions { CodeSizes = [codeSize], Autoencoders = [], TestData = data }).Stages];
    }

    private static float[][] Table(int count, int width, Random random) =>
        [.. Enumerable.Range(0, count)
            .Select(_ => Enumerable.Range(0, width).Select(_ => 2 * random.NextSingle() - 1).ToArray())];

    /// <summary>1 - |x - a - B z|² / |x - mean|² with the best a and B, by a way of its own: each number of the codes
    /// less what those before it say, twice, and then what it says of each column.</summary>
    private static double Held(float[][] rows, float[][] codes)
    {
        double[][] columns = Centered(rows);
        double all = columns.Sum(Square);
        var basis = new List<double[]>();
        foreach (double[] column in Centered(codes))
        {
            double before = Square(column);
            foreach (double[] one in basis.Concat(basis))
                Take(column, one, Dot(column, one));
            double length = Math.Sqrt(Square(column));
            if (length * length > 1e-24 * before)
                basis.Add(Array.ConvertAll(column, value => value / length));
        }
        foreach (double[] column in columns)
        {
            foreach (double[] one in basis)
                Take(column, one, Dot(column, one));
        }
        return 1 - columns.Sum(Square) / all;
    }

    private static double[][] Centered(float[][] rows) => [.. Enumerable.Range(0, rows[0].Length).Select(slot =>
    {
        double mean = rows.Average(row => (double)row[slot]);
        return rows.Select(row => row[slot] - mean).ToArray();
    })];

    private static double Dot(double[] one, double[] other) => one.Zip(other, (x, y) => x * y).Sum();

    private static double Square(double[] column) => Dot(column, column);

    private static void Take(double[] column, double[] one, double times)
    {
        for (int i = 0; i < column.Length; i++)
            column[i] -= times * one[i];
    }
}
