using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>Images that pass through the stage to two readers, one of them ML.NET's own transform.</summary>
internal sealed class ImageOwnershipTests
{
    private const int Count = 40;
    private const int Side = 2;

    private readonly MLContext _ml = new();
    private AutoencoderTransformer _model = null!;
    private TemporaryFolder _folder = null!;

    [OneTimeSetUp]
    public void Fit() => _model = Stage.Fit(_ml);

    [OneTimeTearDown]
    public void Dispose() => _model.Dispose();

    [SetUp]
    public void Create() => _folder = new TemporaryFolder();

    [TearDown]
    public void Delete() => _folder.Dispose();

    [Test]
    public void Images_from_files_stay_with_the_reader_that_took_them()
    {
        IDataView view = Transform(FromFiles());
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["Image"], view.Schema["Gray"]]);
        MLImage[] images = ReadBoth(cursor);
        // At the end of the rows ML.NET's loader disposes the last image that it loaded.
        Assert.That(images[..^1].Select(Shade), Is.EqualTo(Enumerable.Range(0, Count - 1)));
        Array.ForEach(images, image => image.Dispose());
    }

    [Test]
    public void Images_in_memory_stay_with_their_rows()
    {
        Picture[] pictures = [.. Rows.Make(Count)
            .Select((row, i) => new Picture { Features = row.Features, Image = Paint(i) })];
        IDataView view = Transform(_ml.Data.LoadFromEnumerable(pictures));
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["Image"], view.Schema["Gray"]]);
        MLImage[] images = ReadBoth(cursor);
        Assert.That(images, Is.EqualTo(pictures.Select(picture => picture.Image)));
        Assert.That(images.Select(Shade), Is.EqualTo(Enumerable.Range(0, Count)));
        Array.ForEach(images, image => image.Dispose());
    }

    [Test]
    public void Images_in_memory_can_be_read_again()
    {
        Picture[] pictures = [.. Rows.Make(Count)
            .Select((row, i) => new Picture { Features = row.Features, Image = Paint(i) })];
        IDataView view = _model.Transform(_ml.Data.LoadFromEnumerable(pictures));
        foreach (int most in new[] { 3, Count })
            Assert.That(view.GetColumn<MLImage>("Image").Take(most).Select(Shade),
                Is.EqualTo(Enumerable.Range(0, most)));
        Array.ForEach(pictures, picture => picture.Image.Dispose());
    }

    [Test]
    public void A_getter_asked_for_in_the_middle_of_a_batch_gives_images()
    {
        IDataView view = Transform(FromFiles());
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["Image"]]);
        for (int i = 0; i <= 20; i++)
            cursor.MoveNext();
        MLImage image = null!;
        cursor.GetGetter<MLImage>(view.Schema["Image"])(ref image);
        Assert.That(Shade(image), Is.EqualTo(20));
        image.Dispose();
    }

    /// <summary>The images of column Image, each in a variable of its own, with column Gray read beside it.</summary>
    private static MLImage[] ReadBoth(DataViewRowCursor cursor)
    {
        ValueGetter<MLImage> getImage = cursor.GetGetter<MLImage>(cursor.Schema["Image"]);
        ValueGetter<MLImage> getGray = cursor.GetGetter<MLImage>(cursor.Schema["Gray"]);
        var images = new List<MLImage>();
        MLImage gray = null!;
        while (cursor.MoveNext())
        {
            MLImage image = null!;
            getImage(ref image);
            getGray(ref gray);
            Assert.That(Shade(gray), Is.EqualTo(Shade(image)).Within(1));
            images.Add(image);
        }
        gray.Dispose();
        return [.. images];
    }

    private IDataView Transform(IDataView pictures)
    {
        IDataView scored = _model.Transform(pictures);
        return _ml.Transforms.ConvertToGrayscale("Gray", "Image").Fit(scored).Transform(scored);
    }

    private IDataView FromFiles()
    {
        for (int i = 0; i < Count; i++)
        {
            using MLImage image = Paint(i);
            image.Save(_folder.File($"row {i}.png"));
        }
        IDataView named = _ml.Data.LoadFromEnumerable(Rows.Make(Count)
            .Select(row => new Row { Features = row.Features, Name = row.Name + ".png" }));
        return _ml.Transforms.LoadImages("Image", _folder.Path, "Name").Fit(named).Transform(named);
    }

    private static MLImage Paint(int shade)
    {
        var pixels = new byte[Side * Side * 4];
        Array.Fill(pixels, (byte)shade);
        for (int alpha = 3; alpha < pixels.Length; alpha += 4)
            pixels[alpha] = 255;
        return MLImage.CreateFromPixels(Side, Side, MLPixelFormat.Bgra32, pixels);
    }

    /// <summary>Throws where the image was disposed.</summary>
    private static int Shade(MLImage image) => image.Pixels[0];

    private sealed class Picture
    {
        [VectorType(Row.Size)]
        public float[] Features { get; set; } = [];

        [ImageType(Side, Side)]
        public MLImage Image { get; set; } = null!;
    }
}
