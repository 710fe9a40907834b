using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Pipeline;

/// <summary>The values of a column that passes through, for the rows of a batch.</summary>
internal abstract class ColumnBuffer
{
    /// <summary>Keeps the source's current value as that of row <paramref name="row"/> of the batch.</summary>
    public abstract void Read(int row);

    /// <summary>A getter of the value of whichever row <paramref name="currentRow"/> gives.</summary>
    public abstract Delegate CreateGetter(Func<int> currentRow);

    /// <summary>Lets go of values that nobody has taken.</summary>
    public virtual void Drop()
    {
    }

    public static ColumnBuffer Create(DataViewRow source, DataViewSchema.Column column, int capacity)
    {
        Type raw = column.Type.RawType;
        Type type = column.Type is VectorDataViewType vector ? typeof(VectorBuffer<>).MakeGenericType(vector.ItemType.RawType)
            : typeof(IDisposable).IsAssignableFrom(raw) ? typeof(DisposableBuffer<>).MakeGenericType(raw)
            : typeof(ValueBuffer<>).MakeGenericType(raw);
        return (ColumnBuffer)Activator.CreateInstance(type, BindingFlags.Public | BindingFlags.Instance | BindingFlags.DoNotWrapExceptions,
            binder: null, [source, column, capacity], culture: null)!;
    }

    /// <summary>Vectors are copied both ways: source and reader each reuse the memory that they hold.</summary>
    private sealed class VectorBuffer<T>(DataViewRow source, DataViewSchema.Column column, int capacity) : ColumnBuffer
    {
        private readonly ValueGetter<VBuffer<T>> _getter = source.GetGetter<VBuffer<T>>(column);
        private readonly VBuffer<T>[] _values = new VBuffer<T>[capacity];

        public override void Read(int row) => _getter(ref _values[row]);

        public override Delegate CreateGetter(Func<int> currentRow) =>
            (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) => _values[currentRow()].CopyTo(ref value));
    }

    private sealed class ValueBuffer<T>(DataViewRow source, DataViewSchema.Column column, int capacity) : ColumnBuffer
    {
        private readonly ValueGetter<T> _getter = source.GetGetter<T>(column);
        private readonly T[] _values = new T[capacity];

        public override void Read(int row) => _getter(ref _values[row]);

        public override Delegate CreateGetter(Func<int> currentRow) =>
            (ValueGetter<T>)((ref T value) => value = _values[currentRow()]);
    }
}
