using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Benchmarks.Fuzz;

/// <summary>Every number that a model writes, through the ways that there are: a data view, single rows,
/// codes.</summary>
internal sealed class Outputs
{
    private readonly List<byte> _bits = [];

    private Outputs()
    {
    }

    public bool AreFinite { get; private set; } = true;

    public static Outputs Of(ITransformer model, IDataView rows)
    {
        var outputs = new Outputs();
        IDataView scored = model.Transform(rows);
        DataViewSchema.Column[] added = [.. scored.Schema.Where(column => column.Index >= rows.Schema.Count)];
        using (DataViewRowCursor cursor = scored.GetRowCursor(added))
            outputs.Add(cursor, added, cursor);
        IRowToRowMapper mapper = model.GetRowToRowMapper(rows.Schema);
        added = [.. mapper.OutputSchema.Where(column => column.Index >= rows.Schema.Count)];
        using (DataViewRowCursor cursor = rows.GetRowCursor(rows.Schema))
        using (DataViewRow row = mapper.GetRow(cursor, added))
            outputs.Add(row, added, cursor);
        foreach (AutoencoderTransformer autoencoder in Links(model).OfType<AutoencoderTransformer>())
            outputs.AddDecoded(autoencoder);
        return outputs;
    }

    public bool Equal(Outputs other) => _bits.SequenceEqual(other._bits);

    private static IEnumerable<ITransformer> Links(ITransformer model) =>
        model is IEnumerable<ITransformer> chain ? chain.SelectMany(Links) : [model];

    private void AddDecoded(AutoencoderTransformer autoencoder)
    {
        float[][] codes = [[.. Enumerable.Range(0, autoencoder.CodeSize).Select(i => 0.1f * i)]];
        string? label = autoencoder.Conditions is [var first, ..] ? first : null;
        Add(autoencoder.TakesKeys
            ? Array.ConvertAll(autoencoder.Tokens.Decode(codes, seed: 1, temperature: 1, label)[0], key => (float)key)
            : autoencoder.Decode(codes, label)[0]);
    }

    private void Add(DataViewRow row, DataViewSchema.Column[] columns, DataViewRowCursor cursor)
    {
        Action[] readers = [.. columns.Select(column => Reader(row, column))];
        while (cursor.MoveNext())
        {
            foreach (Action read in readers)
                read();
        }
    }

    private Action Reader(DataViewRow row, DataViewSchema.Column column) => column.Type switch
    {
        VectorDataViewType { RawType: var type } when type == typeof(VBuffer<float>) => Vectors<float>(row, column),
        VectorDataViewType { RawType: var type } when type == typeof(VBuffer<uint>) => Vectors<uint>(row, column),
        { RawType: var type } when type == typeof(float) => Scalars<float>(row, column),
        { RawType: var type } when type == typeof(uint) => Scalars<uint>(row, column),
        { RawType: var type } when type == typeof(bool) => Scalars<bool>(row, column),
        _ => Skip,
    };

    private static void Skip()
    {
        // What is not a number is passed through from the rows.
    }

    private Action Vectors<T>(DataViewRow row, DataViewSchema.Column column)
        where T : unmanaged
    {
        ValueGetter<VBuffer<T>> getter = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> value = default;
        return () =>
        {
            getter(ref value);
            Add<T>([.. value.DenseValues()]);
        };
    }

    private Action Scalars<T>(DataViewRow row, DataViewSchema.Column column)
        where T : unmanaged
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        return () =>
        {
            T value = default;
            getter(ref value);
            Add([value]);
        };
    }

    private void Add<T>(T[] numbers)
        where T : unmanaged
    {
        AreFinite &= numbers is not float[] floats || floats.All(float.IsFinite);
        _bits.AddRange(MemoryMarshal.AsBytes<T>(numbers));
    }
}
