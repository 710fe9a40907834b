using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Evaluation.Comparison;
using static System.FormattableString;

namespace Ml.Autoencoders.Evaluation.Series;

/// <summary>Reads scores and labels of a data view in one pass.</summary>
internal static class SeriesReader
{
    private const string Use = "scored";

    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="InvalidOperationException">There is nothing to measure, or a value cannot be
    /// measured.</exception>
    public static ScoredSeries Read(IExceptionContext context, IDataView data, string label, string score,
        string? group)
    {
        DataViewSchema.Column scoreColumn = FindScore(context, data.Schema, score);
        DataViewSchema.Column labelColumn = LabelText.Find(context, data.Schema, label);
        DataViewSchema.Column? groupColumn =
            group is null ? null : LabelText.Find(context, data.Schema, group, "group");
        using DataViewRowCursor cursor = data.GetRowCursor(
            groupColumn is { } third ? [scoreColumn, labelColumn, third] : [scoreColumn, labelColumn]);
        ValueGetter<float> readScore = cursor.GetGetter<float>(scoreColumn);
        Func<string> readLabel = LabelText.Reader(context, cursor, labelColumn, Use);
        Func<string> readGroup =
            groupColumn is { } present ? LabelText.Reader(context, cursor, present, Use, "group") : () => "";
        // Series in the order in which they begin.
        var series = new OrderedDictionary<string, List<(float Score, bool Label)>>(StringComparer.Ordinal);
        while (cursor.MoveNext())
        {
            float value = 0;
            readScore(ref value);
            if (float.IsInfinity(value))
                throw Bad(cursor, score, Invariant($"the score is {value}; it must be a finite number, or NaN."));
            string name = readGroup();
            if (!series.TryGetValue(name, out List<(float Score, bool Label)>? rows))
                series.Add(name, rows = []);
            rows.Add((value, IsAnomaly(cursor, label, readLabel())));
        }
        return Checked(new ScoredSeries([.. series.Values.SelectMany(rows => rows.Select(row => row.Score))],
            [.. series.Values.SelectMany(rows => rows.Select(row => row.Label))],
            series.Values.Select(rows => rows.Count)), score, label);
    }

    private static DataViewSchema.Column FindScore(IExceptionContext context, DataViewSchema schema, string name)
    {
        if (schema.GetColumnOrNull(name) is not { } column)
            throw InputColumn.Missing(context, "score", name, schema);
        return column.Type == NumberDataViewType.Single
            ? column
            : throw new ArgumentOutOfRangeException(nameof(schema),
                $"Score column '{name}' is of type {column.Type}; it must be a Single.");
    }

    private static bool IsAnomaly(DataViewRowCursor cursor, string column, string label) => label switch
    {
        "1" or "True" => true,
        "0" or "False" => false,
        _ => throw Bad(cursor, column,
            $"the label is '{label}'; it must be 1 or True for a row of an anomaly, or 0 or False for another."),
    };

    private static ScoredSeries Checked(ScoredSeries series, string score, string label)
    {
        if (series.Descending.Length == 0)
        {
            throw new InvalidOperationException(Invariant(
                $"Column '{score}': none of the {series.Scores.Length:N0} rows has a score; at least one must."));
        }
        return series.AnomalousRows > 0
            ? series
            : throw new InvalidOperationException(Invariant(
                $"Column '{label}': none of the {series.Descending.Length:N0} rows with a score is an anomaly, with ") +
                "the label 1 or True; at least one must be.");
    }

    private static InvalidOperationException Bad(DataViewRowCursor cursor, string column, string fault) =>
        new(Invariant($"Column '{column}', row {cursor.Position:N0}: {fault}"));
}
