using System.Globalization;
using Ml.Autoencoders.Music;

namespace Ml.Autoencoders.Benchmarks.Melodies;

/// <summary>What has to be reached on the test windows.</summary>
internal sealed class MelodyBounds
{
    private const double LeastAccuracy = 0.97;
    private const double LeastWhole = 0.70;
    private const double LeastDrawnAccuracy = 0.95;
    private const double MostBits = 60;
    private const double LeastTightAccuracy = 0.85;
    private const double MostJumpDifference = 0.5;
    private const double MostWideJumps = 0.04;
    private const double MostScaleDifference = 0.05;

    private int _missed;

    /// <summary>Prints each bound; 0 where all are met.</summary>
    public static int Check(MelodyFigures loose, MelodyFigures tight, MelodySampling samples, MelodyBlend blend)
    {
        var bounds = new MelodyBounds();
        bounds.AtLeast("loose: accuracy per step from the mean code", loose.Accuracy, LeastAccuracy);
        bounds.AtLeast("loose: whole melodies right", loose.Whole, LeastWhole);
        bounds.AtLeast("loose: accuracy with drawn codes and keys", loose.DrawnAccuracy, LeastDrawnAccuracy);
        bounds.AtMost("tight: bits of a code", tight.Bits, MostBits);
        bounds.AtLeast("tight: accuracy per step from the mean code", tight.Accuracy, LeastTightAccuracy);
        bounds.Check(samples.Test, samples.Chosen);
        bounds.Print("blend: first and last step are the reconstructions", blend.EndsAreReconstructions);
        bounds.Print("blend: each step is a valid window", blend.StepsAreWindows);
        return bounds._missed == 0 ? 0 : 1;
    }

    private void Check(MelodyStatistics test, MelodyStatistics chosen)
    {
        AtMost("samples: mean jump, distance to that of the test windows", Math.Abs(chosen.MeanJump - test.MeanJump),
            MostJumpDifference);
        AtMost("samples: share of jumps beyond 9 semitones", chosen.WideJumpShare, MostWideJumps);
        AtMost("samples: share in scale, distance to that of the test windows",
            Math.Abs(chosen.ScaleShare - test.ScaleShare), MostScaleDifference);
    }

    private void AtLeast(string name, double value, double bound) => Print(
        string.Create(CultureInfo.InvariantCulture, $"{name}: {value:0.####}, at least {bound:0.##}"), value >= bound);

    private void AtMost(string name, double value, double bound) => Print(
        string.Create(CultureInfo.InvariantCulture, $"{name}: {value:0.####}, at most {bound:0.##}"), value <= bound);

    private void Print(string line, bool isMet)
    {
        _missed += isMet ? 0 : 1;
        Console.WriteLine(isMet ? line : $"{line}, MISSED");
    }
}
