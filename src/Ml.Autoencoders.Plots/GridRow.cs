using SkiaSharp;

namespace Ml.Autoencoders.Plots;

/// <summary>A row of an <see cref="ImageGrid"/>.</summary>
/// <param name="Label">The text to its left.</param>
/// <param name="Images">From left to right, each as rows of colors, <c>[H, W]</c>.</param>
internal sealed record GridRow(string Label, SKColor[][] Images);
