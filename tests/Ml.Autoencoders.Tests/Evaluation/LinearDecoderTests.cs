using Ml.Autoencoders.Evaluation;
using Ml.Autoencoders.Evaluation.Comparison;

namespace Ml.Autoencoders.Tests.Evaluation;

/// <summary>The best linear decoder of codes that nobody has made tidy.</summary>
internal sealed class LinearDecoderTests
{
    [Test]
    public void The_line_of_least_squares_is_found()
    {
        // Of the points (0, 1), (1, 3), (2, 2): y = 1.5 + 0.5 z.
        LinearDecoder decoder = LinearDecoder.Fit([[0], [1], [2]], [[1], [3], [2]]);
        Assert.That(decoder.Decode([[0], [2], [10]]).Select(row => row[0]),
            Is.EqualTo(new[] { 1.5f, 2.5f, 6.5f }).Within(1e-6));
    }

    [TestCase(0f)]
    [TestCase(100f)]
    [TestCase(1e6f)]
    public void Rows_far_from_0_are_decoded_as_those_near_it(float offset)
    {
        float[][] rows = [.. Directions(500, 3)
            .Select(z => new[] { offset + z[0], offset - z[1], offset, 7, z[0] + z[2] })];
        // The first differs from 0, the second is turned round and large, the third hardly varies.
        float[][] codes = [.. Directions(500, 3).Select(z => new[] { z[0] + 4, -3e5f * z[1], 1e-7f * z[2] })];
        float[][] decoded = LinearDecoder.Fit(codes, rows).Decode(codes);
        // Single has steps of 1/16 at a million.
        Assert.That(EmbeddingQuality.ExplainedVariance(rows, decoded),
            Is.GreaterThan(offset < 1e6f ? 1 - 1e-9 : 0.999));
    }

    [Test]
    public void Numbers_that_repeat_others_or_never_vary_change_nothing()
    {
        float[][] z = Directions(60, 2);
        float[][] rows = [.. z.Select(code => new[] { code[0], code[1], code[0] - code[1], code[0] * code[1] })];
        double alone = Explained(z, rows);
        Assert.That(alone, Is.InRange(0.5, 0.99), "a product is not a sum");
        Assert.That(Explained([.. z.Select(code => new[] { code[0], code[1], code[0], 5, 0.5f * code[1], 0 })], rows),
            Is.EqualTo(alone).Within(1e-9));
        float[][] mean = LinearDecoder.Fit([.. z.Select(_ => new[] { 5f, 0 })], rows).Decode([[5, 0], [6, 1]]);
        Assert.That(mean, Is.EqualTo(new[] { Mean(rows), Mean(rows) }), "codes that hold nothing give the mean row");
    }

    [Test]
    public void More_numbers_never_explain_less_on_the_rows_of_the_fit()
    {
        var random = new Random(3);
        for (int table = 0; table < 20; table++)
        {
            int width = random.Next(1, 9);
            float offset = table % 4 == 0 ? 0 : MathF.Pow(10, random.Next(0, 7));
            float[][] rows = [.. Directions(random.Next(2, 80), width, seed: table)
                .Select(row => Array.ConvertAll(row, value => value + offset))];
            // Whatever codes: noise, copies, sizes from 1e-6 to 1e6.
            float[][] noise = Directions(rows.Length, 6, seed: 100 + table);
            float[][] codes =
                [.. rows.Zip(noise, (row, other) => new[]
                {
                    row[0],
                    1e-6f * other[0],
                    row[0],
                    row[^1] + other[1],
                    1e6f * other[2],
                    other[0],
                })];
            double last = 0;
            for (int size = 1; size <= 6; size++)
            {
                double explained = Explained([.. codes.Select(code => code[..size])], rows);
                // What reconstructions lose as Single does not count.
                Assert.That(explained, Is.GreaterThanOrEqualTo(last - 1e-6 - 1e-13 * offset * offset),
                    $"table {table}, {size} numbers");
                last = explained;
            }
        }
    }

    [Test]
    public void Rows_that_fill_more_than_a_batch_count_each_once()
    {
        float[][] codes = Directions(2500, 2);
        float[][] rows = [.. codes.Select((code, i) => new[] { code[0] + i % 3, code[1] })];
        // The numbers 0, 1 and 2 take turns: nothing of them is in the codes, and their mean is 1.
        float[][] decoded = LinearDecoder.Fit(codes, rows).Decode(codes);
        Assert.That(decoded.Zip(codes, (row, code) => Math.Abs(row[0] - code[0] - 1)).Max(), Is.LessThan(0.1));
        Assert.That(decoded.Zip(codes, (row, code) => Math.Abs(row[1] - code[1])).Max(), Is.LessThan(1e-6));
    }

    [Test]
    public void Fewer_rows_than_numbers_are_decoded_exactly()
    {
        float[][] codes = Directions(3, 8);
        float[][] rows = Directions(3, 5, seed: 2);
        Assert.That(EmbeddingQuality.ExplainedVariance(rows, LinearDecoder.Fit(codes, rows).Decode(codes)),
            Is.EqualTo(1).Within(1e-9));
        Assert.That(LinearDecoder.Fit([codes[0]], [rows[0]]).Decode([codes[0]]), Is.EqualTo(new[] { rows[0] }));
    }

    [Test]
    public void No_tensor_is_left_alive()
    {
        float[][] codes = Directions(1500, 3);
        Assert.That(LiveTensors.Left(() => LinearDecoder.Fit(codes, codes)), Is.Zero);
    }

    private static double Explained(float[][] codes, float[][] rows) =>
        EmbeddingQuality.ExplainedVariance(rows, LinearDecoder.Fit(codes, rows).Decode(codes));

    private static float[] Mean(float[][] rows) => Array.ConvertAll(MeanRow.Of(rows), value => (float)value);

    /// <summary>Independent numbers from -1 to 1.</summary>
    private static float[][] Directions(int count, int size, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count)
            .Select(_ => Enumerable.Range(0, size).Select(_ => 2 * random.NextSingle() - 1).ToArray())];
    }
}
