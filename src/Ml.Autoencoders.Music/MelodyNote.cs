namespace Ml.Autoencoders.Music;

/// <summary>A note of a melody.</summary>
/// <param name="Start">The step that it starts at, from 0.</param>
/// <param name="Length">Steps that it lasts, at least 1.</param>
/// <param name="Pitch">Its MIDI pitch; 60 is C4, a semitone is 1.</param>
public readonly record struct MelodyNote(int Start, int Length, int Pitch)
{
    /// <summary>The first step at which it no longer sounds.</summary>
    public int End => Start + Length;
}
