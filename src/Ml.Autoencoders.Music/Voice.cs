namespace Ml.Autoencoders.Music;

/// <summary>A voice of a piece, in steps.</summary>
/// <param name="Name">Empty where the piece has one voice.</param>
/// <param name="Bars">What keeps each bar out of windows; null for one that fits. Each takes 16 steps.</param>
/// <param name="Notes">In the order of their starts, one at a time; none outside of the bars.</param>
internal sealed record Voice(string Name, MelodyRule?[] Bars, MelodyNote[] Notes);
