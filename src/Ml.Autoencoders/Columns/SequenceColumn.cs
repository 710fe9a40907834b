using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Ml.Autoencoders.Columns;

/// <summary>Finds out which sequences a vector column holds, from its dimensions and the options.</summary>
internal static class SequenceColumn
{
    /// <summary>The format of the column's sequences; null where nothing specifies it.</summary>
    /// <param name="context">For errors.</param>
    /// <param name="column">A vector column of known size.</param>
    /// <param name="given">The format that the options give, if any.</param>
    /// <exception cref="ArgumentOutOfRangeException">Column and options contradict each other.</exception>
    public static SequenceFormat? Find(IExceptionContext context, DataViewSchema.Column column, SequenceFormat? given)
    {
        if (given is null)
            return OfDimensions(column);
        Require(context, column, given);
        return given;
    }

    /// <summary>The format that the column's dimensions specify; null where they are not two.</summary>
    public static SequenceFormat? OfDimensions(DataViewSchema.Column column) =>
        ((VectorDataViewType)column.Type).Dimensions is [> 0 and var steps, > 0 and var channels]
            ? new SequenceFormat(steps, channels) : null;

    /// <exception cref="ArgumentOutOfRangeException">The column's size or dimensions are not those
    /// of the format.</exception>
    public static void Require(IExceptionContext context, DataViewSchema.Column column, SequenceFormat format)
    {
        var type = (VectorDataViewType)column.Type;
        if (type.Dimensions.Length == 1 ? type.Size == format.Count : type.Dimensions.SequenceEqual(format.Dimensions))
            return;
        throw context.ExceptSchemaMismatch("inputSchema", "sequence", column.Name, $"sequences of {format}",
            type.ToString());
    }
}
