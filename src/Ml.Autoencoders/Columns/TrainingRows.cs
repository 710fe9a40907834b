using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Columns;

/// <summary>Reads the rows of a data view that are to be trained on, in one pass, and refuses what cannot be learned from.</summary>
internal static class TrainingRows
{
    /// <param name="host">For errors, and asked between rows whether to go on.</param>
    /// <param name="data">The data view.</param>
    /// <param name="name">Its vector column.</param>
    /// <param name="use">What the rows are for, as errors say it: training or validation.</param>
    /// <param name="size">The size that the column must have.</param>
    /// <param name="label">Its key column of labels, where there is one.</param>
    /// <param name="knows">Whether a label may occur; null where every one may.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing, of another type or size.</exception>
    /// <exception cref="InvalidOperationException">There are no rows, a value is not a finite number, or a label is missing or may not occur.</exception>
    public static RowTable Read(IHost host, IDataView data, string name, string use, int size,
        LabelColumn? label = null, Func<long, bool>? knows = null)
    {
        DataViewSchema.Column column = InputColumn.Find(host, data.Schema, name, size);
        var table = new RowTable(size, isLabelled: label is not null);
        using DataViewRowCursor cursor = data.GetRowCursor(label is null ? [column] : [column, label.Column]);
        var reader = new VectorReader(cursor, column);
        LabelReader? labels = label is null ? null : new LabelReader(cursor, label, knows, use);
        while (cursor.MoveNext())
        {
            host.CheckAlive();
            Span<float> row = table.Add();
            reader.Read(row);
            RequireFinite(host, row, column, use, table.Count - 1);
            if (labels is not null)
                table.Label(labels.Read());
        }
        if (table.Count == 0)
            throw host.Except($"Column '{name}': the {use} data has no rows. An autoencoder needs at least one.");
        return table;
    }

    /// <summary>Binary cross-entropy has no meaning elsewhere.</summary>
    /// <exception cref="InvalidOperationException">A value is outside [0, 1].</exception>
    public static void RequireUnitInterval(IHost host, Tensor rows, string name, string use)
    {
        using var scope = NewDisposeScope();
        float least = rows.min().item<float>();
        float greatest = rows.max().item<float>();
        if (least >= 0 && greatest <= 1)
            return;
        throw host.Except(string.Create(CultureInfo.InvariantCulture,
            $"Column '{name}' holds {use} values from {least:G4} to {greatest:G4}; binary cross-entropy needs values between 0 and 1. Set Scaling = InputScaling.MinMax, scale them before, or use ReconstructionLoss.MeanSquaredError."));
    }

    private static void RequireFinite(IHost host, ReadOnlySpan<float> row, DataViewSchema.Column column, string use, long number)
    {
        for (int slot = 0; slot < row.Length; slot++)
        {
            if (float.IsFinite(row[slot]))
                continue;
            string remedy = float.IsNaN(row[slot])
                ? $"Replace missing values first, for example with ml.Transforms.ReplaceMissingValues(\"{column.Name}\")."
                : "Clip or remove such values first.";
            throw host.Except(string.Create(CultureInfo.InvariantCulture,
                $"Column '{column.Name}', {use} row {number:N0}: slot {slot}{SlotName(column, slot)} is {(float.IsNaN(row[slot]) ? "NaN" : "infinite")}. {remedy}"));
        }
    }

    /// <summary>The name of a slot in brackets, where it has one.</summary>
    private static string SlotName(DataViewSchema.Column column, int slot)
    {
        if (!column.HasSlotNames())
            return "";
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        ReadOnlyMemory<char> name = names.GetItemOrDefault(slot);
        return name.IsEmpty ? "" : $" ('{name}')";
    }
}
