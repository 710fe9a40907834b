using OxyPlot;

namespace Ml.Autoencoders.Plots;

/// <summary>
/// Points of a <see cref="ScatterPlot"/> with one label: those that have a place, that is, two finite coordinates.
/// </summary>
internal sealed record ScatterClass(string Label, DataPoint[] Points);
