namespace Ml.Autoencoders.Music.Midi;

/// <summary>From a tick on, a bar is so many notes, each that part of a whole note.</summary>
internal readonly record struct TimeSignature(long Tick, int Numerator, int Denominator)
{
    /// <summary>Whether a bar is a whole note long.</summary>
    public bool IsWhole => Numerator == Denominator;
}
