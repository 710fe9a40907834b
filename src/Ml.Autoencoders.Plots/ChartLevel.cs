namespace Ml.Autoencoders.Plots;

/// <summary>A line across a picture, at a height of its vertical axis.</summary>
internal sealed record ChartLevel(string Label, double Height);
