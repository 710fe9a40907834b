using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests;

/// <summary>A row of keys.</summary>
internal sealed class TokenRow
{
    public uint[] Tokens { get; set; } = [];

    public string Kind { get; set; } = "";
}

/// <summary>Small made-up sequences of keys: each goes up or down by the same number at each step, around.</summary>
internal static class SmallTokens
{
    public const int Steps = 6;
    public const int Classes = 5;

    /// <summary>The names of the keys.</summary>
    public static readonly string[] Names = ["do", "re", "mi", "fa", "so"];

    public static uint[][] Make(int count, int seed = 1, int steps = Steps, int classes = Classes)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            (int start, int step) = (random.Next(classes), random.Next(3));
            return Enumerable.Range(0, steps).Select(t => (uint)((start + step * t) % classes) + 1).ToArray();
        })];
    }

    /// <summary>A view whose column <c>Tokens</c> is a vector of keys with names, and whose key column <c>Kind</c> says
    /// whether the first is low.</summary>
    public static IDataView View(MLContext ml, uint[][] rows, string[]? names = null)
    {
        IDataView view = Load(ml, rows, names, hasKind: true);
        return ml.Transforms.Conversion.MapValueToKey(nameof(TokenRow.Kind),
            keyData: ml.Data.LoadFromEnumerable(new[] { new KindRow { Kind = "low" }, new KindRow { Kind = "high" } }))
            .Fit(view).Transform(view);
    }

    /// <summary>The same without that key.</summary>
    public static IDataView Load(MLContext ml, uint[][] rows, string[]? names = null, bool hasKind = false)
    {
        var schema = SchemaDefinition.Create(typeof(TokenRow));
        names ??= Names;
        SchemaDefinition.Column tokens = schema[nameof(TokenRow.Tokens)];
        tokens.ColumnType = new VectorDataViewType(new KeyDataViewType(typeof(uint), names.Length),
            rows.Length > 0 ? rows[0].Length : Steps);
        tokens.AddAnnotation("KeyValues",
            new VBuffer<ReadOnlyMemory<char>>(names.Length, [.. names.Select(name => name.AsMemory())]),
            new VectorDataViewType(TextDataViewType.Instance, names.Length));
        if (!hasKind)
            schema.Remove(schema[nameof(TokenRow.Kind)]);
        return ml.Data.LoadFromEnumerable(rows.Select(row => new TokenRow
        {
            Tokens = row,
            Kind = row.Length > 0 && row[0] < 3 ? "low" : "high",
        }), schema);
    }

    /// <summary>Rows in which now and then a key is missing, and the last of which misses all.</summary>
    public static uint[][] WithGaps(uint[][] rows)
    {
        for (int i = 0; i < rows.Length; i++)
            rows[i][i % rows[i].Length] = 0;
        rows[^1].AsSpan().Clear();
        return rows;
    }

    private sealed class KindRow
    {
        public string Kind { get; set; } = "";
    }
}
