namespace Ml.Autoencoders.Music;

/// <summary>What melodies of a set are like, to compare those that a model draws with those that it learned
/// from.</summary>
/// <param name="Windows">How many melodies there are.</param>
/// <param name="Notes">How many notes they have together.</param>
/// <param name="MeanJump">The mean distance of two notes that follow each other in a melody, in semitones; a repeated
/// note is a distance of 0. NaN where no melody has two notes.</param>
/// <param name="WideJumpShare">The share of those distances that are more than 9 semitones, from 0 to 1. NaN
/// where no melody has two notes.</param>
/// <param name="ScaleShare">The share of notes that are in the scale of their melody's best-fitting key, from 0 to 1:
/// of the twelve major scales, which are also the natural minor ones, that which holds most of its notes. NaN where
/// there are no notes.</param>
public sealed record MelodyStatistics(int Windows, int Notes, double MeanJump, double WideJumpShare, double ScaleShare)
{
    /// <summary>A wider jump counts for <see cref="WideJumpShare"/>: a major sixth, 9 semitones.</summary>
    public const int WidestUsualJump = 9;

    /// <summary>Measures a set of melodies.</summary>
    /// <param name="melodies">A key each step (<see cref="MelodyKeys"/>).</param>
    /// <exception cref="ArgumentNullException">There are no melodies, or one of them is null.</exception>
    public static MelodyStatistics Of(IEnumerable<IReadOnlyList<uint>> melodies)
    {
        ArgumentNullException.ThrowIfNull(melodies);
        int windows = 0;
        long notes = 0, inScale = 0, jumps = 0, wide = 0, distance = 0;
        foreach (IReadOnlyList<uint> melody in melodies)
        {
            windows++;
            int[] pitches = [.. melody.Select(MelodyKeys.PitchOf).OfType<int>()];
            notes += pitches.Length;
            inScale += Scale.MostOf(pitches);
            for (int i = 1; i < pitches.Length; i++)
            {
                int jump = Math.Abs(pitches[i] - pitches[i - 1]);
                jumps++;
                distance += jump;
                wide += jump > WidestUsualJump ? 1 : 0;
            }
        }
        return new(windows, (int)notes, (double)distance / jumps, (double)wide / jumps, (double)inScale / notes);
    }
}
