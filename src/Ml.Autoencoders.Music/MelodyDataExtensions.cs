using Microsoft.ML.Data;
using Ml.Autoencoders;
using Ml.Autoencoders.Music;

namespace Microsoft.ML;

/// <summary>Where melodies meet ML.NET's data views.</summary>
public static class MelodyDataExtensions
{
    private const string KeyValuesKind = "KeyValues";

    /// <summary>A data view of melodies, with columns <c>Melody</c>, a vector of keys that know their names
    /// (<see cref="MelodyKeys.Names"/>), and <c>Piece</c>, a text by which rows can be divided.</summary>
    /// <param name="catalog">The catalog, for the rows.</param>
    /// <param name="windows">At least one, all of the same length; each key from 0, a missing one, to 90.</param>
    /// <exception cref="ArgumentException">There are no windows, one is null or has no keys, they differ in length, or
    /// a key is above 90.</exception>
    public static IDataView LoadMelodies(this DataOperationsCatalog catalog, IEnumerable<MelodyWindow> windows)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        var where = Place.Call(nameof(LoadMelodies));
        Require.NotNull(windows, where, nameof(windows));
        MelodyRow[] rows = [.. windows.Select((window, index) => new MelodyRow
        {
            Melody = window?.Keys ?? throw where.Wrong(nameof(windows),
                $"has {(window is null ? "null" : "a window without keys")} at index {index}; each must have keys."),
            Piece = window.Piece,
        })];
        if (rows.Length == 0)
            throw where.Wrong(nameof(windows), "is empty; there must be at least one.");
        int steps = rows[0].Melody.Length;
        foreach (MelodyRow row in rows)
        {
            if (row.Melody.Length != steps || steps == 0)
            {
                throw where.Wrong(nameof(windows),
                    $"has one of {row.Melody.Length} steps and one of {steps}; all must have as many, at least 1.");
            }
            Require.AtMost(row.Melody.Max(), (uint)MelodyKeys.Count, where, nameof(windows));
        }
        return catalog.LoadFromEnumerable(rows, Schema(steps));
    }

    /// <summary>A data view of melodies that come from no piece: its column <c>Piece</c> is empty.</summary>
    /// <inheritdoc cref="LoadMelodies(DataOperationsCatalog, IEnumerable{MelodyWindow})"/>
    public static IDataView LoadMelodies(this DataOperationsCatalog catalog, IEnumerable<uint[]> windows)
    {
        Require.NotNull(windows, Place.Call(nameof(LoadMelodies)), nameof(windows));
        return catalog.LoadMelodies(windows.Select(keys => new MelodyWindow(keys, "", "", 0)));
    }

    private static SchemaDefinition Schema(int steps)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(MelodyRow));
        SchemaDefinition.Column melody = schema[nameof(MelodyRow.Melody)];
        melody.ColumnType = new VectorDataViewType(new KeyDataViewType(typeof(uint), MelodyKeys.Count), steps);
        ReadOnlyMemory<char>[] names = [.. MelodyKeys.Names.Select(name => name.AsMemory())];
        melody.AddAnnotation(KeyValuesKind, new VBuffer<ReadOnlyMemory<char>>(names.Length, names),
            new VectorDataViewType(TextDataViewType.Instance, names.Length));
        return schema;
    }

    private sealed class MelodyRow
    {
        public uint[] Melody { get; set; } = [];

        public string Piece { get; set; } = "";
    }
}
