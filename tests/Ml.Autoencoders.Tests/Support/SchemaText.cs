using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests;

/// <summary>Schemas in words, to be compared.</summary>
internal static class SchemaText
{
    /// <summary>Order is no part of a shape: an estimator cannot know where hidden columns go.</summary>
    public static IEnumerable<string> Of(SchemaShape shape) => shape.Select(Of);

    /// <summary>A column with the values of its annotations.</summary>
    public static string Of(DataViewSchema.Column column) =>
        $"{column.Name}: {column.Type} " +
            $"[{string.Join("; ", Annotations(column).Order(StringComparer.Ordinal))}]";

    private static IEnumerable<string> Annotations(DataViewSchema.Column column) =>
        column.Annotations.Schema.Select(annotation => Of(column, annotation));

    private static string Of(SchemaShape.Column column)
    {
        IEnumerable<string> annotations = column.Annotations.Select(Of).Order(StringComparer.Ordinal);
        return $"{column.Name}: {column.Kind} {column.ItemType} key {column.IsKey} [{string.Join("; ", annotations)}]";
    }

    private static string Of(DataViewSchema.Column column, DataViewSchema.Column annotation)
    {
        string value = annotation.Type == TextDataViewType.Instance ? $"{Value<ReadOnlyMemory<char>>()}"
            : annotation.Type.RawType == typeof(uint) ? $"{Value<uint>()}"
            : "?";
        return $"{annotation.Name} {annotation.Type} {value}";

        T Value<T>()
        {
            T result = default!;
            column.Annotations.GetValue(annotation.Name, ref result);
            return result;
        }
    }
}
