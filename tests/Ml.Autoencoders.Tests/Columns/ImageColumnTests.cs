using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Columns;

namespace Ml.Autoencoders.Tests.Columns;

/// <summary>What pictures a column holds, by its dimensions and by what is told.</summary>
internal sealed class ImageColumnTests
{
    private readonly MLContext _ml = new();

    [TestCase(new[] { 1, 28, 20 }, 28, 20, 1, PixelOrder.Planar)]
    [TestCase(new[] { 3, 28, 20 }, 28, 20, 3, PixelOrder.Planar)]
    [TestCase(new[] { 4, 28, 20 }, 28, 20, 4, PixelOrder.Planar)]
    [TestCase(new[] { 28, 20, 1 }, 28, 20, 1, PixelOrder.Interleaved)]
    [TestCase(new[] { 28, 20, 3 }, 28, 20, 3, PixelOrder.Interleaved)]
    [TestCase(new[] { 28, 20, 4 }, 28, 20, 4, PixelOrder.Interleaved)]
    [TestCase(new[] { 28, 4, 3 }, 28, 4, 3, PixelOrder.Interleaved, Description = "a side of 4")]
    [TestCase(new[] { 28, 1, 1 }, 28, 1, 1, PixelOrder.Interleaved, Description = "a side of 1")]
    [TestCase(new[] { 3, 4, 28 }, 4, 28, 3, PixelOrder.Planar, Description = "a side of 4")]
    [TestCase(new[] { 1, 1, 28 }, 1, 28, 1, PixelOrder.Planar, Description = "a side of 1")]
    public void Dimensions_with_a_number_of_channels_say_what_pictures_they_are(int[] dimensions, int height, int width,
        int channels, PixelOrder order) =>
        Assert.That(ImageColumn.Find(_ml, Column(dimensions), null),
            Is.EqualTo(new ImageFormat(height, width, channels, order)));

    [TestCase(new[] { 12 })]
    [TestCase(new[] { 28, 28 })]
    [TestCase(new[] { 2, 28, 28 })]
    [TestCase(new[] { 28, 28, 5 })]
    [TestCase(new[] { 28, 3, 28 }, Description = "in the middle there are no channels")]
    [TestCase(new[] { 3, 3, 3 }, Description = "both ends may be the channels")]
    [TestCase(new[] { 3, 8, 4 }, Description = "both ends may be the channels")]
    [TestCase(new[] { 1, 3, 28, 28 })]
    public void Other_dimensions_say_nothing(int[] dimensions) =>
        Assert.That(ImageColumn.Find(_ml, Column(dimensions), null), Is.Null);

    [TestCase(new[] { 60 })]
    [TestCase(new[] { 4, 15 })]
    [TestCase(new[] { 4, 5, 3 })]
    public void What_is_told_holds_for_a_column_that_does_not_contradict(int[] dimensions)
    {
        var told = new ImageFormat(4, 5, 3, PixelOrder.Interleaved);
        Assert.That(ImageColumn.Find(_ml, Column(dimensions), told), Is.EqualTo(told));
    }

    [Test]
    public void What_is_told_decides_where_dimensions_are_ambiguous() =>
        Assert.That(ImageColumn.Find(_ml, Column([3, 3, 3]), new ImageFormat(3, 3, 3, PixelOrder.Interleaved))!.Order,
            Is.EqualTo(PixelOrder.Interleaved));

    [TestCase(new[] { 59 }, "Vector<Single, 59>")]
    [TestCase(new[] { 3, 5, 4 }, "Vector<Single, 3, 5, 4>", Description = "height and width exchanged")]
    [TestCase(new[] { 15, 2, 2 }, "Vector<Single, 15, 2, 2>", Description = "as many numbers")]
    public void Pictures_of_another_size_are_refused(int[] dimensions, string type) =>
        RequireRefusal(new ImageFormat(4, 5, 3), dimensions,
            "Schema mismatch for image column 'Pixels': expected pictures of 3 x 4 x 5 (planar: channels x height x " +
            $"width), got {type} (Parameter 'inputSchema')");

    [Test]
    public void Interleaved_pictures_are_refused_where_planar_ones_are_expected() =>
        RequireRefusal(new ImageFormat(8, 5, 3), [8, 5, 3],
            "Schema mismatch for image column 'Pixels': expected pictures of 3 x 8 x 5 (planar: channels x height x " +
            "width), got Vector<Single, 8, 5, 3>. Set Image to PixelOrder.Interleaved before the fit, or " +
            "interleavePixelColors: false in ExtractPixels (Parameter 'inputSchema')");

    [Test]
    public void Planar_pictures_are_refused_where_interleaved_ones_are_expected() =>
        RequireRefusal(new ImageFormat(8, 5, 3, PixelOrder.Interleaved), [3, 8, 5],
            "Schema mismatch for image column 'Pixels': expected pictures of 8 x 5 x 3 (interleaved: height x width " +
            "x channels), got Vector<Single, 3, 8, 5>. Set Image to PixelOrder.Planar before the fit, or " +
            "interleavePixelColors: true in ExtractPixels (Parameter 'inputSchema')");

    [TestCase(new[] { 64, 32, 3 }, 64, 32, 3, PixelOrder.Interleaved, Description = "its own dimensions")]
    [TestCase(new[] { 120 * 4 }, 16, 10, 3, PixelOrder.Planar, Description = "twice the input's")]
    [TestCase(new[] { 120 * 9 }, 24, 15, 3, PixelOrder.Planar, Description = "thrice the input's")]
    [TestCase(new[] { 120 }, 8, 5, 3, PixelOrder.Planar, Description = "the input's")]
    public void Pictures_to_reconstruct_are_what_their_column_says_or_the_input_s_enlarged(int[] dimensions, int height,
        int width, int channels, PixelOrder order) =>
        Assert.That(ImageColumn.FindTarget(Column(dimensions), new ImageFormat(8, 5, 3)),
            Is.EqualTo(new ImageFormat(height, width, channels, order)));

    [Test]
    public void Pictures_to_reconstruct_that_may_be_of_either_order_are_of_the_input_s() =>
        Assert.That(ImageColumn.FindTarget(Column([4, 8, 3]), new ImageFormat(8, 5, 3, PixelOrder.Interleaved)),
            Is.EqualTo(new ImageFormat(4, 8, 3, PixelOrder.Interleaved)));

    [Test]
    public void Enlarged_pictures_keep_the_order_of_the_input() =>
        Assert.That(ImageColumn.FindTarget(Column([480]), new ImageFormat(8, 5, 3, PixelOrder.Interleaved)),
            Is.EqualTo(new ImageFormat(16, 10, 3, PixelOrder.Interleaved)));

    [TestCase(1)]
    [TestCase(119)]
    [TestCase(240)]
    [TestCase(479)]
    public void Rows_of_another_number_are_no_pictures(int size) =>
        Assert.That(ImageColumn.FindTarget(Column([size]), new ImageFormat(8, 5, 3)), Is.Null);

    [Test]
    public void Plain_vectors_to_reconstruct_from_plain_vectors_are_no_pictures() =>
        Assert.That(ImageColumn.FindTarget(Column([480]), null), Is.Null);

    private static DataViewSchema.Column Column(int[] dimensions)
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Pixels", new VectorDataViewType(NumberDataViewType.Single, dimensions));
        return schema.ToSchema()["Pixels"];
    }

    private void RequireRefusal(ImageFormat told, int[] dimensions, string message) =>
        Assert.That(() => ImageColumn.Find(_ml, Column(dimensions), told),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(message));
}
