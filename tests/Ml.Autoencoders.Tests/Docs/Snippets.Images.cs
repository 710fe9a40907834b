using Microsoft.ML;
using Microsoft.ML.Data;
using Samples.Data;

namespace Ml.Autoencoders.Tests.Docs;

/// <content>Examples of the page on pictures.</content>
public partial class Snippets
{
    [Test]
    public void Picture_files_are_cleaned_into_picture_files()
    {
        string folder = _folder;
        foreach ((Digit digit, int i) in Mnist.Training.Take(20).Select((digit, i) => (digit, i)))
            SavePicture(digit, Path.Combine(folder, $"{i}.png"));
        PictureFile[] files = [.. Enumerable.Range(0, 20).Select(i => new PictureFile { Path = $"{i}.png" })];
        IDataView pictures = ml.Data.LoadFromEnumerable(files);
        IDataView noisyPictures = ml.Data.TakeRows(pictures, 2);

        var pipeline = ml.Transforms.LoadImages("Image", folder, "Path")
            .Append(ml.Transforms.ResizeImages("Image", 32, 32))
            .Append(ml.Transforms.ExtractPixels("Pixels", "Image", scaleImage: 1 / 255f))
            .Append(ml.Transforms.Autoencoders.Denoising("Code", "Pixels", new()
            {
                Corruption = Corruption.Gaussian(0.5f).Then(Corruption.Clip()),
                Network = Network.Convolutional(height: 32, width: 32, channels: 3),
                Loss = ReconstructionLoss.BinaryCrossEntropy,
                ReconstructionColumnName = "CleanPixels",
                Training = new() { Epochs = 2 },
            }))
            .Append(ml.Transforms.Expression("Bytes", "pixel => 255 * pixel + 0.5", "CleanPixels"))
            .Append(ml.Transforms.ConvertToImage(32, 32, "Clean", "Bytes"));
        using var model = pipeline.Fit(pictures);
        int number = 0;
        foreach (MLImage image in model.Transform(noisyPictures).GetColumn<MLImage>("Clean"))
        {
            using (image)
                image.Save($"clean-{number++}.png");
        }

        using MLImage clean = MLImage.CreateFromFile("clean-1.png");
        Assert.That((number, clean.Width, clean.Height), Is.EqualTo((2, 32, 32)));
        Assert.That(Enumerable.Range(0, 32 * 32).Select(i => clean.Pixels[4 * i + 3]), Has.All.EqualTo(255), "opaque");
    }

    [Test]
    public void Small_pictures_are_enlarged()
    {
        float[][] small = [new float[14 * 14]];

        using AutoencoderTransformer enlarger = ml.Transforms.Autoencoders.Denoising("Code", "Pixels", new()
        {
            Image = new ImageFormat(height: 28, width: 28),
            Corruption = Corruption.Downscale(2),
            Network = Network.Convolutional(height: 14, width: 14),
            Loss = ReconstructionLoss.BinaryCrossEntropy,
            Training = new() { Epochs = 1 },
        }).Fit(digits);
        float[][] large = enlarger.Reconstruct(small);    // 196 numbers in, 784 out

        Assert.That(large[0], Has.Length.EqualTo(784));
    }

    [Test]
    public void Pairs_of_noisy_and_clean_pictures_are_learned_from()
    {
        IDataView pairs = ml.Transforms.CopyColumns("Noisy", "Pixels")
            .Append(ml.Transforms.CopyColumns("Clean", "Pixels")).Fit(digits).Transform(digits);

        using AutoencoderTransformer cleaner = ml.Transforms.Autoencoders.Plain("Code", "Noisy", new()
        {
            TargetColumnName = "Clean",
            ReconstructionColumnName = "Restored",
            Training = new() { Epochs = 1 },
        }).Fit(pairs);

        Assert.That(cleaner.OutputSize, Is.EqualTo(784));
    }

    private static void SavePicture(Digit digit, string path)
    {
        byte[] bytes =
            [.. digit.Pixels.SelectMany(pixel => new[]
            {
                (byte)(255 * pixel),
                (byte)(255 * pixel),
                (byte)(255 * pixel),
                byte.MaxValue,
            })];
        using MLImage image = MLImage.CreateFromPixels(28, 28, MLPixelFormat.Bgra32, bytes);
        image.Save(path);
    }

    private sealed class PictureFile
    {
        public string Path { get; set; } = "";
    }
}
