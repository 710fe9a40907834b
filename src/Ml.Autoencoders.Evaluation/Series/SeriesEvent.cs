namespace Ml.Autoencoders.Evaluation.Series;

/// <summary>An anomaly: neighboring rows with the label of one, in one series.</summary>
/// <param name="First">Its first row.</param>
/// <param name="Last">Its last row.</param>
/// <param name="From">The first row of its series.</param>
/// <param name="To">The last row of its series.</param>
internal readonly record struct SeriesEvent(int First, int Last, int From, int To)
{
    /// <summary>Whether two anomalies, the other being later, meet once both are widened. Ones that only stand side by
    /// side do not, as in the authors' code.</summary>
    public bool Meets(SeriesEvent other, int reach) => other.From == From && Last + reach >= other.First - reach;
}
