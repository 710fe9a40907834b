namespace Ml.Autoencoders.Music;

/// <summary>Some bars of a piece.</summary>
/// <param name="Keys">A key each step (<see cref="MelodyKeys"/>), 16 for each bar.</param>
/// <param name="Piece">What it comes from, as <see cref="MelodySource.Piece"/> names it: equal for all windows of a
/// MIDI file or a tune, so that they can be kept together when rows are divided.</param>
/// <param name="Voice">Which voice of it, as <see cref="MelodySource.Voice"/> names it.</param>
/// <param name="Bar">The first bar, from 0, with repeats played.</param>
public sealed record MelodyWindow(uint[] Keys, string Piece, string Voice, int Bar);
