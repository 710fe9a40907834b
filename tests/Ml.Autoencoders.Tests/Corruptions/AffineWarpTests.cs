using Ml.Autoencoders.Corruptions;
using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Corruptions;

internal sealed class AffineWarpTests : TensorTests
{
    private const int Count = 20_000;
    private const ulong Seed = 2;

    /// <summary>Of the seed's only picture, with amounts of 1: what each draw is, between -1 and 1.</summary>
    private readonly Drawn _unit = Draw(new AffineWarp(1, 1, 1, 1), 1)[0];

    [Test]
    public void No_amount_moves_nothing()
    {
        Tensor rows = Uniform([4, 2 * 5 * 7]);

        float[] warped = Warp(rows, Shape.Image(2, 5, 7), Corruption.Warp(0, 0, 0, 0));

        Assert.That(warped, Is.EqualTo(rows.Floats()).Within(1e-5));
    }

    [Test]
    public void Every_part_is_uniform_between_plus_and_minus_its_amount()
    {
        Drawn[] drawn = Draw(new AffineWarp(0.5f, 0.3f, 0.2f, 0.4f), Count);

        RequireUniform([.. drawn.Select(map => map.Angle)], 0.5);
        RequireUniform([.. drawn.Select(map => map.Scale)], 0.3);
        RequireUniform([.. drawn.Select(map => map.Across)], 0.2);
        RequireUniform([.. drawn.Select(map => map.Down)], 0.2);
        RequireUniform([.. drawn.Select(map => map.Slant)], 0.4);
    }

    [Test]
    public void Parts_are_drawn_apart_from_each_other()
    {
        double[][] parts = [.. Draw(new AffineWarp(1, 0.5f, 1, 1), Count)
            .Select(map => new[] { map.Angle, 2 * map.Scale, map.Across, map.Down, map.Slant })];

        for (int i = 0; i < 5; i++)
        {
            // The product of two uniform numbers has a variance of 1/9.
            for (int j = 0; j < i; j++)
                Assert.That(parts.Average(part => part[i] * part[j]), Is.EqualTo(0).Within(5 / 3.0 / Math.Sqrt(Count)),
                    $"{i} and {j}");
        }
    }

    [TestCase(3, 5)]
    [TestCase(9, 2)]
    public void Without_shear_pixels_keep_their_distances_up_to_the_scale_whatever_the_aspect(int height, int width)
    {
        using var random = new Generator(Seed);

        float[][] maps = [.. new AffineWarp(MathF.PI, 0.3f, 0, 0).Maps(50, (double)height / width, random)
            .Floats().Chunk(6)];

        foreach (float[] map in maps)
        {
            // From sides to pixels: the steps in the old picture that one pixel across and one down in the new one
            // make.
            double[] across = [map[0], map[3] * (double)height / width];
            double[] down = [map[1] * (double)width / height, map[4]];
            Assert.That(Length(across), Is.EqualTo(Length(down)).Within(1e-5).And.InRange(0.69, 1.31));
            Assert.That(across[0] * down[0] + across[1] * down[1], Is.EqualTo(0).Within(1e-5));
        }

        static double Length(double[] step) => Math.Sqrt(step[0] * step[0] + step[1] * step[1]);
    }

    [TestCase(2)]
    [TestCase(-3)]
    public void A_shift_by_whole_pixels_moves_the_picture_and_repeats_its_edge(int pixels)
    {
        const int Size = 8;
        float[] line = [.. Enumerable.Range(0, Size).Select(i => i * i + 1f)];
        float[] expected = [.. Enumerable.Range(0, Size).Select(i => line[Math.Clamp(i + pixels, 0, Size - 1)])];
        // A line knows one direction only: the edge of the other is everywhere. Half the picture is 4 pixels.
        var across = new AffineWarp(0, 0, (float)(pixels / 4.0 / _unit.Across), 0);
        var down = new AffineWarp(0, 0, (float)(pixels / 4.0 / _unit.Down), 0);

        Assert.That(Warp(Table(line), Shape.Image(1, 1, Size), across), Is.EqualTo(expected).Within(1e-3));
        Assert.That(Warp(Table(line), Shape.Image(1, Size, 1), down), Is.EqualTo(expected).Within(1e-3));
    }

    [Test]
    public void A_quarter_turn_takes_columns_to_lines()
    {
        const int Height = 3;
        const int Width = 5;
        float[] picture = [.. Enumerable.Range(0, Height * Width).Select(i => i * i + 1f)];
        var turn = new AffineWarp((float)(Math.PI / 2 / _unit.Angle), 0, 0, 0);

        float[] turned = Warp(Table(picture), Shape.Image(1, Height, Width), turn);

        // About the middle, (1, 2): a pixel i down and j across comes from j - 2 below the middle and i - 1 left of it.
        IEnumerable<float> expected = from i in Enumerable.Range(0, Height)
                                      from j in Enumerable.Range(0, Width)
                                      select picture[Math.Clamp(j - 1, 0, Height - 1) * Width + 3 - i];
        Assert.That(turned, Is.EqualTo(expected).Within(0.01));
    }

    [Test]
    public void A_shear_moves_what_is_higher_sideways()
    {
        const int Side = 5;
        float[] picture = [.. Enumerable.Range(0, Side * Side).Select(i => i * i + 1f)];
        var shear = new AffineWarp(0, 0, 0, (float)(1 / _unit.Slant));

        float[] slanted = Warp(Table(picture), Shape.Image(1, Side, Side), shear);

        IEnumerable<float> expected = from i in Enumerable.Range(0, Side)
                                      from j in Enumerable.Range(0, Side)
                                      select picture[i * Side + Math.Clamp(j + i - 2, 0, Side - 1)];
        Assert.That(slanted, Is.EqualTo(expected).Within(0.01));
    }

    [Test]
    public void The_channels_of_a_picture_move_together()
    {
        Tensor first = Uniform([6, 4 * 7]);

        Tensor[] channels = Moved(cat([first, first.mul(-2)], 1)).chunk(2, 1);

        Assert.That(channels[1].Floats(), Is.EqualTo(channels[0].mul(-2).Floats()).Within(1e-5));
        Assert.That(channels[0].Floats(), Is.Not.EqualTo(first.Floats()).Within(0.1));

        static Tensor Moved(Tensor rows)
        {
            using var random = new Generator(Seed);
            return Corruption.Warp().Apply(rows, Shape.Image(2, 4, 7), random);
        }
    }

    [Test]
    public void The_pictures_of_a_batch_move_each_in_its_own_way()
    {
        float[][] warped = [.. Warp(Uniform([1, 36]).repeat(5, 1), Shape.Image(1, 6, 6), Corruption.Warp()).Chunk(36)];

        for (int i = 0; i < 5; i++)
        {
            for (int j = 0; j < i; j++)
                Assert.That(warped[i].Zip(warped[j], (a, b) => Math.Abs(a - b)).Max(), Is.GreaterThan(0.05));
        }
    }

    [Test]
    public void Shifts_take_pixels_as_far_as_the_share_of_half_the_picture_says()
    {
        const int Size = 21;
        Tensor ramp = arange(Size, dtype: ScalarType.Float32).repeat(Count, 1);

        double[] moves = [.. Warp(ramp, Shape.Image(1, 1, Size), Corruption.Warp(0, 0, 0.4f)).Chunk(Size)
            .Select(line => line[Size / 2] - (double)(Size / 2))];

        RequireUniform(moves, 0.4 * Size / 2);
    }

    [TestCase(-0.1f, 0f, 0f, 0f, "rotation is -0.1; it must be at least 0. (Parameter 'rotation')")]
    [TestCase(3.2f, 0f, 0f, 0f, "rotation is 3.2; it must be at most 3.1415927. (Parameter 'rotation')")]
    [TestCase(0f, 1f, 0f, 0f, "scale is 1; it must be at least 0 and below 1. (Parameter 'scale')")]
    [TestCase(0f, float.NaN, 0f, 0f, "scale is NaN; it must be at least 0 and below 1. (Parameter 'scale')")]
    [TestCase(0f, 0f, 1.5f, 0f, "shift is 1.5; it must be at most 1. (Parameter 'shift')")]
    [TestCase(0f, 0f, 0f, -1f, "shear is -1; it must be at least 0. (Parameter 'shear')")]
    public void Parameters_out_of_their_range_are_refused(float rotation, float scale, float shift, float shear,
        string message) =>
        Assert.That(() => Corruption.Warp(rotation, scale, shift, shear),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo($"Corruption.Warp: {message}"));

    private static float[] Warp(Tensor rows, Shape shape, Corruption warp)
    {
        using var random = new Generator(Seed);
        return warp.Apply(rows, shape, random).Floats();
    }

    /// <summary>The parts of square pictures' maps, found by taking the maps apart.</summary>
    private static Drawn[] Draw(AffineWarp warp, int count)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(Seed);
        return [.. warp.Maps(count, 1, random).Doubles().Chunk(6).Select(map =>
        {
            double scale = Math.Sqrt(map[0] * map[0] + map[3] * map[3]);
            return new Drawn(Math.Atan2(map[3], map[0]), scale - 1, map[2], map[5],
                (map[1] * map[0] + map[4] * map[3]) / (scale * scale));
        })];
    }

    /// <summary>By bounds, mean, variance and the share of the middle half. Margins of five standard errors.</summary>
    private static void RequireUniform(double[] numbers, double most)
    {
        double error = 5 / Math.Sqrt(numbers.Length);
        Assert.Multiple(() =>
        {
            Assert.That(numbers.Max(Math.Abs), Is.InRange(0.99 * most, most * (1 + 1e-5)));
            Assert.That(numbers.Average(), Is.EqualTo(0).Within(error * most / Math.Sqrt(3)));
            Assert.That(numbers.Average(x => x * x),
                Is.EqualTo(most * most / 3).Within(error * most * most * Math.Sqrt(4 / 45.0)));
            Assert.That(numbers.Count(x => Math.Abs(x) < most / 2) / (double)numbers.Length,
                Is.EqualTo(0.5).Within(error / 2));
        });
    }

    private sealed record Drawn(double Angle, double Scale, double Across, double Down, double Slant);
}
