using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Tensors;

namespace Ml.Autoencoders.Scoring;

/// <summary>
/// Reads batches of rows from a cursor, each row once, and maps them. What passes through is kept
/// for the rows of the batch.
/// </summary>
/// <remarks>One thread at a time may read, and any number map.</remarks>
internal sealed class BatchSource : IDisposable
{
    /// <summary>
    /// The first batch is small and each is twice the one before, so that a reader of few rows waits for few.
    /// </summary>
    private const int FirstRows = 16;

    /// <summary>Images that pass through stay in native memory until they are handed on.</summary>
    private const int MaxDisposableRows = 16;

    /// <summary>More wait for each other in the source.</summary>
    private const int MaxWorkers = 8;

    /// <summary>One uses the GPU while the other reads.</summary>
    private const int GpuWorkers = 2;

    private readonly DataViewRowCursor _source;
    private readonly MappedSchema _schema;
    private readonly bool[] _wanted;
    private readonly ColumnBuffer?[] _passing;
    private readonly ValueGetter<DataViewRowId> _getId;
    private readonly MappingReader? _reader;
    private readonly int _capacity;
    private int _limit;
    private int _isDisposed;

    /// <param name="source">Is disposed with this.</param>
    /// <param name="schema">What is read and mapped.</param>
    /// <param name="needed">The columns that are.</param>
    public BatchSource(DataViewRowCursor source, MappedSchema schema, IReadOnlyList<DataViewSchema.Column> needed)
    {
        _source = source;
        _schema = schema;
        DataViewSchema.Column[] passing = [.. needed.Where(column => schema.OutputIndex(column.Index) is null)];
        bool keepsNativeMemory = passing.Any(column => typeof(IDisposable).IsAssignableFrom(column.Type.RawType));
        _capacity = keepsNativeMemory
            ? Math.Min(schema.Mapping.BatchRows, MaxDisposableRows) : schema.Mapping.BatchRows;
        _wanted = schema.WantedOutputs(needed);
        bool maps = _wanted.Contains(true);
        _reader = maps ? new MappingReader(source, schema) : null;
        bool needsTorch = schema.Mapping.NeedTorch(_wanted);
        LimitsTorch = needsTorch && !schema.Mapping.UsesGpu;
        Workers = keepsNativeMemory || !maps ? 0 : CountWorkers(needsTorch);
        _passing = new ColumnBuffer?[schema.Input.Count];
        foreach (DataViewSchema.Column column in passing)
            _passing[column.Index] = ColumnBuffer.Create(source, schema.Input[column.Index], _capacity, Slots);
        _getId = source.GetIdGetter();
    }

    /// <summary>Whether workers map with torch on the processor, where each has to make do with one thread.</summary>
    public bool LimitsTorch { get; }

    /// <summary>
    /// How many may map ahead of the reader at the same time; 0 where nothing is gained by that, or images pass
    /// through.
    /// </summary>
    public int Workers { get; }

    /// <summary>
    /// How many batches are kept at the same time: one with the reader, one with each worker, one that waits.
    /// </summary>
    public int Slots => Workers == 0 ? 1 : Workers + 2;

    public ColumnBuffer Passing(int column) => _passing[column]!;

    public CursorBatch CreateBatch(int slot) => new(slot, _capacity,
        _reader is null ? null : new MappingInput(_schema.Mapping, _capacity),
        [.. _schema.Mapping.Outputs.Select((output, i) => _wanted[i] ? new float[_capacity * output.Size] : null)]);

    /// <summary>Reads the next rows.</summary>
    /// <returns>Whether there may be more after them.</returns>
    public bool Read(CursorBatch batch)
    {
        _limit = Math.Min(_capacity, _limit == 0 ? FirstRows : 2 * _limit);
        for (batch.Count = 0; batch.Count < _limit; batch.Count++)
        {
            if (!_source.MoveNext())
                return false;
            int row = batch.Count;
            _getId(ref batch.Ids[row]);
            batch.SourceBatches[row] = _source.Batch;
            foreach (ColumnBuffer? column in _passing)
                column?.Read(new BatchPlace(batch.Slot, row));
            _reader?.Read(batch.Input!, row);
        }
        return true;
    }

    public void Map(CursorBatch batch)
    {
        if (batch.Input is { } input && batch.Count > 0)
            _schema.Mapping.Map(input, batch.Count, batch.Outputs);
    }

    /// <summary>Once: when stacked cursors are abandoned together, two may get here at the same time.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        foreach (ColumnBuffer? column in _passing)
            column?.Drop();
        _source.Dispose();
    }

    private int CountWorkers(bool needsTorch)
    {
        if (!LimitsTorch)
            return needsTorch ? GpuWorkers : Math.Min(Environment.ProcessorCount, MaxWorkers);
        TorchLibrary.Load(() => _schema.Mapping.UseOfTorch(_wanted));
        return Math.Min(ThreadLimit.Current, MaxWorkers);
    }
}
