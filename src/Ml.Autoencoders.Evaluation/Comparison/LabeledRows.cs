using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Columns;

namespace Ml.Autoencoders.Evaluation.Comparison;

/// <summary>Rows in memory.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Labels">Their labels, in words; null where there are none.</param>
internal sealed record LabeledRows(float[][] Rows, string[]? Labels)
{
    /// <summary>What is noted at the column that the rows are from.</summary>
    public required DataViewSchema.Annotations Notes { get; init; }

    /// <summary>Reads a data view in one pass.</summary>
    /// <param name="context">For errors.</param>
    /// <param name="data">The data view.</param>
    /// <param name="features">Its vector column.</param>
    /// <param name="label">Its label column, where there is one.</param>
    /// <param name="use">What the rows are for, as errors name it: training or test.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="InvalidOperationException">There are no rows, a value is not a finite number, or a
    /// label is missing.</exception>
    public static LabeledRows Read(IExceptionContext context, IDataView data, string features,
        string? label, string use)
    {
        (DataViewSchema.Column column, int size) = InputColumn.Find(context, data.Schema, features);
        DataViewSchema.Column? labelColumn = label is null ? null : LabelText.Find(context, data.Schema, label);
        using DataViewRowCursor cursor = data.GetRowCursor(labelColumn is { } second ? [column, second] : [column]);
        var reader = VectorReader.Of(cursor, column);
        Func<string>? readLabel = labelColumn is { } present ? LabelText.Reader(context, cursor, present, use) : null;
        var rows = new List<float[]>();
        var labels = new List<string>();
        while (cursor.MoveNext())
        {
            var row = new float[size];
            reader.Read(row);
            RequireFinite(row, features, use, rows.Count);
            rows.Add(row);
            if (readLabel is not null)
                labels.Add(readLabel());
        }
        return rows.Count > 0
            ? new LabeledRows([.. rows], readLabel is null ? null : [.. labels]) { Notes = column.Annotations }
            : throw new InvalidOperationException(
                $"Column '{features}': the {use} data has no rows. A comparison needs some.");
    }

    /// <summary>The rows at some places, in their order.</summary>
    public LabeledRows At(int[] places) =>
        this with
        {
            Rows = [.. places.Select(place => Rows[place])],
            Labels = Labels is null ? null : [.. places.Select(place => Labels[place])],
        };

    private static void RequireFinite(float[] row, string column, string use, int number)
    {
        int slot = Array.FindIndex(row, value => !float.IsFinite(value));
        if (slot < 0)
            return;
        throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
            $"Column '{column}', {use} row {number:N0}: slot {slot} is " +
            $"{(float.IsNaN(row[slot]) ? "NaN" : "infinite")}. Replace or remove such values first, for example with " +
            $"ml.Transforms.ReplaceMissingValues(\"{column}\")."));
    }
}
