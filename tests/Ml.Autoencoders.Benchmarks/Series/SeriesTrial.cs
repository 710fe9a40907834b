using Microsoft.ML;

namespace Ml.Autoencoders.Benchmarks.Series;

/// <summary>A series all of whose rows are scored, by what was fitted to its first ones without their labels.</summary>
/// <param name="Ml">With the seed.</param>
/// <param name="Series">The series.</param>
/// <param name="Learned">How many rows the fit may see.</param>
internal sealed record SeriesTrial(MLContext Ml, LabeledSeries Series, int Learned)
{
    /// <summary>The lag by the rule of <c>SlidingWindow</c> for what the fit may see.</summary>
    public int Lag => LagOf(Ml, LearnedRows);

    private IDataView LearnedRows => Ml.Data.TakeRows(Rows, Learned);

    private IDataView Rows => Ml.Data.LoadFromEnumerable(
        Series.Values.Select(value => new Reading { Value = (float)value }));

    /// <summary>The same of a whole series, for which TSB-AD's figures are.</summary>
    public static int LagOf(LabeledSeries series) =>
        new SeriesTrial(new MLContext(1), series, series.Values.Length).Lag;

    /// <summary>The learned rows and all rows, with their windows in the column <c>Window</c>.</summary>
    /// <param name="length">Rows of a window.</param>
    public (IDataView Learned, IDataView All) Windows(int length)
    {
        SlidingWindowTransformer stage = Ml.Transforms.SlidingWindow("Window", ["Value"], length).Fit(Rows);
        return (stage.Transform(LearnedRows), stage.Transform(Rows));
    }

    private static int LagOf(MLContext ml, IDataView rows) =>
        ml.Transforms.SlidingWindow("Window", ["Value"]).Fit(rows).Length;

    private sealed class Reading
    {
        public float Value { get; set; }
    }
}
