using Microsoft.ML;
using Ml.Autoencoders.Columns;

namespace Ml.Autoencoders.Windows;

/// <summary>Reads the group and the time of one row after the other, and takes note of them.</summary>
/// <param name="row">The row, or cursor.</param>
/// <param name="schema">Its columns.</param>
/// <param name="groups">What is remembered of the groups.</param>
internal sealed class SeriesReader<T>(DataViewRow row, WindowSchema schema, GroupTable<T> groups)
    where T : GroupRows
{
    private readonly ValueGetter<ReadOnlyMemory<char>>? _text =
        schema.Description.Group?.Kind == GroupKind.Text
            ? row.GetGetter<ReadOnlyMemory<char>>(schema.Group!.Value) : null;

    private readonly Func<Int128>? _number =
        schema.Description.Group?.Kind is GroupKind.Key or GroupKind.Whole
            ? ScalarReader.Of<Int128>(row, schema.Group!.Value) : null;

    private readonly Func<WindowTime>? _time =
        schema.Description.Time is { } time ? TimeReader.Of(row, schema.Time!.Value, time.Kind) : null;

    private ReadOnlyMemory<char> _name;

    /// <summary>Takes note of the current row.</summary>
    /// <param name="startsAnew">Whether windows start anew with it.</param>
    /// <returns>What is remembered of its group.</returns>
    /// <exception cref="InvalidOperationException">The group is missing or one too many, or the time is not after that
    /// of the group's row before.</exception>
    public T Step(out bool startsAnew)
    {
        WindowTime time = _time is null ? default : _time();
        groups.RequireFinite(time, row.Position);
        T rows = Find();
        startsAnew = groups.Step(rows, time, row.Position);
        return rows;
    }

    private T Find()
    {
        if (_text is not null)
        {
            _text(ref _name);
            return groups.Find(_name.Span, row.Position);
        }
        return _number is null ? groups.Find() : groups.Find(_number(), row.Position);
    }
}
