namespace Ml.Autoencoders.Plots;

/// <summary>A note in a picture of notes.</summary>
/// <param name="Start">When it starts, in steps from the left edge; at least 0.</param>
/// <param name="Length">Steps that it lasts, above 0.</param>
/// <param name="Pitch">Its MIDI pitch, from 0 to 127; 60 is C4, a semitone is 1.</param>
public readonly record struct PianoRollNote(double Start, double Length, int Pitch);
