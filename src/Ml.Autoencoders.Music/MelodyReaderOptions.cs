namespace Ml.Autoencoders.Music;

/// <summary>Which windows a <see cref="MelodyReader"/> makes.</summary>
public sealed record MelodyReaderOptions
{
    /// <summary>The most bars of a window.</summary>
    internal const int MostBars = 64;

    /// <summary>Bars of a window. Windows begin at every bar, so that they overlap.</summary>
    /// <value>From 1 to 64. The default is 2: 32 steps.</value>
    public int Bars
    {
        get;
        init
        {
            Require.Within(value, 1, MostBars, nameof(MelodyReaderOptions), nameof(Bars));
            field = value;
        }
    } = 2;

    /// <summary>Windows with fewer notes are left out.</summary>
    /// <value>From 1 to 1,024, as many as the longest window has steps. The default is 4.</value>
    public int MinimumNotes
    {
        get;
        init
        {
            Require.Within(value, 1, MostBars * MelodyKeys.StepsPerBar, nameof(MelodyReaderOptions),
                nameof(MinimumNotes));
            field = value;
        }
    } = 4;

    /// <summary>
    /// How far from a sixteenth a note of a MIDI file may start, in steps: it is moved to the nearest one. A bar
    /// with a note that is farther away is left out, as one of triplets or of 32nd notes should be.
    /// </summary>
    /// <value>From 0 to 0.5, at which all bars are taken, as recordings of a player may need. The default is 0.25:
    /// notes of triplets are 1/3 away, 32nd notes 1/2. Notes of ABC files are never moved.</value>
    public float Tolerance
    {
        get;
        init
        {
            Require.Within(value, 0, 0.5f, nameof(MelodyReaderOptions), nameof(Tolerance));
            field = value;
        }
    } = 0.25f;
}
