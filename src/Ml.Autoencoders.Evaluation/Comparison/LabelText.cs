using System.Globalization;
using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Columns;

namespace Ml.Autoencoders.Evaluation.Comparison;

/// <summary>Reads a column of labels, or of other names, of one row after the other, in words.</summary>
internal static class LabelText
{
    private const string Role = "label";

    /// <exception cref="ArgumentOutOfRangeException">The column is missing, or of a type that cannot be a
    /// label.</exception>
    public static DataViewSchema.Column Find(IExceptionContext context, DataViewSchema schema, string name,
        string role = Role)
    {
        if (schema.GetColumnOrNull(name) is not { } column)
            throw InputColumn.Missing(context, role, name, schema);
        return column.Type is KeyDataViewType or TextDataViewType or BooleanDataViewType or NumberDataViewType
            ? column
            : throw new ArgumentOutOfRangeException(nameof(schema),
                $"{char.ToUpperInvariant(role[0])}{role[1..]} column '{name}' is of type {column.Type}; it must be a " +
                "key, a text, a Boolean or a number.");
    }

    /// <summary>A getter of the label of the cursor's current row.</summary>
    public static Func<string> Reader(IExceptionContext context, DataViewRowCursor cursor,
        DataViewSchema.Column column, string use, string role = Role)
    {
        if (column.Type is KeyDataViewType)
        {
            LabelColumn key = LabelColumn.Find(context, cursor.Schema, column.Name);
            var reader = new LabelReader(cursor, key, knows: null, use);
            return () => key.Labels[(int)reader.Read()];
        }
        MethodInfo words = typeof(LabelText).GetMethod(nameof(Words), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(column.Type.RawType);
        var read = (Func<string>)words.Invoke(null, [cursor, column])!;
        string missing = column.Type is NumberDataViewType ? "NaN" : "";
        return () => read() is var label && label != missing
            ? label
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
                $"Column '{column.Name}', {use} row {cursor.Position:N0}: the {role} is missing. ") +
                "Leave such rows out.");
    }

    private static Func<string> Words<T>(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        ValueGetter<T> getter = cursor.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        };
    }
}
