namespace Ml.Autoencoders.Music;

/// <summary>
/// What a melody is like, for attribute vectors: the mean code of melodies with much of an attribute, minus that of
/// those with little (Roberts et al. 2018, section 5.3).
/// </summary>
/// <param name="NoteDensity">Notes that start, as a share of the steps: from 0 to 1.</param>
/// <param name="AverageInterval">The mean distance of two notes that follow each other, in semitones; 0 with fewer than
/// two notes.</param>
/// <param name="CMajorShare">The share of notes that are in the scale of C major, from 0 to 1; 0 without
/// notes.</param>
/// <param name="EighthSyncopation">The share of notes that start at the second eighth of a beat, step 2 of its 4,
/// while none starts at the two steps before; from 0 to 1, 0 without notes.</param>
/// <param name="SixteenthSyncopation">The share of notes that start between eighths, at step 1 or 3 of a beat, while
/// none starts at the step before; from 0 to 1, 0 without notes.</param>
public sealed record MelodyAttributes(double NoteDensity, double AverageInterval, double CMajorShare,
    double EighthSyncopation, double SixteenthSyncopation)
{
    private const int StepsPerBeat = 4;

    /// <summary>The names of the attributes, in the order of <see cref="Values"/>.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "note density", "average interval", "share of C major", "eighth syncopation", "sixteenth syncopation",
    ];

    /// <summary>The attributes as numbers, in the order of <see cref="Names"/>.</summary>
    public IReadOnlyList<double> Values =>
        [NoteDensity, AverageInterval, CMajorShare, EighthSyncopation, SixteenthSyncopation];

    /// <summary>Measures a melody.</summary>
    /// <param name="keys">A key each step (<see cref="MelodyKeys"/>), at least one; the first one begins a
    /// bar.</param>
    /// <exception cref="ArgumentException">There are no keys.</exception>
    public static MelodyAttributes Of(IReadOnlyList<uint> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        Require.AtLeast(keys.Count, 1, Place.Call(nameof(Of)), nameof(keys));
        bool[] starts = [.. keys.Select(key => MelodyKeys.PitchOf(key) is not null)];
        int[] pitches = [.. keys.Select(MelodyKeys.PitchOf).OfType<int>()];
        int notes = Math.Max(pitches.Length, 1);
        int distance = pitches.Zip(pitches.Skip(1), (one, next) => Math.Abs(next - one)).Sum();
        int eighths = 0, sixteenths = 0;
        for (int step = 1; step < starts.Length; step++)
        {
            if (!starts[step] || starts[step - 1])
                continue;
            if (step % 2 == 1)
                sixteenths++;
            else if (step % StepsPerBeat == 2 && !starts[step - 2])
                eighths++;
        }
        return new((double)pitches.Length / keys.Count, (double)distance / Math.Max(pitches.Length - 1, 1),
            (double)Scale.CMajor(pitches) / notes, (double)eighths / notes, (double)sixteenths / notes);
    }
}
