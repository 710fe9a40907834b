namespace Ml.Autoencoders.Rows;

/// <summary>Gives the rows of one pass.</summary>
internal interface IRowFeed : IDisposable
{
    /// <summary>Writes the next rows to the beginning of a block.</summary>
    /// <param name="block">The block; null where they are only to be skipped.</param>
    /// <param name="rows">How many.</param>
    /// <returns>How many there were; fewer at the end.</returns>
    long Fill(RowBlock? block, long rows);
}
