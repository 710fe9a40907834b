using Microsoft.ML;
using Microsoft.ML.Runtime;
using static System.FormattableString;

namespace Ml.Autoencoders.Windows;

/// <summary>The length of windows that suits a series: the rule of TSB-AD (Liu and Paparrizos 2024, "The Elephant in
/// the Room: Towards A Reliable Time-Series Anomaly Detection Benchmark").</summary>
internal static class WindowLength
{
    /// <summary>The length where the data gives none.</summary>
    public const int Default = 125;

    /// <summary>Rows that are read.</summary>
    private const int MaxRows = 20_000;

    /// <summary>Lags among which the highest local maximum is sought; the first and the last have one
    /// neighbor.</summary>
    private const int FirstLag = 3, LastLag = 400;

    /// <summary>A highest maximum at a lag outside of these says nothing.</summary>
    private const int Least = 6, Greatest = 303;

    /// <summary>The lag of the highest local maximum of the autocorrelation of the first column.</summary>
    /// <param name="host">The owner of the log.</param>
    /// <param name="view">The rows of the fit.</param>
    /// <param name="description">What windows are made of; their length does not matter.</param>
    public static int Find(IHost host, IDataView view, WindowDescription description)
    {
        double[] correlation = Autocorrelation.Of(Read(host, view, description), LastLag);
        int? lag = Peak(correlation);
        using IChannel channel = host.Start("Window length");
        channel.Info("{0}", lag is { } found
            ? Invariant($"Windows have {found} rows, the highest local maximum of the autocorrelation of column ") +
                Invariant($"'{description.Inputs[0].Name}' ({correlation[found]:G3}).")
            : Invariant($"Windows have {Default} rows: the autocorrelation of column '{description.Inputs[0].Name}' ") +
                Invariant($"has no highest local maximum from {Least} to {Greatest} rows."));
        return lag ?? Default;
    }

    /// <summary>The lag of the highest local maximum; null where there is none, or it says nothing.</summary>
    /// <param name="correlation">From lag 0 up.</param>
    public static int? Peak(double[] correlation)
    {
        int? highest = null;
        for (int lag = FirstLag + 1; lag < Math.Min(correlation.Length - 1, LastLag); lag++)
        {
            if (correlation[lag] > correlation[lag - 1] && correlation[lag] > correlation[lag + 1]
                && (highest is not { } before || correlation[lag] > correlation[before]))
                highest = lag;
        }
        return highest is >= Least and <= Greatest ? highest : null;
    }

    private static IReadOnlyList<IReadOnlyList<float>>[] Read(
        IHost host, IDataView view, WindowDescription description)
    {
        var schema = new WindowSchema(host, description, view.Schema);
        var groups = new GroupTable<Stretches>(description, () => new());
        using DataViewRowCursor cursor = view.GetRowCursor(schema.Dependencies([schema.Output[schema.Input.Count]]));
        var series = new SeriesReader<Stretches>(cursor, schema, groups);
        var numbers = new NumbersReader(cursor, [schema.Numbers[0]]);
        float[] row = new float[description.Inputs[0].Size];
        for (int count = 0; count < MaxRows && cursor.MoveNext(); count++)
        {
            Stretches group = series.Step(out bool startsAnew);
            numbers.Read(row);
            if (startsAnew)
                group.Values.Add([]);
            group.Values[^1].Add(row[0]);
        }
        return [.. groups.All.Select(group => group.Values)];
    }

    /// <summary>The numbers of a group, in stretches without a gap.</summary>
    private sealed class Stretches : GroupRows
    {
        public List<List<float>> Values { get; } = [];
    }
}
