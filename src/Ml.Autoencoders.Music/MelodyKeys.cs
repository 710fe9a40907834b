namespace Ml.Autoencoders.Music;

/// <summary>
/// The alphabet of melodies: a step, a sixteenth note long, holds one of 90 keys. They are the classes of MusicVAE
/// (Roberts et al., "A Hierarchical Latent Vector Model for Learning Long-Term Structure in Music", 2018), numbered as
/// ML.NET numbers keys: from 1, with 0 for a missing one.
/// </summary>
/// <remarks>
/// Key 1 is "hold": nothing happens, the note before sounds on or the rest lasts. Key 2 is "off": the note ends and a
/// rest begins. Keys 3 to 90 are notes that start, with MIDI pitches 21 to 108: key = pitch - 18.
/// </remarks>
public static class MelodyKeys
{
    /// <summary>Steps of a bar: sixteenths of a whole note.</summary>
    public const int StepsPerBar = 16;

    /// <summary>How many keys there are.</summary>
    public const int Count = 90;

    /// <summary>The key of a step at which nothing happens.</summary>
    public const uint Hold = 1;

    /// <summary>The key of a step at which a note ends and none starts.</summary>
    public const uint Off = 2;

    /// <summary>The lowest MIDI pitch that has a key: A0, the lowest of a piano.</summary>
    public const int LowestPitch = 21;

    /// <summary>The highest MIDI pitch that has a key: C8, the highest of a piano.</summary>
    public const int HighestPitch = 108;

    private const int FirstNote = 3;

    private static readonly string[] Steps =
        ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"];

    /// <summary>The names of keys 1 to 90: "hold", "off", "A0", "A#0", ... "C8". MIDI pitch 60 is "C4".</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "hold",
        "off",
        .. Enumerable.Range(LowestPitch, HighestPitch - LowestPitch + 1)
            .Select(pitch => $"{Steps[pitch % 12]}{pitch / 12 - 1}"),
    ];

    /// <summary>The key of a note that starts.</summary>
    /// <param name="pitch">Its MIDI pitch, from 21 to 108.</param>
    /// <exception cref="ArgumentOutOfRangeException">The pitch has no key.</exception>
    public static uint OfPitch(int pitch)
    {
        Require.Within(pitch, LowestPitch, HighestPitch, Place.Call(nameof(OfPitch)), nameof(pitch));
        return (uint)(pitch - LowestPitch + FirstNote);
    }

    /// <summary>The MIDI pitch of the note that starts with a key; null where none does.</summary>
    /// <param name="key">From 0, which is a missing key, to 90.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such key.</exception>
    public static int? PitchOf(uint key)
    {
        Require.AtMost(key, (uint)Count, Place.Call(nameof(PitchOf)), nameof(key));
        return key < FirstNote ? null : (int)key - FirstNote + LowestPitch;
    }
}
