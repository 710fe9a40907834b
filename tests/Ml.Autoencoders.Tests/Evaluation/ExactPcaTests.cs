using Microsoft.ML;
using Ml.Autoencoders.Evaluation;
using Ml.Autoencoders.Evaluation.Comparison;

namespace Ml.Autoencoders.Tests.Evaluation;

internal sealed class ExactPcaTests
{
    /// <summary>Orthonormal, of four numbers each.</summary>
    private static readonly double[][] Axes =
    [
        [0.5, 0.5, 0.5, 0.5],
        [0.5, -0.5, 0.5, -0.5],
        [0.5, 0.5, -0.5, -0.5],
        [0.5, -0.5, -0.5, 0.5],
    ];

    private static readonly double[] Center = [3, -1, 0, 7];
    private static readonly double[] Lengths = [1, 8, 2, 4];

    /// <summary>Two rows on each axis, as far on either side: the covariance has the axes for eigenvectors, with the
    /// eigenvalues length² / 4.</summary>
    private static readonly float[][] Cross =
        [.. Axes.Zip(Lengths).SelectMany(axis => new[]
        {
            Row(axis.First, axis.Second),
            Row(axis.First, -axis.Second),
        })];

    [Test]
    public void The_directions_are_the_eigenvectors_of_the_covariance_the_greatest_first()
    {
        double[][] directions = ExactPca.Directions(Cross, Center, 4);
        int[] order = [1, 3, 2, 0];
        for (int i = 0; i < 4; i++)
        {
            double cosine = directions[i].Zip(Axes[order[i]], (x, y) => x * y).Sum();
            Assert.That(Math.Abs(cosine), Is.EqualTo(1).Within(1e-9), $"direction {i}");
        }
    }

    [Test]
    public void The_greatest_number_of_a_direction_is_positive()
    {
        float[][] rows = [[-3, 1], [3, -1], [-6, 2], [6, -2]];
        double[] direction = ExactPca.Directions(rows, [0, 0], 1)[0];
        Assert.That(direction, Is.EqualTo(new[] { 3 / Math.Sqrt(10), -1 / Math.Sqrt(10) }).Within(1e-9));
    }

    [TestCase(1, (1 + 4 + 16) / 4.0)]
    [TestCase(2, (1 + 4) / 4.0)]
    [TestCase(3, 1 / 4.0)]
    [TestCase(4, 0)]
    public void The_error_is_the_sum_of_the_eigenvalues_left_out(int codeSize, double leftOut)
    {
        var ml = new MLContext(1);
        using var code = new LinearCode("Features", Center, ExactPca.Directions(Cross, Center, codeSize));
        IDataView rows = MemoryView.OfRows(ml, Cross, "Features", 4);
        float[][] codes = code.Encode(rows);
        float[][] reconstructions = code.Reconstruct(rows, codes);
        double error = Cross.Zip(reconstructions, (row, other) => ImageQuality.MeanSquaredError(row, other)).Average();
        Assert.That(codes, Has.Length.EqualTo(8).And.All.Length.EqualTo(codeSize));
        Assert.That(error, Is.EqualTo(leftOut / 4).Within(1e-6));
        Assert.That(EmbeddingQuality.ExplainedVariance(Cross, reconstructions),
            Is.EqualTo(1 - leftOut / (85 / 4.0)).Within(1e-6));
    }

    [Test]
    public void Rows_that_fill_more_than_a_batch_count_each_once()
    {
        // 3,000 rows are two whole batches and one that is not.
        float[][] rows = [.. Enumerable.Range(0, 3000)
            .Select(i => i < 2048 ? new float[] { i % 2 == 0 ? 1 : -1, 0 } : [0, i % 2 == 0 ? 2 : -2])];
        double[] direction = ExactPca.Directions(rows, MeanRow.Of(rows), 1)[0];
        // 952 rows of 2² are more than 2,048 of 1².
        Assert.That(direction, Is.EqualTo(new[] { 0d, 1 }).Within(1e-9));
    }

    [Test]
    public void No_tensor_is_left_alive() =>
        Assert.That(LiveTensors.Left(() => ExactPca.Directions(Cross, Center, 2)), Is.Zero);

    private static float[] Row(double[] axis, double length) =>
        [.. axis.Zip(Center, (x, c) => (float)(c + length * x))];
}
