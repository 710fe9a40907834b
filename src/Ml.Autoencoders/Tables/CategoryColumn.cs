using System.Text.Json.Serialization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Corruptions;
using static System.FormattableString;

namespace Ml.Autoencoders.Tables;

/// <summary>A column of categories, with a slot for each value that the fit keeps.</summary>
/// <param name="name">Of the column.</param>
/// <param name="kind">Of its values.</param>
/// <param name="isKey">Whether they are keys.</param>
/// <param name="missing">What becomes of missing ones.</param>
/// <param name="values">Those that have a slot, in order; numbers and keys as <see cref="CategoryCodes"/> writes
/// them.</param>
/// <param name="labels">What the keys stand for; null where there are none or they have no names.</param>
[method: JsonConstructor]
internal sealed class CategoryColumn(string name, DataKind kind, bool isKey, MissingSlots missing,
    IReadOnlyList<string> values, IReadOnlyList<string>? labels = null) : TableColumn(name, kind)
{
    private const string MissingName = "(missing)";

    private readonly Lazy<Dictionary<string, int>> _slotsOfTexts = new(() => values.Index()
        .ToDictionary(value => value.Item, value => value.Index, StringComparer.Ordinal));

    private readonly Lazy<Dictionary<long, int>> _slotsOfCodes = new(() => CodesOf(kind, values).Index()
        .ToDictionary(code => code.Item, code => code.Index));

    public bool IsKey { get; } = isKey;

    public MissingSlots Missing { get; } = missing;

    public IReadOnlyList<string> Values { get; } = values;

    public IReadOnlyList<string>? Labels { get; } = labels;

    /// <summary>The codes of the values, where these are numbers or keys.</summary>
    [JsonIgnore]
    public IEnumerable<long> Codes => CodesOf(Kind, Values);

    [JsonIgnore]
    public override int Size => Values.Count + (Missing == MissingSlots.Own ? 1 : 0);

    [JsonIgnore]
    public override IEnumerable<string> SlotNames
    {
        get
        {
            IReadOnlyList<string> shown = Labels ?? Values;
            IEnumerable<string> all = Missing == MissingSlots.Own ? shown.Append(NameOfMissing(shown)) : shown;
            return all.Select(value => $"{Name}.{value}");
        }
    }

    [JsonIgnore]
    public override IEnumerable<SlotGroup> Categories => [new SlotGroup(0, Size)];

    protected override string Expected => IsKey ? $"a key of {Kind}" : $"{Kind}";

    public override void Check(Place place)
    {
        CheckName(place);
        if (IsKey ? Kind is not (DataKind.Byte or DataKind.UInt16 or DataKind.UInt32 or DataKind.UInt64)
            : Kind is not (DataKind.String or (>= DataKind.SByte and <= DataKind.Double)))
            throw place.Error(nameof(Kind), $"is {Kind}; {(IsKey ? "a key" : "a category")} cannot be of it.");
        Require.Defined(Missing, place, nameof(Missing));
        Require.Within(Values.Count, 1, Limits.Categories, place.Part(nameof(Values)), nameof(Values.Count));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < Values.Count; i++)
        {
            if (Fault(Values[i]) is { } fault)
                throw place.Part(nameof(Values)).At(i).Fault(fault);
            if (!seen.Add(Values[i]))
                throw place.Part(nameof(Values)).At(i).Fault($"'{Shown.Text(Values[i])}' is in it twice.");
        }
        if (Labels is not null && (!IsKey || Labels.Count != Values.Count || Labels.Any(label => label is null)))
            throw place.Error(nameof(Labels),
                Invariant($"has {Labels.Count} names; only keys have them, one for each of {Values.Count} values."));
    }

    protected override bool Takes(TableColumnType type, DataViewType whole) => !type.IsVector && type.IsKey == IsKey;

    /// <summary>A key that is mapped in another order would make other categories of the same rows.</summary>
    protected override void CheckValues(IExceptionContext context, DataViewSchema.Column column)
    {
        if (Labels is null || LabelsOf(column, [.. Codes]) is not { } found)
            return;
        int same = found.Zip(Labels).TakeWhile(labels => labels.First == labels.Second).Count();
        if (same < found.Length)
        {
            throw TableColumnType.Other(context, Name, $"a key whose value {Values[same]} is '{Labels[same]}'",
                $"one where it is '{found[same]}'. Map it with the transformer that mapped it in the fit, not with " +
                "one that is fitted anew");
        }
    }

    /// <summary>What keys stand for; null where the column does not say.</summary>
    public static string[]? LabelsOf(DataViewSchema.Column column, IReadOnlyList<long> codes) =>
        KeyNames.Of(column) is { } all
            ? [.. codes.Select(code => code <= all.Length ? all[code - 1] : $"({code})")] : null;

    public override SlotWriter Open(DataViewRow row, DataViewSchema.Column column)
    {
        Func<int?> slot = Kind == DataKind.String ? Texts(row, column) : Numbers(row, column);
        int own = Values.Count;
        return slots =>
        {
            slots.Clear();
            int? found = slot();
            if (found is { } known and >= 0)
                slots[known] = 1;
            else if (found is null && Missing == MissingSlots.Own)
                slots[own] = 1;
            else if (found is null && Missing == MissingSlots.Gap)
                slots.Fill(float.NaN);
        };
    }

    /// <summary>The slot of a row's value: below 0 for one that has none, null for a missing one.</summary>
    private Func<int?> Texts(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<ReadOnlyMemory<char>> getter = row.GetGetter<ReadOnlyMemory<char>>(column);
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> slots =
            _slotsOfTexts.Value.GetAlternateLookup<ReadOnlySpan<char>>();
        ReadOnlyMemory<char> text = default;
        return () =>
        {
            getter(ref text);
            return text.IsEmpty ? null : slots.TryGetValue(text.Span, out int slot) ? slot : -1;
        };
    }

    /// <inheritdoc cref="Texts"/>
    private Func<int?> Numbers(DataViewRow row, DataViewSchema.Column column)
    {
        CodeReader read = CategoryCodes.Open(row, column);
        Dictionary<long, int> slots = _slotsOfCodes.Value;
        return () => !read(out long code) ? null : slots.TryGetValue(code, out int slot) ? slot : -1;
    }

    private static IEnumerable<long> CodesOf(DataKind kind, IReadOnlyList<string> values) =>
        values.Select(value => CategoryCodes.Parse(kind, value)!.Value);

    private string? Fault(string value) =>
        value is null ? "is null; it must be a value of the column."
        : Kind == DataKind.String
            ? value.Length is 0 or > Limits.Name
                ? Invariant($"is {value.Length} characters long; it must be 1 to {Limits.Name}.") : null
        : CategoryCodes.Parse(Kind, value) is not { } code
            ? $"is '{Shown.Text(value)}'; it must be a value of {Kind}, as .NET writes it."
        : IsKey && code <= 0 ? $"is {value}; keys are from 1 on."
        : null;

    private static string NameOfMissing(IReadOnlyList<string> shown)
    {
        string name = MissingName;
        while (shown.Contains(name, StringComparer.Ordinal))
            name = $"({name})";
        return name;
    }
}
