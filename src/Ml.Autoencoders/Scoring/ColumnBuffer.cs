using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Scoring;

/// <summary>The values of a column that passes through, for the rows of a batch.</summary>
internal abstract class ColumnBuffer
{
    /// <summary>Keeps the source's current value as that of a row.</summary>
    public abstract void Read(BatchPlace place);

    /// <summary>A getter of the value of whichever row <paramref name="current"/> gives.</summary>
    public abstract Delegate CreateGetter(Func<BatchPlace> current);

    /// <summary>Releases values that nobody has taken.</summary>
    public virtual void Drop()
    {
    }

    /// <param name="source">The source of the values.</param>
    /// <param name="column">Which column of it.</param>
    /// <param name="capacity">Rows of a batch.</param>
    /// <param name="slots">How many batches are kept at the same time; of columns whose values have owners,
    /// one.</param>
    public static ColumnBuffer Create(DataViewRow source, DataViewSchema.Column column, int capacity, int slots)
    {
        Type raw = column.Type.RawType;
        bool haveOwners = typeof(IDisposable).IsAssignableFrom(raw);
        Type type = column.Type is VectorDataViewType vector
            ? typeof(VectorBuffer<>).MakeGenericType(vector.ItemType.RawType)
            : haveOwners ? typeof(DisposableBuffer<>).MakeGenericType(raw)
            : typeof(ValueBuffer<>).MakeGenericType(raw);
        return (ColumnBuffer)Activator.CreateInstance(type,
            BindingFlags.Public | BindingFlags.Instance | BindingFlags.DoNotWrapExceptions,
            binder: null, haveOwners ? [source, column, capacity] : [source, column, capacity, slots], culture: null)!;
    }

    /// <summary>Vectors are copied both ways: source and reader each reuse the memory that they hold.</summary>
    private sealed class VectorBuffer<T>(DataViewRow source, DataViewSchema.Column column, int capacity, int slots)
        : ColumnBuffer
    {
        private readonly ValueGetter<VBuffer<T>> _getter = source.GetGetter<VBuffer<T>>(column);
        private readonly VBuffer<T>[]?[] _values = new VBuffer<T>[]?[slots];

        public override void Read(BatchPlace place) =>
            _getter(ref (_values[place.Slot] ??= new VBuffer<T>[capacity])[place.Row]);

        public override Delegate CreateGetter(Func<BatchPlace> current) =>
            (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) =>
        {
            BatchPlace place = current();
            _values[place.Slot]![place.Row].CopyTo(ref value);
        });
    }

    private sealed class ValueBuffer<T>(DataViewRow source, DataViewSchema.Column column, int capacity, int slots)
        : ColumnBuffer
    {
        private readonly ValueGetter<T> _getter = source.GetGetter<T>(column);
        private readonly T[]?[] _values = new T[]?[slots];

        public override void Read(BatchPlace place) =>
            _getter(ref (_values[place.Slot] ??= new T[capacity])[place.Row]);

        public override Delegate CreateGetter(Func<BatchPlace> current) => (ValueGetter<T>)((ref T value) =>
        {
            BatchPlace place = current();
            value = _values[place.Slot]![place.Row];
        });
    }
}
