using System.Text.Json.Serialization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Corruptions;
using static System.FormattableString;

namespace Ml.Autoencoders.Tables;

/// <summary>A column of numbers or Booleans, which go into their slots as they are.</summary>
/// <param name="name">Of the column.</param>
/// <param name="kind">Of its values.</param>
/// <param name="length">Of its vectors; null for one number.</param>
/// <param name="slots">What the column calls its slots; null where it has no names for them.</param>
/// <param name="oneHot">Which of its slots are a category, as it notes itself; null where none are.</param>
[method: JsonConstructor]
internal sealed class NumberColumn(string name, DataKind kind, int? length, IReadOnlyList<string>? slots = null,
    IReadOnlyList<SlotGroup>? oneHot = null) : TableColumn(name, kind)
{
    public int? Length { get; } = length;

    public IReadOnlyList<string>? Slots { get; } = slots;

    public IReadOnlyList<SlotGroup>? OneHot { get; } = oneHot;

    [JsonIgnore]
    public override int Size => Length ?? 1;

    /// <summary>As <c>Concatenate</c> names them, which has no name for a slot that has none.</summary>
    [JsonIgnore]
    public override IEnumerable<string> SlotNames => Length is null
        ? [Name]
        : Enumerable.Range(0, Size).Select(slot =>
            Slots is not null && Slots[slot].Length > 0 ? $"{Name}.{Slots[slot]}" : Invariant($"{Name}[{slot}]"));

    [JsonIgnore]
    public override IEnumerable<SlotGroup> Categories => Kind == DataKind.Boolean
        ? Enumerable.Range(0, Size).Select(slot => new SlotGroup(slot, 1))
        : OneHot ?? [];

    protected override string Expected => Length is null ? $"{Kind}" : Invariant($"a vector of {Size} {Kind}");

    public override void Check(Place place)
    {
        CheckName(place);
        if (Kind is not (DataKind.Boolean or (>= DataKind.SByte and <= DataKind.Double)))
            throw place.Error(nameof(Kind), $"is {Kind}; it must be a number or Boolean.");
        if (Length is { } length)
            Require.Within(length, 1, Limits.Width, place, nameof(Length));
        if (Slots is not null && (Slots.Count != Length || Slots.Any(slot => slot is null)))
            throw place.Error(nameof(Slots), Invariant($"has {Slots.Count} names; it must have one for each slot."));
        if (OneHot is null)
            return;
        if (SlotGroup.Fault(OneHot) is { } fault)
            throw place.Error(nameof(OneHot), fault);
        if (Kind == DataKind.Boolean || OneHot.Any(group => group.End > Size))
            throw place.Error(nameof(OneHot),
                Invariant($"ends with {OneHot[^1]}; it must be among {Size} slots of numbers."));
    }

    protected override bool Takes(TableColumnType type, DataViewType whole) =>
        !type.IsKey && (whole is VectorDataViewType vector ? vector.Size : null) == Length;

    public override SlotWriter Open(DataViewRow row, DataViewSchema.Column column)
    {
        if (Length is null)
        {
            ValueGetter<float> number = RowCursorUtils.GetGetterAs<float>(NumberDataViewType.Single, row, column.Index);
            return slots => number(ref slots[0]);
        }
        ValueGetter<VBuffer<float>> numbers =
            RowCursorUtils.GetVecGetterAs<float>(NumberDataViewType.Single, row, column.Index);
        VBuffer<float> values = default;
        return slots =>
        {
            numbers(ref values);
            if (values.Length != slots.Length)
            {
                throw new ArgumentException(Invariant($"Column '{Name}', row {row.Position:N0}: the vector has ") +
                    Invariant($"{values.Length} slots; the column's type has {slots.Length}."));
            }
            values.CopyTo(slots);
        };
    }
}
