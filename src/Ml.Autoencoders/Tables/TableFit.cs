using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Corruptions;

namespace Ml.Autoencoders.Tables;

/// <summary>Finds what the columns of a table hold, in one pass over those that hold categories.</summary>
internal static class TableFit
{
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, or of a type that is not taken.</exception>
    /// <exception cref="InvalidOperationException">There are no rows, or a column is no column of
    /// categories.</exception>
    public static TableDescription Run(IHost host, IDataView data, string output, IReadOnlyList<string> inputs,
        TableFeaturizingOptions options)
    {
        DataViewSchema.Column[] columns = [.. inputs.Select(name => TableColumn.Find(host, data.Schema, name))];
        var found = new Dictionary<string, TableColumn>(StringComparer.Ordinal);
        var categories = new List<DataViewSchema.Column>();
        foreach (DataViewSchema.Column column in columns)
        {
            var type = TableColumnType.Of(host, column);
            if (HoldsCategories(host, type, column.Name, options))
                categories.Add(column);
            else
                found.Add(column.Name, Numbers(host, column, type.Kind));
        }
        foreach (CategoryColumn column in Count(host, data, categories, options))
            found.Add(column.Name, column);
        var table = new TableDescription(TableDescription.CurrentVersion, output,
            [.. inputs.Select(name => found[name])]);
        return table.SizeFault is { } fault
            ? throw host.Except($"Column '{output}' {fault} Leave columns out, or lower MaximumCategories.")
            : table;
    }

    /// <exception cref="InvalidOperationException">An option says it of a column that does not.</exception>
    public static bool HoldsCategories(IExceptionContext context, TableColumnType type, string name,
        TableFeaturizingOptions options)
    {
        bool isListed = options.CategoryColumns.Contains(name, StringComparer.Ordinal);
        if (isListed && (type.IsVector || type.Kind == DataKind.Boolean))
        {
            throw context.Except($"{nameof(TableFeaturizingOptions)}: {nameof(options.CategoryColumns)} has " +
                $"'{name}', {(type.IsVector ? "a vector" : "a Boolean, which has one slot for its two values")}; it " +
                "must be a column of one number per row.");
        }
        return isListed || type.IsCategory;
    }

    private static NumberColumn Numbers(IHost host, DataViewSchema.Column column, DataKind kind)
    {
        if (column.Type is not VectorDataViewType { Size: var size })
            return new NumberColumn(column.Name, kind, length: null);
        var names = SlotNames.Of(column);
        string[]? slots = column.HasSlotNames()
            ? [.. Enumerable.Range(0, size).Select(slot => $"{names[slot]}")] : null;
        IReadOnlyList<SlotGroup> groups = kind == DataKind.Boolean ? [] : CategoricalSlots.Of(host, column);
        return new NumberColumn(column.Name, kind, size, slots, groups.Count > 0 ? groups : null);
    }

    private static IEnumerable<CategoryColumn> Count(IHost host, IDataView data, List<DataViewSchema.Column> columns,
        TableFeaturizingOptions options)
    {
        if (columns.Count == 0)
            return [];
        using DataViewRowCursor cursor = data.GetRowCursor(columns);
        using IProgressChannel progress = host.StartProgressChannel("Counting categories");
        CategoryCounter[] counters = [.. columns.Select(column => CategoryCounter.Of(host, cursor, column))];
        long rows = 0;
        double expected = data.GetRowCount() ?? double.NaN;
        // Another thread asks; that the numbers move on meanwhile does not matter.
        progress.SetHeader(new ProgressHeader(["Categories"], ["rows"]), entry =>
        {
            entry.SetProgress(0, rows, expected);
            entry.SetMetric(0, counters.Sum(counter => counter.Count));
        });
        while (cursor.MoveNext())
        {
            host.CheckAlive();
            rows++;
            foreach (CategoryCounter counter in counters)
                counter.Add();
        }
        progress.Checkpoint(counters.Sum(counter => counter.Count), rows);
        if (rows == 0)
            throw host.Except("There are no rows to find the categories of " +
                $"{Shown.List([.. columns.Select(column => $"'{column.Name}'")])} in.");
        return [.. counters.Select(counter => counter.Finish(options, rows))];
    }
}
