using System.Globalization;
using Microsoft.ML.Data;

namespace Heartbeats.Reading;

/// <summary>Series, whose rows are in the order of time within each.</summary>
/// <param name="Columns">The names of the numbers of a row.</param>
/// <param name="Rows">Of all series.</param>
/// <param name="Time">What their times are.</param>
/// <param name="TimeName">What these are called.</param>
/// <param name="HasGroups">Whether a column says which series a row belongs to.</param>
internal sealed record SeriesTable(IReadOnlyList<string> Columns, IReadOnlyList<SeriesRow> Rows, TimeKind Time,
    string TimeName, bool HasGroups)
{
    /// <summary>The places of the rows of each series, in the order in which series begin.</summary>
    public IReadOnlyList<int[]> Groups { get; } =
        [.. Enumerable.Range(0, Rows.Count).GroupBy(i => Rows[i].Group, StringComparer.Ordinal)
            .Select(group => group.ToArray())];

    /// <summary>The column of the times, among the members of a row; null where there is none.</summary>
    public string? TimeColumn => Time switch
    {
        TimeKind.Date => nameof(SeriesRow.Date),
        TimeKind.Number => nameof(SeriesRow.Number),
        _ => null,
    };

    /// <summary>A time as it is printed.</summary>
    public string TimeOf(SeriesRow row) => TimeOf(row, Time);

    /// <summary>The time of a row of any table.</summary>
    public static string TimeOf(SeriesRow row, TimeKind time) => time == TimeKind.Date
        ? row.Date.ToString(row.Date.Millisecond == 0 ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd HH:mm:ss.fff",
            CultureInfo.InvariantCulture)
        : row.Number.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>The type of <see cref="SeriesRow.Values"/>, whose length and names only the data knows.</summary>
    public SchemaDefinition Schema()
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(SeriesRow));
        SchemaDefinition.Column values = schema[nameof(SeriesRow.Values)];
        values.ColumnType = new VectorDataViewType(NumberDataViewType.Single, Columns.Count);
        var names = new VBuffer<ReadOnlyMemory<char>>(Columns.Count, [.. Columns.Select(name => name.AsMemory())]);
        values.AddAnnotation("SlotNames", names, new VectorDataViewType(TextDataViewType.Instance, Columns.Count));
        return schema;
    }
}
