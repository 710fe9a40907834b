using Microsoft.ML;

namespace Ml.Autoencoders.Scoring;

/// <summary>The values of a column whose values have owners (images), for the rows of a batch.</summary>
/// <remarks>
/// In ML.NET the reader of an image owns it: the next read into the same variable disposes it. So every reader gets its
/// own images from the source. Only one that comes in the middle of a batch shares those of the first, which are the
/// only ones there are. A source that keeps its images, as rows in memory do, gives every reader the same ones; those
/// are not disposed here.
/// </remarks>
internal sealed class DisposableBuffer<T>(DataViewRow source, DataViewSchema.Column column, int capacity) : ColumnBuffer
    where T : class, IDisposable
{
    private readonly List<Share> _shares = [new(source.GetGetter<T>(column), capacity)];
    private readonly ValueGetter<T> _probe = source.GetGetter<T>(column);
    private bool _hasReader;
    private bool _hasRows;
    private bool? _sourceKeeps;

    private bool OwnsValues => _sourceKeeps == false;

    public override void Read(BatchPlace place)
    {
        _sourceKeeps ??= GivesOneTwice();
        _hasRows = true;
        _shares.ForEach(share => share.Read(place.Row, OwnsValues));
    }

    public override Delegate CreateGetter(Func<BatchPlace> current)
    {
        if (_hasReader && !_hasRows)
            _shares.Add(new Share(source.GetGetter<T>(column), capacity));
        _hasReader = true;
        Share own = _hasRows ? _shares[0] : _shares[^1];
        return (ValueGetter<T>)((ref T value) => own.HandOver(current().Row, ref value, OwnsValues));
    }

    public override void Drop() => _shares.ForEach(share => share.Drop(OwnsValues));

    /// <summary>Whether the source keeps its values; null where no value shows it yet.</summary>
    private bool? GivesOneTwice()
    {
        T? first = null;
        T? second = null;
        _probe(ref first!);
        _probe(ref second!);
        if (ReferenceEquals(first, second))
            return first is null ? null : true;
        first?.Dispose();
        second?.Dispose();
        return false;
    }

    /// <summary>The values of one reader.</summary>
    private sealed class Share(ValueGetter<T> getter, int capacity)
    {
        private readonly T?[] _values = new T?[capacity];
        private readonly bool[] _taken = new bool[capacity];

        public void Read(int row, bool owns)
        {
            Drop(row, owns);
            getter(ref _values[row]!);
            _taken[row] = false;
        }

        public void HandOver(int row, ref T value, bool owns)
        {
            T next = _values[row]!;
            if (owns && !ReferenceEquals(value, next))
                value?.Dispose();
            value = next;
            _taken[row] = true;
        }

        public void Drop(bool owns)
        {
            for (int row = 0; row < _values.Length; row++)
                Drop(row, owns);
        }

        /// <summary>The source must not recycle a value, which a reader may still hold.</summary>
        private void Drop(int row, bool owns)
        {
            if (owns && !_taken[row])
                _values[row]?.Dispose();
            _values[row] = null;
        }
    }
}
