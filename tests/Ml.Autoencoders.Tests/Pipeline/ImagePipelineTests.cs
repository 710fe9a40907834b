using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Ml.Autoencoders.Tests.Pipeline;

/// <summary>Pictures in, pictures out, with ML.NET's image transforms on both sides.</summary>
internal sealed class ImagePipelineTests
{
    private const int Height = 6;
    private const int Width = 8;

    private readonly MLContext _ml = new(seed: 1);

    [TestCase(ImagePixelExtractingEstimator.ColorBits.Rgb, 3)]
    [TestCase(ImagePixelExtractingEstimator.ColorBits.Green, 1)]
    public void Pictures_go_through_the_stage_and_come_out_as_pictures(ImagePixelExtractingEstimator.ColorBits colours, int channels)
    {
        IDataView pictures = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 40).Select(i => new Picture { Image = Paint(i) }));
        var pipeline = _ml.Transforms.ExtractPixels("Pixels", "Image", colours, scaleImage: 1 / 255f)
            .Append(_ml.Transforms.Autoencoders.Plain("Code", "Pixels", new()
            {
                CodeSize = 4,
                Network = Network.Convolutional(Height, Width, channels, [4]),
                ReconstructionColumnName = "CleanPixels",
                ErrorColumnName = "Error",
                Training = Small.Training(epochs: 60),
            }))
            .Append(_ml.Transforms.ConvertToImage(Height, Width, "Clean", "CleanPixels", colours, scaleImage: 255, defaultAlpha: 255, defaultRed: 0, defaultBlue: 0));
        using var model = pipeline.Fit(pictures);
        IDataView scored = model.Transform(pictures);

        Assert.That(scored.Schema["Pixels"].Type, Is.EqualTo(new VectorDataViewType(NumberDataViewType.Single, channels, Height, Width)));
        Assert.That(scored.Schema["CleanPixels"].Type, Is.EqualTo(scored.Schema["Pixels"].Type));
        // Pictures are a shade from black to white in each channel; the mean colour explains at best 0.08 of it.
        Assert.That(scored.GetColumn<float>("Error").Average(), Is.LessThan(0.04));
        MLImage[] clean = [.. scored.GetColumn<MLImage>("Clean")];
        Assert.That(clean, Has.Length.EqualTo(40).And.All.Property("Width").EqualTo(Width).And.All.Property("Height").EqualTo(Height));
        Assert.That(MeanGreen(clean[39]) - MeanGreen(clean[0]), Is.GreaterThan(80));
        Array.ForEach(clean, image => image.Dispose());
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
