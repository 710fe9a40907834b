using Microsoft.ML;

namespace Ml.Autoencoders.Pipeline;

/// <summary>The values of a column whose values have owners (images), for the rows of a batch.</summary>
/// <remarks>
/// In ML.NET whoever reads an image owns it: the next read into the same variable disposes it. So every reader gets images
/// of its own from the source. Only one that comes in the middle of a batch shares those of the first, which are the only
/// ones there are.
/// </remarks>
internal sealed class DisposableBuffer<T>(DataViewRow source, DataViewSchema.Column column, int capacity) : ColumnBuffer
    where T : class, IDisposable
{
    private readonly List<Share> _shares = [new(source.GetGetter<T>(column), capacity)];
    private bool _hasReader;
    private bool _hasRows;

    public override void Read(int row)
    {
        _hasRows = true;
        _shares.ForEach(share => share.Read(row));
    }

    public override Delegate CreateGetter(Func<int> currentRow)
    {
        if (_hasReader && !_hasRows)
            _shares.Add(new Share(source.GetGetter<T>(column), capacity));
        _hasReader = true;
        Share own = _hasRows ? _shares[0] : _shares[^1];
        return (ValueGetter<T>)((ref T value) => own.HandOver(currentRow(), ref value));
    }

    public override void Drop() => _shares.ForEach(share => share.Drop());

    /// <summary>The values of one reader.</summary>
    private sealed class Share(ValueGetter<T> getter, int capacity)
    {
        private readonly T?[] _values = new T?[capacity];
        private readonly bool[] _taken = new bool[capacity];

        public void Read(int row)
        {
            Drop(row);
            getter(ref _values[row]!);
            _taken[row] = false;
        }

        public void HandOver(int row, ref T value)
        {
            T next = _values[row]!;
            if (!ReferenceEquals(value, next))
                value?.Dispose();
            value = next;
            _taken[row] = true;
        }

        public void Drop()
        {
            for (int row = 0; row < _values.Length; row++)
                Drop(row);
        }

        /// <summary>The source must not recycle a value, which may be in a reader's hands.</summary>
        private void Drop(int row)
        {
            if (!_taken[row])
                _values[row]?.Dispose();
            _values[row] = null;
        }
    }
}
