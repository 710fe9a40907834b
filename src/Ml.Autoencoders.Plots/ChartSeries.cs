namespace Ml.Autoencoders.Plots;

/// <summary>A curve of a <see cref="LineChart"/>: its values at 1, 2, 3 and so on.</summary>
internal sealed record ChartSeries(string Name, double[] Values);
