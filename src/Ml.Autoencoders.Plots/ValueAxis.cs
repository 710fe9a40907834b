using OxyPlot.Axes;

namespace Ml.Autoencoders.Plots;

/// <summary>
/// An axis whose ticks are at the values that curves have, rather than at round numbers between them.
/// </summary>
internal sealed class ValueAxis : LinearAxis
{
    // A label to each 20th of the axis: nearer ones would run into each other.
    private const double MinDistance = 1 / 20.0;

    /// <summary>In ascending order.</summary>
    public IReadOnlyList<double> Values { get; set; } = [];

    /// <summary>Whether equal steps are equal factors.</summary>
    public bool Logarithmic { get; set; }

    /// <summary>Whether ticks are at round numbers after all: of a hundred epochs, at 20, 40, 60 and so on.</summary>
    public bool HasRoundTicks { get; set; }

    /// <summary>The position of a value, in steps of the axis.</summary>
    public double PlaceOf(double value) => Logarithmic ? Math.Log2(value) : value;

    public override void GetTickValues(out IList<double> majorLabelValues, out IList<double> majorTickValues,
        out IList<double> minorTickValues)
    {
        if (HasRoundTicks)
        {
            base.GetTickValues(out majorLabelValues, out majorTickValues, out minorTickValues);
            return;
        }
        List<double> places = [];
        double room = MinDistance * (PlaceOf(Values[^1]) - PlaceOf(Values[0]));
        foreach (double place in Values.Select(PlaceOf))
        {
            if (places.Count == 0 || place - places[^1] >= room)
                places.Add(place);
        }
        majorLabelValues = places;
        majorTickValues = places;
        minorTickValues = [];
    }

    protected override string FormatValueOverride(double x) =>
        base.FormatValueOverride(Logarithmic ? Math.Pow(2, x) : x);
}
