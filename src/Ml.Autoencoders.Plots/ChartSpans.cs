namespace Ml.Autoencoders.Plots;

/// <summary>Stretches of the horizontal axis of a <see cref="LineChart"/> that are marked alike.</summary>
internal sealed record ChartSpans(string Label, (double From, double To)[] Spans);
