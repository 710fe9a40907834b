namespace Ml.Autoencoders.Plots;

/// <summary>A row of a <see cref="PianoRoll"/>.</summary>
internal sealed record PianoRollRow(string Label, double Steps, PianoRollNote[] Notes);
