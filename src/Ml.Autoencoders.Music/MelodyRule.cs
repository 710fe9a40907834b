namespace Ml.Autoencoders.Music;

/// <summary>Why a place at which a window could begin gives none. Where several rules hold, the first of this list
/// counts.</summary>
public enum MelodyRule
{
    /// <summary>It is played on the percussion channel of MIDI, where pitches are instruments.</summary>
    Percussion,

    /// <summary>A bar is not a whole note long by its time signature: not 4/4, nor 2/2.</summary>
    OtherMeter,

    /// <summary>A bar holds a triplet or another tuplet, which sixteenths cannot express.</summary>
    Tuplet,

    /// <summary>A bar of an ABC tune holds several voices, by the sign <c>&amp;</c>.</summary>
    SeveralVoices,

    /// <summary>A bar holds less or more than a whole note, as an upbeat does.</summary>
    NotFull,

    /// <summary>A note of a bar starts, or in an ABC tune ends, between two sixteenths.</summary>
    OffGrid,

    /// <summary>The piece has fewer bars than a window.</summary>
    TooShort,

    /// <summary>A note is below A0 or above C8 (<see cref="MelodyKeys"/>).</summary>
    OutOfRange,

    /// <summary>It holds fewer notes than <see cref="MelodyReaderOptions.MinimumNotes"/>.</summary>
    TooFewNotes,

    /// <summary>The piece has the same window at an earlier place, or in another voice.</summary>
    Repeated,
}
