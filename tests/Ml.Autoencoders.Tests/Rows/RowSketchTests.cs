using Ml.Autoencoders.Rows;
using Ml.Autoencoders.Tensors;

namespace Ml.Autoencoders.Tests;

/// <summary>Which rows are taken for the same: whatever the order, and up to rounding.</summary>
internal sealed class RowSketchTests
{
    private const int Count = 12_000;
    private const int Width = 67;

    private static readonly float[][] Numbers = Make(1);

    [TestCase(1f)]
    [TestCase(1e-20f)]
    [TestCase(1e30f)]
    public void Their_order_does_not_matter(float unit) =>
        Assert.That(IsLike(Scaled(unit), [.. Scaled(unit).Reverse()]), Is.True);

    [TestCase(1f)]
    [TestCase(1e-20f)]
    [TestCase(1e30f)]
    public void Nor_do_last_bits(float unit)
    {
        var random = new Random(2);
        Assert.That(IsLike(Scaled(unit),
            Changed(Scaled(unit), (value, _, _) => value * (1 + (random.Next(5) - 2) * 1.2e-7f))), Is.True);
        Assert.That(IsLike(Scaled(unit),
            Changed(Scaled(unit), (value, i, _) => i % 128 == 0 ? MathF.BitIncrement(value) : value)), Is.True);
    }

    [Test]
    public void One_number_of_all_that_is_another_does() =>
        Assert.That(IsLike(Numbers, Changed(Numbers, (value, i, j) => i == 7000 && j == 40 ? value + 0.02f : value)),
            Is.False);

    [Test]
    public void One_row_in_the_place_of_another_does() =>
        Assert.That(IsLike(Numbers, Changed(Numbers, (value, i, j) => i == 7000 ? Numbers[3][j] : value)), Is.False);

    [TestCase(1f)]
    [TestCase(1e-20f)]
    [TestCase(1e30f)]
    public void Rows_drawn_anew_from_the_same_distribution_do(float unit) =>
        Assert.That(IsLike(Scaled(unit), Scaled(unit, Make(2))), Is.False);

    [Test]
    public void Noise_slots_exchanged_signs_and_columns_of_other_rows_do()
    {
        var random = new Random(3);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(IsLike(Numbers,
                Changed(Numbers, (value, _, _) => value + 0.001f * (random.NextSingle() - 0.5f))), Is.False);
            Assert.That(IsLike(Numbers, Changed(Numbers, (_, i, j) => Numbers[i][j < 2 ? 1 - j : j])), Is.False);
            Assert.That(IsLike(Numbers, Changed(Numbers, (value, _, _) => -value)), Is.False);
            Assert.That(IsLike(Numbers, Changed(Numbers, (_, i, j) => Numbers[j == 5 ? (i + 1) % Count : i][j])),
                Is.False);
        }
    }

    [Test]
    public void Labels_and_targets_count_too()
    {
        var layout = new RowLayout(Width, 2, HasLabel: true);
        RowSketch Sketch(float scale, int other = 1)
        {
            var sketch = new RowSketch(layout);
            for (int i = 0; i < Count; i++)
                sketch.Add(Numbers[i].Select(value => 1e6f * value).ToArray(), [scale * Numbers[i][0], 1],
                    i == 500 ? other : 1);
            return sketch;
        }

        Assert.That(Sketch(1).IsLike(Sketch(1)), Is.True);
        Assert.That(Sketch(1).IsLike(Sketch(1.001f)), Is.False);
        Assert.That(Sketch(1).IsLike(Sketch(1, other: 2)), Is.False);
    }

    private static float[][] Make(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Count)
            .Select(_ => Enumerable.Range(0, Width).Select(_ => random.NextSingle()).ToArray())];
    }

    private static float[][] Scaled(float unit, float[][]? rows = null) =>
        Changed(rows ?? Numbers, (value, _, _) => unit * value);

    private static float[][] Changed(float[][] rows, Func<float, int, int, float> change) =>
        [.. rows.Select((row, i) => row.Select((value, j) => change(value, i, j)).ToArray())];

    private static bool IsLike(float[][] rows, float[][] others) => Sketch(rows).IsLike(Sketch(others));

    private static RowSketch Sketch(float[][] rows)
    {
        var sketch = new RowSketch(new RowLayout(Width, null, HasLabel: false));
        foreach (float[] row in rows)
            sketch.Add(row, [], 0);
        return sketch;
    }
}
