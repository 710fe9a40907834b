using Ml.Autoencoders.Tensors;

namespace Ml.Autoencoders.Rows;

/// <summary>Room for many rows, in blocks. Memory is taken as it is first written to.</summary>
internal sealed class ShuffleBuffer : IDisposable
{
    private const long BlockBytes = 32 << 20;

    private readonly long _blockRows;
    private readonly RowBlock[] _blocks;

    /// <param name="layout">Of a row.</param>
    /// <param name="capacity">How many rows there is room for.</param>
    public ShuffleBuffer(RowLayout layout, long capacity)
    {
        Capacity = capacity;
        _blockRows = Math.Max(1, BlockBytes / layout.Bytes);
        _blocks = new RowBlock[(capacity + _blockRows - 1) / _blockRows];
        for (int i = 0; i < _blocks.Length; i++)
            _blocks[i] = new RowBlock(layout, Math.Min(_blockRows, capacity - i * _blockRows));
    }

    public long Capacity { get; }

    /// <summary>Puts the reader's row at a place.</summary>
    public void Read(RowReader reader, long place) => reader.Read(BlockOf(place), place % _blockRows);

    public void CopyTo(long place, RowBlock block, long row) => BlockOf(place).CopyRow(place % _blockRows, block, row);

    /// <summary>Writes the row of one place over that of another.</summary>
    public void Move(long place, long to)
    {
        if (place != to)
            CopyTo(place, BlockOf(to), to % _blockRows);
    }

    public void Dispose()
    {
        foreach (RowBlock block in _blocks)
            block.Dispose();
    }

    private RowBlock BlockOf(long place) => _blocks[place / _blockRows];
}
