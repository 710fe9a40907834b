namespace Ml.Autoencoders.Windows;

/// <summary>A column of numbers that windows are made of.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Size">Numbers of a row: 1 for a scalar.</param>
internal sealed record WindowInput(string Name, int Size);
