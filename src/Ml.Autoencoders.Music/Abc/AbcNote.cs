namespace Ml.Autoencoders.Music.Abc;

/// <summary>A note of a bar, in ticks from its beginning.</summary>
/// <param name="Start">Where it starts.</param>
/// <param name="Length">How long it is.</param>
/// <param name="Pitch">Its MIDI pitch.</param>
/// <param name="IsTied">Whether the note before, of the same pitch, sounds on instead.</param>
internal readonly record struct AbcNote(long Start, long Length, int Pitch, bool IsTied)
{
    public long End => Start + Length;
}
