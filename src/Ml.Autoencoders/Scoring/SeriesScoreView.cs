using Microsoft.ML;
using Microsoft.ML.Model.OnnxConverter;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Definitions;

namespace Ml.Autoencoders.Scoring;

/// <summary>
/// A view of scored windows in which each row has a score that is made of those of all windows that hold it.
/// </summary>
/// <remarks>A second cursor reads ahead for these. The first one follows with everything else, so that what passes
/// through is not kept meanwhile.</remarks>
internal sealed class SeriesScoreView(IHost host, MappedView scored, MappedSchema schema, ScoringMapping mapping,
    ModelDefinition model) : ITransformCanSaveOnnx
{
    public IDataView Source => scored.Source;

    /// <summary>A series has an order.</summary>
    public bool CanShuffle => false;

    public DataViewSchema Schema => scored.Schema;

    public long? GetRowCount() => scored.GetRowCount();

    /// <summary>Checks that it is known which windows hold a row.</summary>
    /// <exception cref="InvalidOperationException">The column does not say what its windows are, or the data lacks the
    /// column of their groups.</exception>
    public static void RequireSeries(IHost host, MappedSchema schema, ModelDefinition model) =>
        GroupOf(host, schema, model);

    void ICanSaveModel.Save(ModelSaveContext ctx) =>
        throw host.ExceptNotSupp("A data view is not saved. Save the transformer that it comes from.");

    bool ICanSaveOnnx.CanSaveOnnx(OnnxContext ctx) => OnnxView.CanSave(host, schema);

    void ISaveAsOnnx.SaveAsOnnx(OnnxContext ctx) => throw host.ExceptNotSupp(mapping.ObstacleOfScores!);

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        host.CheckValue(columnsNeeded, nameof(columnsNeeded));
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        ScoredColumn[] made = [.. mapping.OfScore];
        if (!needed.Any(IsMade))
            return scored.GetRowCursor(needed);
        DataViewSchema.Column? group = GroupOf(host, schema, model);
        DataViewSchema.Column score = Schema[schema.Input.Count], window = Schema[schema.InputColumn.Index];
        DataViewRowCursor? rows = null;
        DataViewRowCursor ahead = scored.GetRowCursor(group is { } read ? [score, window, read] : [score, window]);
        try
        {
            rows = scored.GetRowCursor(needed.Where(column => !IsMade(column)));
            return new SeriesScoreCursor(host, rows, Schema, [.. needed.Where(IsMade)],
                column => made[column.Index - schema.Input.Count],
                new SeriesScoreReader(host, ahead, score, window, group, model));
        }
        catch
        {
            rows?.Dispose();
            ahead.Dispose();
            throw;
        }

        bool IsMade(DataViewSchema.Column column) =>
            schema.OutputIndex(column.Index) is { } output && output < made.Length;
    }

    /// <summary>Checks that the rows are in their order.</summary>
    /// <exception cref="InvalidOperationException">They are shuffled.</exception>
    public static void RequireOrder(IHost host, IDataView input, ModelDefinition model)
    {
        if (ShuffledRows.Are(input))
            throw host.Except($"The rows are shuffled (ShuffleRows), and with WindowScore.{model.WindowScore} the " +
                "score of a row is made of those of all windows that hold it, which have to follow each other. Score " +
                "the rows first, and shuffle them then.");
    }

    /// <summary>One, whatever is asked for: rows of a series follow each other.</summary>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n,
        Random? rand = null) => [GetRowCursor(columnsNeeded)];

    /// <summary>The column of the groups of the series; null where there is one series.</summary>
    private static DataViewSchema.Column? GroupOf(IHost host, MappedSchema schema, ModelDefinition model)
    {
        string name = schema.InputColumn.Name;
        if (WindowColumn.Of(host, schema.InputColumn) is not { } window)
        {
            throw host.Except($"Column '{name}' does not say that ml.Transforms.SlidingWindow made it. With " +
                $"WindowScore.{model.WindowScore} the score of a row is made of those of all windows that hold it: " +
                "let SlidingWindow write the column right before the detector.");
        }
        if ((window.Steps, window.Channels) != (model.Window!.Steps, model.Window.Channels))
        {
            throw host.Except(FormattableString.Invariant($"Column '{name}' holds windows of {window.Steps} x ") +
                FormattableString.Invariant($"{window.Channels}; those of the fit were {model.Window}."));
        }
        if (window.Group is not { } group)
            return null;
        if (schema.Input.GetColumnOrNull(group) is { } column && GroupColumn.KindOf(column) is not null)
            return schema.Output[column.Index];
        throw host.Except($"Column '{name}' holds windows of the groups of column '{group}', which the data does not " +
            $"have as a text, a key or an integer. With WindowScore.{model.WindowScore} the score of a row is made " +
            "of those of all windows that hold it: keep the column.");
    }
}
