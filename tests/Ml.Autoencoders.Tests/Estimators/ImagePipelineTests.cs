using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>Pictures in, pictures out, with ML.NET's image transforms on both sides.</summary>
internal sealed class ImagePipelineTests
{
    private const int Height = 6;
    private const int Width = 8;

    private readonly MLContext _ml = new(seed: 1);

    [TestCase(ImagePixelExtractingEstimator.ColorBits.Rgb, 3)]
    [TestCase(ImagePixelExtractingEstimator.ColorBits.Green, 1)]
    public void Pictures_go_through_the_stage_and_come_out_as_pictures(ImagePixelExtractingEstimator.ColorBits colors,
        int channels)
    {
        IDataView pictures = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 40)
            .Select(i => new Picture { Image = Paint(i) }));
        var pipeline = _ml.Transforms.ExtractPixels("Pixels", "Image", colors, scaleImage: 1 / 255f)
            .Append(_ml.Transforms.Autoencoders.Plain("Code", "Pixels", new()
            {
                CodeSize = 4,
                Network = Network.Convolutional(Height, Width, channels, [4]),
                ReconstructionColumnName = "CleanPixels",
                ErrorColumnName = "Error",
                Training = Small.Training(epochs: 60),
            }))
            .Append(_ml.Transforms.ConvertToImage(Height, Width, "Clean", "CleanPixels", colors, scaleImage: 255,
                defaultAlpha: 255, defaultRed: 0, defaultBlue: 0));
        using var model = pipeline.Fit(pictures);
        IDataView scored = model.Transform(pictures);

        Assert.That(scored.Schema["Pixels"].Type,
            Is.EqualTo(new VectorDataViewType(NumberDataViewType.Single, channels, Height, Width)));
        Assert.That(scored.Schema["CleanPixels"].Type, Is.EqualTo(scored.Schema["Pixels"].Type));
        // Pictures are a shade from black to white in each channel; the mean color explains at best 0.08 of it.
        Assert.That(scored.GetColumn<float>("Error").Average(), Is.LessThan(0.04));
        MLImage[] clean = [.. scored.GetColumn<MLImage>("Clean")];
        Assert.That(clean, Has.Length.EqualTo(40).And.All.Property("Width").EqualTo(Width).And.All.Property("Height")
            .EqualTo(Height));
        Assert.That(MeanGreen(clean[39]) - MeanGreen(clean[0]), Is.GreaterThan(80));
        Array.ForEach(clean, image => image.Dispose());
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Colors_come_out_as_they_went_in_in_either_order_of_pixels(bool isInterleaved)
    {
        IDataView pictures = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 40)
            .Select(i => new Picture { Image = Paint(i) }));
        var pipeline = _ml.Transforms.ExtractPixels("Pixels", "Image", interleavePixelColors: isInterleaved,
            scaleImage: 1 / 255f)
            .Append(_ml.Transforms.Autoencoders.Plain("Code", "Pixels", new()
            {
                CodeSize = 4,
                Network = Network.Convolutional(Height, Width, channels: 3, [4]),
                ReconstructionColumnName = "CleanPixels",
                Training = Small.Training(epochs: 60),
            }))
            .Append(_ml.Transforms.ConvertToImage(Height, Width, "Clean", "CleanPixels",
                interleavedColors: isInterleaved, scaleImage: 255, defaultAlpha: 255));
        using var model = pipeline.Fit(pictures);
        MLImage[] clean = [.. model.Transform(pictures).GetColumn<MLImage>("Clean")];
        MLImage[] painted = [.. Enumerable.Range(0, 40).Select(Paint)];

        // Each channel by itself; another one's shade is 80 away on average, and what wrapped
        // around 256 would be 200 away.
        int[][] misses = [.. clean.Zip(painted, Misses)];
        for (int channel = 0; channel < 3; channel++)
            Assert.That(misses.Average(miss => miss[channel]), Is.LessThan(30), $"channel {channel}");
        Assert.That(misses.Max(miss => miss.Max()), Is.LessThan(128));
        Array.ForEach([.. clean, .. painted], image => image.Dispose());
    }

    [Test]
    public void What_overshoots_is_held_within_the_shades_of_training()
    {
        // Black and white only, and codes too small for every pattern: some pixels are over- and some undershot.
        IDataView pictures = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 40)
            .Select(i => new Picture { Image = Checker(i) }));
        float[] Reconstructed(IDataView rows, ImageFormat? image = null)
        {
            using var model = _ml.Transforms.Autoencoders.Plain("Code", "Pixels", new()
            {
                CodeSize = 4,
                Network = Network.Dense(),
                Image = image,
                ReconstructionColumnName = "CleanPixels",
                Training = Small.Training(epochs: 20),
            }).Fit(rows);
            return [.. model.Transform(rows).GetColumn<float[]>("CleanPixels").SelectMany(row => row)];
        }
        IDataView pixels = _ml.Transforms.ExtractPixels("Pixels", "Image", scaleImage: 1 / 255f).Fit(pictures)
            .Transform(pictures);
        float[][] numbers = [.. pixels.GetColumn<float[]>("Pixels")];
        IDataView flat = SmallPictures.View(_ml, numbers, numbers[0].Length);

        float[] held = Reconstructed(SmallPictures.View(_ml, numbers, 3, Height, Width));
        float[] free = Reconstructed(flat);
        float[] told = Reconstructed(flat, new ImageFormat(Height, Width, 3));

        Assert.That(free.Max(), Is.GreaterThan(1.02));
        Assert.That(free.Min(), Is.LessThan(-0.02));
        Assert.That(held, Is.EqualTo(free.Select(x => Math.Clamp(x, 0, 1))));
        Assert.That(told, Is.EqualTo(held));
    }

    /// <summary>The mean distance between the shades of two pictures in blue, green and red.</summary>
    private static int[] Misses(MLImage found, MLImage expected)
    {
        byte[] shades = Bgr(found);
        byte[] wanted = Bgr(expected);
        return [.. Enumerable.Range(0, 3)
            .Select(channel => (int)Enumerable.Range(0, Height * Width)
                .Average(i => Math.Abs(shades[3 * i + channel] - wanted[3 * i + channel])))];
    }

    private static byte[] Bgr(MLImage image)
    {
        int red = image.PixelFormat == MLPixelFormat.Rgba32 ? 0 : 2;
        byte[] pixels = image.Pixels.ToArray();
        return [.. Enumerable.Range(0, pixels.Length / 4)
            .SelectMany(i => new[] { pixels[4 * i + 2 - red], pixels[4 * i + 1], pixels[4 * i + red] })];
    }

    private static MLImage Checker(int number)
    {
        var pixels = new byte[Height * Width * 4];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(i % 4 == 3 || (i / 4 + number) % (2 + number % 3) == 0 ? 255 : 0);
        return MLImage.CreateFromPixels(Width, Height, MLPixelFormat.Bgra32, pixels);
    }

    /// <summary>Green goes from dark to bright with the number; red and blue do so in other orders.</summary>
    private static MLImage Paint(int number)
    {
        var pixels = new byte[Height * Width * 4];
        for (int i = 0; i < pixels.Length; i += 4)
        {
            pixels[i] = (byte)(number * 17 % 40 * 6);
            pixels[i + 1] = (byte)(10 + number * 6);
            pixels[i + 2] = (byte)(240 - number * 5);
            pixels[i + 3] = 255;
        }
        return MLImage.CreateFromPixels(Width, Height, MLPixelFormat.Bgra32, pixels);
    }

    private static double MeanGreen(MLImage image)
    {
        byte[] pixels = image.Pixels.ToArray();
        return Enumerable.Range(0, pixels.Length / 4).Average(i => pixels[4 * i + 1]);
    }

    private sealed class Picture
    {
        [ImageType(Height, Width)]
        public MLImage Image { get; set; } = null!;
    }
}
