using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Columns;

/// <summary>
/// Reads a vector column of one row after the other into dense spans; sparse vectors are filled up with zeros. Keys
/// become their numbers, 0 where they are missing or beyond the greatest.
/// </summary>
internal abstract class VectorReader
{
    /// <param name="row">The row, or the cursor over rows.</param>
    /// <param name="column">Of numbers or keys, and of known size.</param>
    public static VectorReader Of(DataViewRow row, DataViewSchema.Column column) =>
        column.Type.GetItemType() is not KeyDataViewType key ? new OfNumbers(row, column)
        : key.RawType == typeof(byte) ? new OfKeys<byte>(row, column, key.Count, value => value)
        : key.RawType == typeof(ushort) ? new OfKeys<ushort>(row, column, key.Count, value => value)
        : key.RawType == typeof(uint) ? new OfKeys<uint>(row, column, key.Count, value => value)
        : new OfKeys<ulong>(row, column, key.Count, value => value);

    /// <exception cref="ArgumentException">The row's vector has another length than the column's type.</exception>
    public void Read(Span<float> destination)
    {
        Fetch();
        CopyTo(destination);
    }

    /// <summary>Gets the vector of the current row.</summary>
    public abstract void Fetch();

    /// <summary>Whether the vector that was fetched says that its row has no window.</summary>
    public virtual bool IsMissingWindow => false;

    /// <summary>Writes the vector that was fetched.</summary>
    /// <inheritdoc cref="Read"/>
    public abstract void CopyTo(Span<float> destination);

    private static void RequireLength(DataViewRow row, DataViewSchema.Column column, int found, int wanted)
    {
        if (found != wanted)
        {
            throw new ArgumentException(
                $"Column '{column.Name}', row {row.Position:N0}: the vector has {found} slots; the column's " +
                $"type has {wanted}.");
        }
    }

    private sealed class OfNumbers(DataViewRow row, DataViewSchema.Column column) : VectorReader
    {
        private readonly ValueGetter<VBuffer<float>> _getter = row.GetGetter<VBuffer<float>>(column);
        private VBuffer<float> _values;

        public override void Fetch() => _getter(ref _values);

        public override bool IsMissingWindow => _values.IsDense && WindowColumn.IsMissing(_values.GetValues());

        public override void CopyTo(Span<float> destination)
        {
            RequireLength(row, column, _values.Length, destination.Length);
            _values.CopyTo(destination);
        }
    }

    private sealed class OfKeys<T>(DataViewRow row, DataViewSchema.Column column, ulong count, Func<T, ulong> number)
        : VectorReader
    {
        private readonly ValueGetter<VBuffer<T>> _getter = row.GetGetter<VBuffer<T>>(column);
        private VBuffer<T> _values;

        public override void Fetch() => _getter(ref _values);

        public override void CopyTo(Span<float> destination)
        {
            RequireLength(row, column, _values.Length, destination.Length);
            destination.Clear();
            ReadOnlySpan<T> values = _values.GetValues();
            ReadOnlySpan<int> slots = _values.IsDense ? [] : _values.GetIndices();
            for (int i = 0; i < values.Length; i++)
            {
                ulong key = number(values[i]);
                destination[slots.IsEmpty ? i : slots[i]] = key <= count ? key : 0;
            }
        }
    }
}
