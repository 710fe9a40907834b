using System.Globalization;
using Microsoft.ML;
using Ml.Autoencoders.Definitions;

namespace Ml.Autoencoders.Columns;

/// <summary>Reads a key column of one row after the other, as indices that start at 0.</summary>
internal sealed class LabelReader
{
    private readonly DataViewRow _row;
    private readonly LabelColumn _label;
    private readonly Func<long, bool> _knows;
    private readonly string _use;
    private readonly Func<ulong> _read;

    /// <param name="row">The row, or cursor.</param>
    /// <param name="label">Its key column.</param>
    /// <param name="knows">Whether a label may occur; null where every one may.</param>
    /// <param name="use">What the rows are for, as errors name it; null in prediction.</param>
    public LabelReader(DataViewRow row, LabelColumn label, Func<long, bool>? knows, string? use = null)
    {
        _knows = knows ?? (_ => true);
        _use = use is null ? "" : $"{use} ";
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
            throw Bad("the label is missing, or was unseen when its key was mapped. " +
                $"Give every row one of {Known}, or leave such rows out: ml.Data.FilterRowsByMissingValues(data, " +
                $"\"{_label.Column.Name}\").");
        }
        var label = (long)key - 1;
        return _knows(label)
            ? label
            : throw Bad(
                $"no training row had the label '{_label.Labels[(int)label]}', only {Known}. Train with rows of it, " +
                "or leave such rows out.");
    }

    private string Known => LabelNames.List(_label.Labels.Where((_, i) => _knows(i)));

    private InvalidOperationException Bad(string what) =>
        new(string.Create(CultureInfo.InvariantCulture,
            $"Column '{_label.Column.Name}', {_use}row {_row.Position:N0}: {what}"));

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
