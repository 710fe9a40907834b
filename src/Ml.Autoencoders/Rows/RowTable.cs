using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Rows;

/// <summary>
/// Rows on their way into one tensor, filled one at a time in torch's memory: blocks of bounded size, which are parts
/// of the tensor where the number of rows is known before.
/// </summary>
/// <param name="width">Numbers per row.</param>
/// <param name="expectedRows">How many rows will come; null where that is unknown.</param>
/// <param name="blockNumbers">Numbers of a block.</param>
internal sealed class RowTable(int width, long? expectedRows = null,
    int blockNumbers = RowTable.BlockNumbers) : IDisposable
{
    /// <summary>
    /// 36 MiB: more than <see cref="NativeHeap"/> keeps, so that the system has a block back as soon as it is copied.
    /// </summary>
    private const int BlockNumbers = 9 << 20;

    private readonly List<Tensor> _blocks = [];
    private readonly int _blockRows = Math.Max(1, blockNumbers / width);
    private readonly Tensor? _whole = expectedRows is > 0 and { } rows ? Rows(rows, width) : null;
    private int _filled;
    private int _room;
    private bool _isTaken;

    public int Width => width;

    public long Count { get; private set; }

    /// <summary>Room for the next row, to be filled by the caller.</summary>
    public Span<float> Add()
    {
        if (_filled == _room)
            AddBlock();
        Count++;
        return _blocks[^1].Numbers.Slice(_filled++ * width, width);
    }

    /// <summary>All rows as one tensor <c>[N, D]</c> on the CPU. Releases each block as it is copied.</summary>
    public Tensor ToTensor()
    {
        bool isWhole = _whole is not null && _whole.shape[0] == Count;
        Tensor table = isWhole ? _whole! : Rows(Count, width);
        long start = 0;
        foreach (Tensor block in _blocks)
        {
            using (block)
            {
                long count = Math.Min(block.shape[0], Count - start);
                if (!isWhole)
                    Copy(block, table, start, count);
                start += count;
            }
        }
        _blocks.Clear();
        if (!isWhole)
            _whole?.Dispose();
        _isTaken = true;
        return table;
    }

    /// <summary>Releases the rows that did not become a tensor.</summary>
    public void Dispose()
    {
        foreach (Tensor block in _blocks)
            block.Dispose();
        _blocks.Clear();
        if (!_isTaken)
            _whole?.Dispose();
    }

    private void AddBlock()
    {
        long left = (_whole?.shape[0] ?? 0) - Count;
        _blocks.Add(left > 0 ? _whole!.narrow(0, Count, Math.Min(left, _blockRows)) : Rows(_blockRows, width));
        HugePages.Prefer(_blocks[^1]);
        (_filled, _room) = (0, (int)_blocks[^1].shape[0]);
    }

    private static void Copy(Tensor block, Tensor table, long start, long count)
    {
        using Tensor from = block.narrow(0, 0, count);
        using Tensor to = table.narrow(0, start, count);
        HugePages.Prefer(to);
        to.copy_(from);
    }

    /// <summary>Memory that nobody has written to is not taken yet.</summary>
    private static Tensor Rows(long count, int width) => empty([count, width], dtype: ScalarType.Float32, device: CPU);
}
