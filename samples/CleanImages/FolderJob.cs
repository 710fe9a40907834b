using Microsoft.ML;
using Ml.Autoencoders;
using Samples;

namespace CleanImages;

/// <summary>Cleans the pictures of one folder by what those of another taught.</summary>
internal sealed class FolderJob(Settings settings, string trainingFolder, string noisyFolder)
{
    public void Run()
    {
        RequireApart(trainingFolder);
        RequireApart(noisyFolder);
        Corruption noise = Noise.Named(settings.Noise)
            ?? throw new ArgumentException($"'{settings.Noise}' is not a kind of noise.");
        string[] training = PictureFiles.In(trainingFolder);
        string[] noisy = PictureFiles.In(noisyFolder);
        if (noisy.GroupBy(Path.GetFileNameWithoutExtension).FirstOrDefault(same => same.Count() > 1) is { } same)
            throw new InvalidDataException(
                $"Several pictures in '{noisyFolder}' are named '{same.Key}', and would become one file.");
        PictureFormat format = settings.Format(training[0]);
        Console.WriteLine(
            $"{training.Length:N0} pictures to learn from and {noisy.Length:N0} to clean, brought to {format.Width} " +
            $"x {format.Height} in {(format.IsColor ? "color" : "gray")}.");

        Directory.CreateDirectory(settings.OutputFolder);
        string model = Path.Combine(settings.OutputFolder, "cleaner.zip");
        var cleaner = new PictureCleaner(new MLContext(Settings.Seed), format);
        Display.Training("denoising", progress =>
        {
            cleaner.Learn(training, noise, settings.Training(progress.Epoch), model);
            return model;
        });
        cleaner.Clean(model, noisy, settings.OutputFolder);
        Console.WriteLine($"Wrote {model} and {noisy.Length:N0} clean pictures into {settings.OutputFolder}.");
    }

    /// <summary>Clean pictures take the names of noisy ones, which must not be written over.</summary>
    private void RequireApart(string folder)
    {
        StringComparison comparison = OperatingSystem.IsLinux()
            ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        if (string.Equals(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)),
            Path.TrimEndingDirectorySeparator(Path.GetFullPath(settings.OutputFolder)), comparison))
            throw new ArgumentException($"The folder '{folder}' is read; name another one for --out.");
    }
}
