using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Columns;

/// <summary>The names of the slots of a column in messages.</summary>
internal sealed class SlotNames
{
    private readonly ReadOnlyMemory<char>[] _names;

    private SlotNames(ReadOnlyMemory<char>[] names) => _names = names;

    public static SlotNames Of(DataViewSchema.Column column)
    {
        if (!column.HasSlotNames())
            return new SlotNames([]);
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return new SlotNames([.. names.DenseValues()]);
    }

    /// <summary>The name of a slot; null where it has none.</summary>
    public ReadOnlyMemory<char>? this[int slot] =>
        slot < _names.Length && !_names[slot].IsEmpty ? _names[slot] : default(ReadOnlyMemory<char>?);

    /// <summary><c>slot 3</c>, and where it has a name <c>slot 3 ('Income')</c>.</summary>
    public string Name(int slot) => this[slot] is { } name
        ? FormattableString.Invariant($"slot {slot} ('{name}')")
        : FormattableString.Invariant($"slot {slot}");
}
