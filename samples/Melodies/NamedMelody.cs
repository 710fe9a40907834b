namespace Melodies;

/// <summary>A melody, and what a picture calls it.</summary>
/// <param name="Label">At the left of its row.</param>
/// <param name="Keys">A key each step.</param>
internal sealed record NamedMelody(string Label, uint[] Keys);
