using Microsoft.ML;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Tensors;
using Ml.Autoencoders.Training;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Rows;

/// <summary>
/// The rows of a data view, or of one side of its division, as their columns have them; read again in every pass.
/// </summary>
/// <param name="host">For errors, and checked between rows for whether to continue.</param>
/// <param name="data">The data view.</param>
/// <param name="columns">Its columns.</param>
/// <param name="part">Which rows; null for all.</param>
/// <param name="bufferBytes">Memory that shuffling may take.</param>
internal sealed class RowStream(IHost host, IDataView data, RowColumns columns, RowPart? part,
    long bufferBytes) : IDisposable
{
    private ShuffleBuffer? _buffer;

    /// <summary>Of the rows when they were first read to their end.</summary>
    private RowSketch? _first;
    private int _passes;

    public RowLayout Layout => columns.Layout;

    /// <summary>All rows in the order of the data view.</summary>
    /// <param name="batchSize">Rows of a batch.</param>
    /// <param name="count">How many rows there are; null where that is unknown.</param>
    /// <param name="cancellation">Checked between rows.</param>
    /// <exception cref="InvalidOperationException">A value is not a finite number, a label is missing, there are not as
    /// many rows, or they are not those that
    /// were first read.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public IEnumerable<RowBatch> InOrder(int batchSize, long? count = null, CancellationToken cancellation = default) =>
        Read(sketch => new OrderedFeed(Open(null, sketch, cancellation)), batchSize, count, skip: 0);

    /// <summary>
    /// All rows in a random order: that of the data view where it can shuffle, and that of a buffer after it.
    /// </summary>
    /// <inheritdoc cref="InOrder"/>
    public IEnumerable<RowBatch> Shuffled(int batchSize, long count, Generator random, int skip,
        CancellationToken cancellation = default)
    {
        var order = new Random(Draws.Seed(random));
        _buffer ??= new ShuffleBuffer(Layout, Math.Clamp(bufferBytes / Layout.Bytes, 1, count));
        return Read(sketch =>
            new ShuffledFeed(Open(MayShuffle ? new Random(order.Next()) : null, sketch, cancellation), _buffer, order),
            batchSize, count, skip);
    }

    public void Dispose() => _buffer?.Dispose();

    private bool MayShuffle => data.CanShuffle && part is not { FollowsOrder: true };

    private RowReader Open(Random? order, RowSketch sketch, CancellationToken cancellation) =>
        RowReader.Open(host, data, columns, part, order, sketch, cancellation);

    private IEnumerable<RowBatch> Read(Func<RowSketch, IRowFeed> open, int batchSize, long? count, int skip)
    {
        long left = (count ?? long.MaxValue) - Batches.Of(count ?? 0, batchSize).Take(skip).Sum(batch => batch.Size);
        // One row more than there should be, to see that it is not there.
        IEnumerable<long> sizes = Batches.Of(count ?? long.MaxValue, batchSize).Select(batch => batch.Size).Append(1);
        long largest = Math.Min(batchSize + 1L, count ?? long.MaxValue);
        var sketch = new RowSketch(Layout);
        foreach (RowBatch rows in FeedAhead.Read(open(sketch), Layout, sizes, largest, skip))
        {
            if (count is { } known && (left == 0 || rows.Count < Math.Min(batchSize, left)))
                throw Changed(known, left == 0 ? "more" : "fewer");
            left -= rows.Count;
            yield return rows;
        }
        if (count is { } expected && left > 0)
            throw Changed(expected, "fewer");
        _passes++;
        _first ??= sketch;
        if (!_first.IsLike(sketch))
            throw Changed($"gave other rows in pass {_passes} over them than in the first");
    }

    private Exception Changed(long expected, string found) => Changed(FormattableString.Invariant(
        $"had {expected:N0} rows when it was first read, and {found} in a later pass"));

    private Exception Changed(string how) => host.Except(
        $"Column '{columns.Input.Name}': the {columns.Use} data {how}. Rows that take more than " +
        "TrainingOptions.RowMemoryMegabytes are read again in every epoch, and have to be the same " +
        $"each time{(part is null ? "" : ", with the same ids")}: write them to a file once, for example with " +
        "ml.Data.SaveAsBinary, or give them as much memory as they need.");
}
