using System.Globalization;
using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Ml.Autoencoders.Columns;

/// <summary>Reads a vector column of the rows of a cursor, and refuses what cannot be learned from.</summary>
/// <param name="cursor">The cursor.</param>
/// <param name="column">The column, of known size.</param>
/// <param name="use">What the rows are for, as errors name it: training or validation.</param>
/// <param name="mayHaveGaps">Whether numbers may be missing.</param>
internal sealed class TrainingColumn(DataViewRowCursor cursor, DataViewSchema.Column column, string use,
    bool mayHaveGaps = false)
{
    private readonly VectorReader _reader = VectorReader.Of(cursor, column);
    private bool _isFetched;

    /// <summary>Whether the current row has no window; of a column of windows.</summary>
    public bool IsMissingWindow()
    {
        _reader.Fetch();
        _isFetched = true;
        return _reader.IsMissingWindow;
    }

    /// <summary>The numbers of the cursor's current row.</summary>
    /// <exception cref="InvalidOperationException">A value is not a finite number, and not one that may be
    /// missing.</exception>
    public void Read(IExceptionContext context, Span<float> row)
    {
        if (!_isFetched)
            _reader.Fetch();
        _isFetched = false;
        _reader.CopyTo(row);
        if (AreFinite(row))
            return;
        for (int slot = 0; slot < row.Length; slot++)
        {
            if (mayHaveGaps ? float.IsInfinity(row[slot]) : !float.IsFinite(row[slot]))
                throw NotFinite(context, row[slot], slot);
        }
    }

    /// <summary>The difference of a number and itself is 0, unless the number is infinite or NaN.</summary>
    private static bool AreFinite(ReadOnlySpan<float> row)
    {
        Vector<float> differences = Vector<float>.Zero;
        int slot = 0;
        for (; slot <= row.Length - Vector<float>.Count; slot += Vector<float>.Count)
        {
            var numbers = new Vector<float>(row[slot..]);
            differences += numbers - numbers;
        }
        float rest = 0;
        for (; slot < row.Length; slot++)
            rest += row[slot] - row[slot];
        return Vector.EqualsAll(differences, Vector<float>.Zero) && rest == 0;
    }

    private Exception NotFinite(IExceptionContext context, float value, int slot)
    {
        string remedy = float.IsNaN(value)
            ? $"Replace missing values first, for example with ml.Transforms.ReplaceMissingValues(\"{column.Name}\")."
            : "Clip or remove such values first.";
        return context.Except(string.Create(CultureInfo.InvariantCulture,
            $"Column '{column.Name}', {use} row {cursor.Position:N0}: slot {slot}{SlotName(slot)} is " +
            $"{(float.IsNaN(value) ? "NaN" : "infinite")}. {remedy}"));
    }

    /// <summary>The name of a slot in parentheses, where it has one.</summary>
    private string SlotName(int slot)
    {
        if (!column.HasSlotNames())
            return "";
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        ReadOnlyMemory<char> name = names.GetItemOrDefault(slot);
        return name.IsEmpty ? "" : $" ('{name}')";
    }
}
