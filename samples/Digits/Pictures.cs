using Ml.Autoencoders;
using Ml.Autoencoders.Plots;
using Samples.Data;

namespace Digits;

/// <summary>What the autoencoders do, as PNG files.</summary>
internal static class Pictures
{
    private const float Masked = 0.5f;
    private const int Scale = 3;

    public static void Draw(string folder, Mnist digits, Candidate plain, Candidate denoising)
    {
        Digit[] shown = [.. Enumerable.Range(0, 10)
            .Select(number => digits.Test.First(digit => digit.Number == number))];
        float[][] originals = [.. shown.Select(digit => digit.Pixels)];
        var plainStage = (AutoencoderTransformer)plain.Stage;
        var denoisingStage = (AutoencoderTransformer)denoising.Stage;

        Save(new ImageGrid(digits.Height, digits.Width)
        {
            Title = $"{digits.Height * digits.Width} pixels to {plainStage.CodeSize} numbers and back",
            Scale = Scale,
            Captions = [.. shown.Select(digit => $"{digit.Number}")],
        }.AddRow(originals, "test digit").AddRow(plainStage.Reconstruct(originals), "reconstruction"), folder,
        "reconstructions.png");

        float[][] masked = [.. originals.Select((pixels, i) => Mask(pixels, new Random(i)))];
        Save(new ImageGrid(digits.Height, digits.Width)
        {
            Title = "Half of the pixels gone, and what the denoising autoencoder makes of the rest",
            Scale = Scale,
            Captions = [.. shown.Select(digit => $"{digit.Number}")],
        }.AddRow(originals, "test digit").AddRow(masked, "masked")
        .AddRow(denoisingStage.Reconstruct(masked), "denoised"), folder, "denoised.png");

        string losses = Path.Combine(folder, "losses.png");
        new LineChart { Title = "Training loss", XTitle = "epoch", YTitle = "binary cross-entropy, nats per pixel" }
            .AddSeries(plain.Name, Losses(plainStage))
            .AddSeries(denoising.Name, Losses(denoisingStage))
            .Save(losses);
        Console.WriteLine($"Drew {losses}.");
    }

    private static void Save(ImageGrid grid, string folder, string name)
    {
        string path = Path.Combine(folder, name);
        grid.Save(path);
        Console.WriteLine($"Drew {path}.");
    }

    private static float[] Mask(float[] pixels, Random random) =>
        [.. pixels.Select(pixel => random.NextSingle() < Masked ? 0 : pixel)];

    private static IEnumerable<double> Losses(AutoencoderTransformer stage) =>
        stage.History.Select(epoch => epoch.Training.Total);
}
