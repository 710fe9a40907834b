using Microsoft.ML;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Training;

namespace Ml.Autoencoders.Scoring;

/// <summary>What an estimator promises before there is data.</summary>
internal static class PromisedSchema
{
    /// <exception cref="ArgumentOutOfRangeException">A column that the recipe reads is missing or of
    /// another type.</exception>
    public static SchemaShape Of(IExceptionContext context, SchemaShape inputSchema, Recipe recipe)
    {
        SchemaShape.Column input = InputColumn.Find(context, inputSchema, recipe.Columns.Input,
            mayBeKeys: true);
        if (recipe.Columns.Condition is { } condition)
            LabelColumn.Find(context, inputSchema, condition);
        if (recipe.Columns.Target is { } target)
            InputColumn.Find(context, inputSchema, target, InputColumn.TargetRole);
        Dictionary<string, SchemaShape.Column> columns = inputSchema.ToDictionary(column => column.Name,
            StringComparer.Ordinal);
        foreach (ScoredColumn promised in ScoredColumn.Promised(recipe))
            columns[promised.Output.Name] = promised.Output.Shape(input);
        return new SchemaShape(columns.Values);
    }
}
