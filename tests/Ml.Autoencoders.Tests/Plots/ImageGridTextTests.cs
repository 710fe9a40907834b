using Ml.Autoencoders.Plots;
using SkiaSharp;

namespace Ml.Autoencoders.Tests.Plots;

/// <summary>Words around the images of a grid. The images are black; letters are gray.</summary>
[TestFixture]
internal sealed class ImageGridTextTests
{
    private static readonly float[] Black = new float[100];

    [Test]
    public void A_label_stands_left_of_its_row_and_at_its_height()
    {
        using var drawn = new Drawn(new ImageGrid(10, 10)
        {
            Scale = 4,
        }.AddRow([Black]).AddRow([Black], "noisy").ToPng());

        SKRectI images = drawn.Box(SKColors.Black);
        SKRectI label = Drawn.Around([.. drawn.Ink(new SKRectI(0, 0, images.Left, drawn.Height))]);
        Assert.That(images.Left, Is.GreaterThan(16), "no room was made");
        Assert.That(label.Top, Is.GreaterThan(images.Top + 44), "the label reaches into the first row");
        Assert.That(label.MidY, Is.EqualTo(images.Top + 44 + 20).Within(4));
        Assert.That(label.Left, Is.GreaterThanOrEqualTo(16));
        Assert.That(images.Left - label.Right, Is.EqualTo(10).Within(2));
    }

    [Test]
    public void The_title_stands_above_the_images()
    {
        using var drawn = new Drawn(new ImageGrid(10, 10) { Scale = 8, Title = "Digits" }.AddRow([Black]).ToPng());

        SKRectI images = drawn.Box(SKColors.Black);
        SKRectI title = Drawn.Around([.. drawn.Ink(new SKRectI(0, 0, drawn.Width, images.Top))]);
        Assert.That(images.Left, Is.EqualTo(16));
        Assert.That(title.Left, Is.EqualTo(16).Within(3));
        Assert.That(title.Top, Is.GreaterThanOrEqualTo(16));
        Assert.That(title.Bottom, Is.LessThan(images.Top - 5));
    }

    [Test]
    public void A_long_title_widens_the_picture()
    {
        using var drawn = new Drawn(new ImageGrid(10, 10)
        {
            Title = "Reconstructions by an autoencoder",
        }.AddRow([Black]).ToPng());

        SKRectI title = Drawn.Around([.. drawn.Ink(new SKRectI(0, 0, drawn.Width, drawn.Box(SKColors.Black).Top))]);
        Assert.That(title.Width, Is.GreaterThan(200));
        Assert.That(drawn.Width - title.Right, Is.EqualTo(16).Within(3));
    }

    [TestCase("7")]
    [TestCase("error 0.01234")]
    public void A_caption_stands_over_the_middle_of_its_column_and_keeps_to_it(string caption)
    {
        using var drawn = new Drawn(new ImageGrid(10, 10)
        {
            Scale = 4,
            Captions = ["", caption, ""],
        }.AddRow([Black, Black, Black]).ToPng());

        SKRectI images = drawn.Box(SKColors.Black);
        SKRectI found = Drawn.Around([.. drawn.Ink(new SKRectI(0, 0, drawn.Width, images.Top))]);
        Assert.That((images.Left, images.Width), Is.EqualTo((16, 3 * 44 - 4)), "captions moved the images");
        Assert.That(found.MidX, Is.EqualTo(images.MidX).Within(2));
        Assert.That(found.Left, Is.GreaterThan(images.Left + 40));
        Assert.That(found.Right, Is.LessThan(images.Left + 88));
        Assert.That(found.Bottom, Is.LessThan(images.Top));
    }

    // A font without these letters draws one box for all of them; no font at all draws nothing.
    [TestCase("α", "γ")]
    [TestCase("Ж", "Я")]
    [TestCase("é", "ø")]
    [TestCase("≤", "≥")]
    public void Letters_are_drawn_whatever_fonts_the_machine_has(string one, string other)
    {
        static byte[] Png(string label) => new ImageGrid(10, 10).AddRow([Black], label).ToPng();

        byte[] png = Png(one);
        using var drawn = new Drawn(png);
        Assert.That(drawn.Ink(new SKRectI(0, 0, drawn.Box(SKColors.Black).Left, drawn.Height)), Is.Not.Empty);
        Assert.That(Png(one), Is.EqualTo(png));
        Assert.That(Png(other), Is.Not.EqualTo(png));
    }

    [Test]
    public void A_line_break_in_a_label_is_a_space()
    {
        static byte[] Png(string label) => new ImageGrid(10, 10).AddRow([Black], label).ToPng();

        Assert.That(Png("two\r\nwords"), Is.EqualTo(Png("two words")));
        Assert.That(Png("two words"), Is.Not.EqualTo(Png("twowords")));
    }
}
