using System.Diagnostics;
using Microsoft.ML;
using Samples.Data;

namespace CleanImages;

/// <summary>What runs with no folders: digits as picture files are cleaned, then enlarged.</summary>
internal static class Tour
{
    private const int Tested = 500;
    private const int MinSide = 12;

    public static void Run(Settings settings, Mnist digits)
    {
        // Half as large they are enlarged again, and their likeness is measured in windows.
        if (digits.Height % 2 != 0 || digits.Width % 2 != 0 || Math.Min(digits.Height, digits.Width) < MinSide)
            throw new InvalidDataException(
                $"The digits are {digits.Height} x {digits.Width}; height and width must be even and at least " +
                $"{MinSide}.");
        var clock = Stopwatch.StartNew();
        var ml = new MLContext(Settings.Seed);
        var files = new DigitFiles(settings.OutputFolder, digits.Height, digits.Width,
            [.. digits.Training.Select(digit => digit.Pixels)],
            [.. digits.Test.Take(Tested).Select(digit => digit.Pixels)]);
        Console.WriteLine(
            $"{digits.Training.Length:N0} digits to learn from, as PNG files; {files.Test.Count:N0} others to clean " +
            $"and to enlarge; {settings.Epochs} epochs each.");
        new DenoisingStation(ml, files, settings).Run();
        new EnlargingStation(ml, files, settings).Run();
        Console.WriteLine($"{clock.Elapsed.TotalSeconds:N0} seconds.");
    }
}
