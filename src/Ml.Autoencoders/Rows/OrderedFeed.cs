namespace Ml.Autoencoders.Rows;

/// <summary>Rows in the order of their data view.</summary>
/// <param name="reader">Is disposed with this.</param>
internal sealed class OrderedFeed(RowReader reader) : IRowFeed
{
    public long Fill(RowBlock? block, long rows)
    {
        long filled = 0;
        for (; filled < rows && reader.MoveNext(); filled++)
        {
            if (block is not null)
                reader.Read(block, filled);
        }
        return filled;
    }

    public void Dispose() => reader.Dispose();
}
