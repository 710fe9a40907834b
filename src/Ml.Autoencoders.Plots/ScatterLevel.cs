namespace Ml.Autoencoders.Plots;

/// <summary>A line across a <see cref="ScatterPlot"/>, at a height of its vertical axis.</summary>
internal sealed record ScatterLevel(string Label, double Height);
