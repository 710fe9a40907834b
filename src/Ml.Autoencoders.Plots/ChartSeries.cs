namespace Ml.Autoencoders.Plots;

/// <summary>A curve of a <see cref="LineChart"/>: its values from left to right.</summary>
internal sealed record ChartSeries(string Name, double[] Values);
