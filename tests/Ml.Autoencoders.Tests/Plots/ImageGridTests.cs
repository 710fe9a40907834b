using Ml.Autoencoders.Plots;
using SkiaSharp;

namespace Ml.Autoencoders.Tests.Plots;

/// <summary>
/// What images look like in the picture of a grid. Without words it has a margin of 16 pixels all round.
/// </summary>
[TestFixture]
internal sealed class ImageGridTests
{
    private const int Margin = 16;

    [Test]
    public void An_image_is_enlarged_sharply_and_the_right_way_up()
    {
        float[] image = [0, 1, 0.2f, 0.4f, 0.6f, 0.8f];
        using var drawn = new Drawn(new ImageGrid(height: 2, width: 3) { Scale = 5 }.AddRow([image]).ToPng());

        Assert.That((drawn.Width, drawn.Height), Is.EqualTo((3 * 5 + 2 * Margin, 2 * 5 + 2 * Margin)));
        for (int y = 0; y < 10; y++)
        {
            for (int x = 0; x < 15; x++)
            {
                byte gray = (byte)MathF.Round(255 * image[y / 5 * 3 + x / 5]);
                Assert.That(drawn.At(Margin + x, Margin + y), Is.EqualTo(new SKColor(gray, gray, gray)),
                    $"at {x}, {y}");
            }
        }
        Assert.That(drawn.Ink(drawn.Whole).All(point => point.X is >= 16 and < 31 && point.Y is >= 16 and < 26),
            "ink in the margin");
    }

    [Test]
    public void Rows_go_down_columns_go_right_and_gaps_are_even()
    {
        float[][] Row(float first) => [[first], [first + 0.1f], [first + 0.2f]];
        using var drawn = new Drawn(new ImageGrid(1, 1)
        {
            Scale = 4,
            Gap = 3,
        }.AddRow(Row(0)).AddRow(Row(0.5f)).ToPng());

        Assert.That((drawn.Width, drawn.Height), Is.EqualTo((3 * 4 + 2 * 3 + 2 * Margin, 2 * 4 + 3 + 2 * Margin)));
        for (int row = 0; row < 2; row++)
        {
            for (int column = 0; column < 3; column++)
            {
                byte gray = (byte)MathF.Round(255 * (0.5f * row + 0.1f * column));
                SKRectI found = drawn.Box(new SKColor(gray, gray, gray));
                Assert.That(found, Is.EqualTo(SKRectI.Create(Margin + column * 7, Margin + row * 7, 4, 4)),
                    $"row {row}, column {column}");
            }
        }
    }

    [Test]
    public void Without_a_gap_images_touch()
    {
        var grid = new ImageGrid(3, 3) { Scale = 1, Gap = 0 };
        for (int row = 0; row < 20; row++)
            grid.AddRow(Enumerable.Range(0, 20).Select(_ => new float[9]));
        using var drawn = new Drawn(grid.ToPng());

        Assert.That(drawn.Where(SKColors.Black, drawn.Whole).Count(), Is.EqualTo(60 * 60));
        Assert.That(drawn.Box(SKColors.Black), Is.EqualTo(SKRectI.Create(Margin, Margin, 60, 60)));
    }

    [Test]
    public void The_planes_of_a_color_image_are_red_green_and_blue()
    {
        float[] image = [1, 0, 0, 1, 0, 0.2f];
        using var drawn = new Drawn(new ImageGrid(1, 2, channels: 3) { Scale = 1 }.AddRow([image]).ToPng());

        Assert.That(drawn.At(Margin, Margin), Is.EqualTo(new SKColor(255, 0, 0)));
        Assert.That(drawn.At(Margin + 1, Margin), Is.EqualTo(new SKColor(0, 255, 51)));
    }

    [Test]
    public void Values_out_of_range_are_clamped_and_NaN_is_magenta()
    {
        float[] image = [-0.02f, 1.02f, float.NegativeInfinity, float.PositiveInfinity, float.NaN];
        using var drawn = new Drawn(new ImageGrid(1, 5) { Scale = 1 }.AddRow([image]).ToPng());

        SKColor[] found = [.. Enumerable.Range(0, 5).Select(x => drawn.At(Margin + x, Margin))];
        Assert.That(found,
            Is.EqualTo([SKColors.Black, SKColors.White, SKColors.Black, SKColors.White, SKColors.Magenta]));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    public void NaN_in_one_plane_is_enough_for_magenta(int plane)
    {
        float[] image = [float.PositiveInfinity, 0, float.NegativeInfinity];
        float[] missing = [.. image];
        missing[plane] = float.NaN;
        using var drawn = new Drawn(new ImageGrid(1, 1, 3) { Scale = 1, Gap = 0 }.AddRow([image, missing]).ToPng());

        Assert.That(drawn.At(Margin, Margin), Is.EqualTo(SKColors.Red));
        Assert.That(drawn.At(Margin + 1, Margin), Is.EqualTo(SKColors.Magenta));
    }

    [Test]
    public void What_is_drawn_is_what_images_held_when_they_were_added()
    {
        float[] buffer = [0];
        ImageGrid grid = new ImageGrid(1, 1) { Scale = 1 }.AddRow([buffer]);
        buffer[0] = 0.5f;
        using var drawn = new Drawn(grid.ToPng());

        Assert.That(drawn.At(Margin, Margin), Is.EqualTo(SKColors.Black));
    }
}
