namespace Ml.Autoencoders.Music.Abc;

/// <summary>A note as it is written.</summary>
/// <param name="Letter">From A to G, a capital.</param>
/// <param name="Octave">0 for capitals without marks: from C4 to B4.</param>
/// <param name="Accidental">Semitones of an accidental before it; null where it has none.</param>
/// <param name="Semitones">Its MIDI pitch, once accidentals and key are known.</param>
internal readonly record struct AbcPitch(char Letter, int Octave, int? Accidental, int Semitones = 0)
{
    private const int MiddleC = 60;

    /// <summary>The MIDI pitch of the letter without accidentals.</summary>
    public int Natural => MiddleC + 12 * Octave + Letter switch
    {
        'C' => 0,
        'D' => 2,
        'E' => 4,
        'F' => 5,
        'G' => 7,
        'A' => 9,
        _ => 11,
    };
}
