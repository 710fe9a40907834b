namespace Ml.Autoencoders.Rows;

/// <summary>
/// Rows in a random order that is as good as the buffer is large: the buffer is filled, and each row that is drawn from
/// it gives its place to the next one of the data view. Where all rows have room, every order is equally likely.
/// </summary>
/// <param name="reader">Is disposed with this.</param>
/// <param name="buffer">Used by nobody else meanwhile.</param>
/// <param name="random">The generator that rows are drawn with.</param>
internal sealed class ShuffledFeed(RowReader reader, ShuffleBuffer buffer, Random random) : IRowFeed
{
    private long _buffered;
    private bool _isOver;

    public long Fill(RowBlock? block, long rows)
    {
        while (_buffered < buffer.Capacity && ReadTo(_buffered))
            _buffered++;
        long filled = 0;
        for (; filled < rows && _buffered > 0; filled++)
        {
            long drawn = random.NextInt64(_buffered);
            if (block is not null)
                buffer.CopyTo(drawn, block, filled);
            if (!ReadTo(drawn))
                buffer.Move(--_buffered, drawn);
        }
        return filled;
    }

    public void Dispose() => reader.Dispose();

    private bool ReadTo(long place)
    {
        if (_isOver || !reader.MoveNext())
        {
            _isOver = true;
            return false;
        }
        buffer.Read(reader, place);
        return true;
    }
}
