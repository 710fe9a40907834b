using Microsoft.ML.Data;
using Ml.Autoencoders.Scoring;

namespace Ml.Autoencoders.Tests.Scoring;

/// <summary>Numbers that belong to a row, against the moments of independent standard normal ones.</summary>
internal sealed class RowNoiseTests
{
    private const int Rows = 40_000;

    /// <summary>Five standard errors of a mean over the rows, for numbers of variance 1.</summary>
    private static readonly double Allowed = 5 / Math.Sqrt(Rows);

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(5)]
    public void Slots_have_the_moments_of_a_standard_normal_variable(int size)
    {
        float[][] noise = Noise(size);
        for (int slot = 0; slot < size; slot++)
        {
            Assert.That(Moment(noise, slot, 1), Is.EqualTo(0).Within(Allowed));
            Assert.That(Moment(noise, slot, 2), Is.EqualTo(1).Within(Allowed * Math.Sqrt(2)));
            Assert.That(Moment(noise, slot, 3), Is.EqualTo(0).Within(Allowed * Math.Sqrt(15)));
            Assert.That(Moment(noise, slot, 4), Is.EqualTo(3).Within(Allowed * Math.Sqrt(96)));
        }
    }

    [Test]
    public void Slots_are_unrelated()
    {
        float[][] noise = Noise(5);
        for (int a = 0; a < 5; a++)
        {
            for (int b = a + 1; b < 5; b++)
            {
                Assert.That(noise.Average(row => (double)row[a] * row[b]), Is.EqualTo(0).Within(Allowed));
                Assert.That(noise.Average(row => (row[a] * row[a] - 1.0) * (row[b] * row[b] - 1.0)),
                    Is.EqualTo(0).Within(2 * Allowed));
            }
        }
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(64)]
    public void Rows_are_unrelated(int distance)
    {
        float[][] noise = Noise(3);
        for (int slot = 0; slot < 3; slot++)
        {
            Assert.That(noise.Zip(noise.Skip(distance), (row, other) => (double)row[slot] * other[slot]).Average(),
                Is.EqualTo(0).Within(Allowed));
            Assert.That(noise.Zip(noise.Skip(distance), (row, other) => (double)row[slot] * other[(slot + 1) % 3])
                .Average(), Is.EqualTo(0).Within(Allowed));
        }
    }

    [TestCase(0, 1)]
    [TestCase(1, -1)]
    [TestCase(7, int.MinValue)]
    public void Seeds_are_unrelated(int seed, int other) =>
        Assert.That(Noise(1, seed).Zip(Noise(1, other), (a, b) => (double)a[0] * b[0]).Average(),
            Is.EqualTo(0).Within(Allowed));

    [Test]
    public void Both_halves_of_an_id_count()
    {
        float[][] noise = [.. new[]
        {
            (0UL, 0UL),
            (1UL, 0UL),
            (0UL, 1UL),
            (1UL, 1UL),
            (ulong.MaxValue, 0UL),
            (0UL, ulong.MaxValue),
        }
            .Select(id => Fill(2, 7, new DataViewRowId(id.Item1, id.Item2)))];
        Assert.That(noise.SelectMany(row => row), Is.Unique);
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Draws_of_a_row_are_unrelated_the_first_being_what_it_is_without_a_number(int size)
    {
        var id = new DataViewRowId(5, 6);
        float[][] draws = [.. Enumerable.Range(0, Rows).Select(draw => FillDraw(draw))];
        Assert.That(draws[0], Is.EqualTo(Fill(size, 7, id)));
        for (int slot = 0; slot < size; slot++)
        {
            Assert.That(Moment(draws, slot, 1), Is.EqualTo(0).Within(Allowed));
            Assert.That(Moment(draws, slot, 2), Is.EqualTo(1).Within(Allowed * Math.Sqrt(2)));
            Assert.That(draws.Zip(draws.Skip(1), (draw, next) => (double)draw[slot] * next[slot]).Average(),
                Is.EqualTo(0).Within(Allowed));
            Assert.That(draws.Zip(draws.Skip(1), (draw, next) => (double)draw[slot] * next[(slot + 1) % size])
                .Average(), Is.EqualTo(0).Within(Allowed));
        }
        Assert.That(draws.Select(draw => draw[0]).Distinct().Count(), Is.GreaterThan(Rows - 100),
            "single precision meets itself now and then");

        float[] FillDraw(int draw)
        {
            var numbers = new float[size];
            RowNoise.Fill(numbers, 7, id, draw);
            return numbers;
        }
    }

    [Test]
    public void The_same_seed_and_id_give_the_same_numbers_of_which_fewer_are_the_first()
    {
        var id = new DataViewRowId(5, 6);
        float[] five = Fill(5, 7, id);
        Assert.That(Fill(5, 7, id), Is.EqualTo(five));
        Assert.That(Fill(4, 7, id), Is.EqualTo(five[..4]));
        Assert.That(Fill(0, 7, id), Is.Empty);
    }

    private static float[][] Noise(int size, int seed = 7) =>
        [.. Enumerable.Range(0, Rows).Select(row => Fill(size, seed, new DataViewRowId((ulong)row, 0)))];

    private static float[] Fill(int size, int seed, DataViewRowId id)
    {
        var numbers = new float[size];
        RowNoise.Fill(numbers, seed, id);
        return numbers;
    }

    private static double Moment(float[][] noise, int slot, int power) =>
        noise.Average(row => Math.Pow(row[slot], power));
}
