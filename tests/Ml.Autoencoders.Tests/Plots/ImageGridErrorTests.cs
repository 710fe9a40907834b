using Ml.Autoencoders.Plots;

namespace Ml.Autoencoders.Tests.Plots;

[TestFixture]
internal sealed class ImageGridErrorTests
{
    [TestCase(0, 28, 1, "ImageGrid: height is 0; it must be at least 1.", "height")]
    [TestCase(28, -1, 1, "ImageGrid: width is -1; it must be at least 1.", "width")]
    [TestCase(28, 28, 2, "ImageGrid: channels is 2; it must be 1 (gray) or 3 (red, green, blue).", "channels")]
    public void A_size_out_of_range_is_refused(int height, int width, int channels, string message, string parameter)
    {
        Assert.That(() => new ImageGrid(height, width, channels),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith(message).And.Property("ParamName")
                .EqualTo(parameter));
    }

    [Test]
    public void An_option_out_of_range_is_refused()
    {
        Assert.That(() => new ImageGrid(1, 1) { Scale = 0 },
            Throws.TypeOf<ArgumentOutOfRangeException>()
                .With.Message.StartsWith("ImageGrid: Scale is 0; it must be at least 1."));
        Assert.That(() => new ImageGrid(1, 1) { Gap = -1 },
            Throws.TypeOf<ArgumentOutOfRangeException>()
                .With.Message.StartsWith("ImageGrid: Gap is -1; it must be at least 0."));
        Assert.That(() => new ImageGrid(1, 1) { Title = null! },
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("Title"));
        Assert.That(() => new ImageGrid(1, 1) { Captions = null! },
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("Captions"));
    }

    [Test]
    public void An_image_of_the_wrong_length_is_refused_by_its_place()
    {
        ImageGrid grid = new ImageGrid(2, 3, 3).AddRow([new float[18], new float[18]]);

        Assert.That(() => grid.AddRow([new float[18], new float[6]]), Throws.ArgumentException
            .With.Message.StartsWith("Image 1 of row 1 has 6 values; it must have 18 (3 x 2 x 3).")
            .And.Property("ParamName").EqualTo("images"));
    }

    [Test]
    public void A_null_is_refused_by_its_place()
    {
        var grid = new ImageGrid(1, 1);

        Assert.That(() => grid.AddRow([[0], null!]),
            Throws.ArgumentNullException.With.Message.StartsWith("Image 1 of row 0 is null."));
        Assert.That(() => grid.AddRow(null!),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("images"));
        Assert.That(() => grid.AddRow([[0]], null!),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("label"));
    }

    [Test]
    public void A_row_of_another_length_is_refused_and_not_kept()
    {
        ImageGrid grid = new ImageGrid(1, 1).AddRow([[0], [0]]);
        byte[] before = grid.ToPng();

        Assert.That(() => grid.AddRow([]),
            Throws.ArgumentException.With.Message.StartsWith("Row 1 has no images; it must have at least 1."));
        Assert.That(() => grid.AddRow([[0]]),
            Throws.ArgumentException.With.Message.StartsWith("Row 1 has 1 images, but the rows above have 2."));
        Assert.That(() => new ImageGrid(1, 1) { Captions = ["7"] }.AddRow([[0], [0]]),
            Throws.ArgumentException.With.Message.StartsWith("Row 0 has 2 images, but there are 1 captions."));
        Assert.That(grid.ToPng(), Is.EqualTo(before));
    }

    [Test]
    public void An_empty_grid_is_not_drawn()
    {
        Assert.That(() => new ImageGrid(1, 1).ToPng(),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "The grid is empty. Add at least one row of images first."));
    }

    [Test]
    public void A_picture_too_large_to_show_is_not_drawn()
    {
        ImageGrid grid = new ImageGrid(1, 300) { Scale = 64 }.AddRow([new float[300]]);

        Assert.That(() => grid.ToPng(), Throws.InvalidOperationException.With.Message.EqualTo(
            "The picture would be 19232 x 96 pixels; the longest side may have 16384. " +
            "Lower ImageGrid.Scale (it is 64) or draw fewer images."));
    }
}
