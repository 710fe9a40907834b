using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Columns;

namespace Ml.Autoencoders.Rows;

/// <summary>
/// Reads the rows of a fit from a cursor, one after the other, and refuses what cannot be learned from.
/// </summary>
internal sealed class RowReader : IDisposable
{
    private readonly IHost _host;
    private readonly DataViewRowCursor _cursor;
    private readonly TrainingColumn _input;
    private readonly TrainingColumn? _target;
    private readonly LabelReader? _label;
    private readonly RowPart? _part;
    private readonly ValueGetter<DataViewRowId>? _id;
    private readonly GroupReader? _group;
    private readonly GroupReader? _series;
    private readonly bool _skips;
    private readonly string _use;
    private readonly RowSketch? _sketch;
    private readonly CancellationToken _cancellation;
    private long _index = -1;

    private RowReader(IHost host, DataViewRowCursor cursor, RowColumns columns, RowPart? part, RowSketch? sketch,
        CancellationToken cancellation)
    {
        _host = host;
        _use = columns.Use;
        _sketch = sketch;
        _cancellation = cancellation;
        _cursor = cursor;
        _input = new TrainingColumn(cursor, columns.Input, columns.Use, columns.MayHaveGaps);
        _target = columns.Target is { } target
            ? new TrainingColumn(cursor, target, columns.Use, columns.MayHaveGaps) : null;
        _label = columns.Label is { } label ? new LabelReader(cursor, label, columns.Knows, columns.Use) : null;
        _part = part;
        _id = part is null ? null : cursor.GetIdGetter();
        _skips = columns.Window is not null;
        _group = columns.Groups?.Read(host, cursor);
        _series = columns.Series?.Read(host, cursor);
    }

    /// <summary>Rows that were passed over because they have no window.</summary>
    public long Skipped { get; private set; }

    /// <summary>The number of the group of the current row that rows are divided by; 0 where they are not.</summary>
    public int Group { get; private set; }

    /// <summary>The number of the group of the current row that windows do not mix; 0 where that is not
    /// known.</summary>
    public int Series => _series?.Read() ?? 0;

    /// <summary>A reader before the first row.</summary>
    /// <param name="host">For errors, and checked between rows for whether to continue.</param>
    /// <param name="data">The data view.</param>
    /// <param name="columns">What is read of it.</param>
    /// <param name="part">Which rows are; null for all.</param>
    /// <param name="order">The generator that the data view shuffles by; null for its own order.</param>
    /// <param name="sketch">Receives the rows that are read to a block.</param>
    /// <param name="cancellation">Checked between rows.</param>
    public static RowReader Open(IHost host, IDataView data, RowColumns columns, RowPart? part = null,
        Random? order = null, RowSketch? sketch = null,
        CancellationToken cancellation = default)
    {
        DataViewRowCursor cursor = data.GetRowCursor(columns.All, order);
        try
        {
            return new RowReader(host, cursor, columns, part, sketch, cancellation);
        }
        catch
        {
            cursor.Dispose();
            throw;
        }
    }

    /// <summary>Moves to the next row; in a column of windows to the next that has one.</summary>
    /// <returns>False after the last.</returns>
    /// <exception cref="InvalidOperationException">The row's group is missing.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public bool MoveNext()
    {
        while (_cursor.MoveNext())
        {
            _host.CheckAlive();
            if (_cancellation.IsCancellationRequested)
                throw new OperationCanceledException($"The fit was canceled while its {_use} rows were read.",
                    _cancellation);
            if (_skips && _input.IsMissingWindow())
            {
                Skipped++;
                continue;
            }
            _index++;
            Group = _group?.Read() ?? 0;
            if (_part is not { } part)
                return true;
            DataViewRowId id = default;
            _id!(ref id);
            if (part.Has(new RowPlace(id, _index, Group)))
                return true;
        }
        return false;
    }

    /// <summary>The row that the reader is at.</summary>
    /// <param name="values">Room for what is encoded.</param>
    /// <param name="targets">Room for what is reconstructed, where that is another.</param>
    /// <returns>The label; 0 where there are none.</returns>
    /// <exception cref="InvalidOperationException">A value is not a finite number, or the label is missing or
    /// may not occur.</exception>
    public long Read(Span<float> values, Span<float> targets)
    {
        _input.Read(_host, values);
        _target?.Read(_host, targets);
        return _label?.Read() ?? 0;
    }

    /// <summary>The row that the reader is at, to a place in a block.</summary>
    /// <inheritdoc cref="Read(Span{float}, Span{float})"/>
    public void Read(RowBlock block, long row)
    {
        Span<float> values = block.Values(row);
        Span<float> targets = block.Targets(row);
        long label = Read(values, targets);
        if (_label is not null)
            block.Label(row) = label;
        _sketch?.Add(values, targets, label);
    }

    public void Dispose() => _cursor.Dispose();
}
