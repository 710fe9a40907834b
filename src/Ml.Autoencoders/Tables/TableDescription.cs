using System.Text.Json.Serialization;
using Ml.Autoencoders.Corruptions;
using static System.FormattableString;

namespace Ml.Autoencoders.Tables;

/// <summary>What a fit found of a table: the JSON part of a model file.</summary>
/// <param name="version">Of this form.</param>
/// <param name="output">The column that is written.</param>
/// <param name="columns">Those that are read, in the order of their slots.</param>
[method: JsonConstructor]
internal sealed class TableDescription(int version, string output, IReadOnlyList<TableColumn> columns)
{
    /// <summary>The newest that this library writes and reads.</summary>
    public const int CurrentVersion = 1;

    public int Version { get; } = version;

    public string Output { get; } = output;

    public IReadOnlyList<TableColumn> Columns { get; } = columns;

    /// <summary>Numbers of a row that is written.</summary>
    [JsonIgnore]
    public int Size { get; } = (int)Math.Min(int.MaxValue, columns.Sum(column => (long)(column?.Size ?? 0)));

    /// <summary>The names of all slots.</summary>
    [JsonIgnore]
    public IEnumerable<string> SlotNames => Columns.SelectMany(column => column.SlotNames);

    /// <summary>Which slots are a category together.</summary>
    [JsonIgnore]
    public IEnumerable<SlotGroup> Categories
    {
        get
        {
            int first = 0;
            foreach (TableColumn column in Columns)
            {
                foreach (SlotGroup group in column.Categories)
                    yield return group with { First = first + group.First };
                first += column.Size;
            }
        }
    }

    /// <summary>What is wrong with the number of slots; null where nothing is.</summary>
    [JsonIgnore]
    public string? SizeFault => Size <= Limits.Width ? null
        : Invariant($"would have {Size:N0} numbers, {Widest.Size:N0} of them for column '{Widest.Name}'; it can ") +
            Invariant($"have at most {Limits.Width:N0}.");

    private TableColumn Widest => Columns.MaxBy(column => column.Size)!;

    /// <summary>Checks what a file holds.</summary>
    /// <exception cref="FormatException">It is not what a fit finds.</exception>
    public void Check()
    {
        Place place = Place.Entry("table");
        if (Require.TextFault(Output, Limits.Name) is { } fault)
            throw place.Error(nameof(Output), fault);
        Place list = place.Part(nameof(Columns));
        Require.AtLeast(Columns.Count, 1, list, nameof(Columns.Count));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < Columns.Count; i++)
        {
            if (Columns[i] is null)
                throw list.At(i).Fault("is null; it must be a column.");
            Columns[i].Check(list.At(i));
            if (!seen.Add(Columns[i].Name))
                throw list.At(i).Error(nameof(TableColumn.Name), $"is '{Columns[i].Name}', as another column's is.");
        }
        if (SizeFault is { } width)
            throw place.Error(nameof(Output), width);
    }
}
