using Microsoft.ML;
using Samples.Data;

namespace LatentSpace;

/// <summary>The stations, one after the other.</summary>
internal static class Tour
{
    private const int Seed = 1;

    public static void Run(Settings settings)
    {
        var ml = new MLContext(Seed);
        var digits = new Digits(ml, Mnist.Load(settings.DataFolder, settings.Rows));
        Directory.CreateDirectory(settings.OutputFolder);
        Console.WriteLine(
            $"{digits.Mnist.Training.Length:N0} training and {digits.Mnist.Test.Length:N0} test digits of " +
            $"{digits.Mnist.Height} x {digits.Mnist.Width}; {settings.Epochs} epochs each.");
        var pictures = new Pictures(digits.Mnist.Height, digits.Mnist.Width, settings.OutputFolder);
        new PlaneStation(ml, digits, settings, pictures).Run();
        new GenerationStation(ml, digits, settings, pictures).Run();
        new ConditionalStation(ml, digits, settings, pictures).Run();
        new AdversarialStation(ml, digits, settings, pictures).Run();
    }
}
