namespace Ml.Autoencoders.Training;

/// <summary>Cuts rows into batches.</summary>
internal static class Batches
{
    /// <summary>Rows that are measured at once, where nothing is learned and size costs only memory.</summary>
    public const int Measured = 512;

    /// <summary>
    /// Starts and sizes. A last batch of a single row joins the one before it: statistics over one row (batch
    /// normalisation) are undefined, and its gradient would weigh as much as a whole batch's.
    /// </summary>
    public static IEnumerable<(long Start, long Size)> Of(long count, int batchSize)
    {
        for (long start = 0, size; start < count; start += size)
        {
            long left = count - start;
            size = batchSize > 1 && left == batchSize + 1L ? left : Math.Min(batchSize, left);
            yield return (start, size);
        }
    }
}
