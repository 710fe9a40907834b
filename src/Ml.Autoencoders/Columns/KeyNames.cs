using System.Globalization;
using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Columns;

/// <summary>The names of the values of keys.</summary>
internal static class KeyNames
{
    /// <summary>In their order; null where the column does not have them all.</summary>
    /// <param name="column">A column of keys, or of vectors of them.</param>
    public static string[]? Of(DataViewSchema.Column column)
    {
        // HasKeyValues() would find only texts.
        if (column.Annotations.Schema.GetColumnOrNull(AnnotationUtils.Kinds.KeyValues)?.Type
            is not VectorDataViewType values
            || (ulong)values.Size != ((KeyDataViewType)column.Type.GetItemType()).Count)
            return null;
        MethodInfo read = typeof(KeyNames).GetMethod(nameof(Read), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(values.ItemType.RawType);
        return (string[])read.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [column],
            CultureInfo.InvariantCulture)!;
    }

    /// <summary>Of keys that have no names, their numbers.</summary>
    public static IReadOnlyList<string> Numbers(int count) =>
        [.. Enumerable.Range(1, count).Select(key => key.ToString(CultureInfo.InvariantCulture))];

    /// <summary>Annotates a column with them.</summary>
    public static void Add(DataViewSchema.Annotations.Builder annotations, IReadOnlyList<string> names)
    {
        var values = new VBuffer<ReadOnlyMemory<char>>(names.Count, [.. names.Select(name => name.AsMemory())]);
        annotations.AddKeyValues(names.Count, TextDataViewType.Instance,
            (ref VBuffer<ReadOnlyMemory<char>> value) => values.CopyTo(ref value));
    }

    private static string[] Read<T>(DataViewSchema.Column column)
    {
        VBuffer<T> values = default;
        column.GetKeyValues(ref values);
        return [.. values.DenseValues()
            .Select(value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? value?.ToString() ?? "")];
    }
}
