namespace Ml.Autoencoders.Music.Midi;

/// <summary>A note of a MIDI track, in ticks from the beginning.</summary>
internal readonly record struct TimedNote(long Start, long End, int Pitch);
