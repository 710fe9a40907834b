using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Columns;

/// <summary>Finds the stage that wrote a column.</summary>
internal static class ColumnStage
{
    /// <summary>The class of the stage that wrote the column of the view; null where it comes from the data itself, or
    /// where its origin is lost, as in a cache.</summary>
    public static string? Of(IDataView view, string column)
    {
        while (view is IDataTransform { Source: { } source } transform)
        {
            // A view that writes a column in the place of another of the same name only hides that one.
            if (Count(transform, column) > Count(source, column))
                return NameOf(transform);
            view = source;
        }
        return null;
    }

    private static int Count(IDataView view, string column) => view.Schema.Count(other => other.Name == column);

    private static string NameOf(IDataTransform transform) => transform is IStageView { Stage: { } stage }
        ? stage
        : (transform is RowToRowMapperTransform mapped ? mapped.GetTransformer() : (object)transform).GetType().Name;
}
