using Microsoft.ML;

namespace Ml.Autoencoders.Columns;

/// <summary>Reads a key column of one row after the other, as indices that start at 0.</summary>
internal sealed class LabelReader
{
    private readonly DataViewRow _row;
    private readonly LabelColumn _label;
    private readonly Func<long, bool>? _knows;
    private readonly Func<ulong> _read;

    /// <param name="row">The row, or cursor.</param>
    /// <param name="label">Its key column.</param>
    /// <param name="knows">Whether a label may occur; null where every one may.</param>
    public LabelReader(DataViewRow row, LabelColumn label, Func<long, bool>? knows)
    {
        _knows = knows;
        _row = row;
        _label = label;
        Type raw = label.Column.Type.RawType;
        _read = raw == typeof(byte) ? Create<byte>(value => value)
            : raw == typeof(ushort) ? Create<ushort>(value => value)
            : raw == typeof(uint) ? Create<uint>(value => value)
            : Create<ulong>(value => value);
    }

    /// <exception cref="InvalidOperationException">The row's label is missing, or one that may not occur.</exception>
    public long Read()
    {
        ulong key = _read();
        if (key == 0 || key > (ulong)_label.Labels.Count)
        {
            throw new InvalidOperationException(
                $"Column '{_label.Column.Name}', row {_row.Position:N0}: the label is missing, or was unseen when its key was made. " +
                "A conditional autoencoder needs one for every row; remove the others first.");
        }
        var label = (long)key - 1;
        if (_knows?.Invoke(label) == false)
        {
            throw new InvalidOperationException(
                $"Column '{_label.Column.Name}', row {_row.Position:N0}: no training row had the label '{_label.Labels[(int)label]}'.");
        }
        return label;
    }

    private Func<ulong> Create<T>(Func<T, ulong> widen)
    {
        ValueGetter<T> getter = _row.GetGetter<T>(_label.Column);
        return () =>
        {
            T value = default!;
            getter(ref value);
            return widen(value);
        };
    }
}
