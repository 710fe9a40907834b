namespace Ml.Autoencoders.Training;

/// <summary>Cuts rows into batches.</summary>
internal static class Batches
{
    private const int MaxMeasured = 512;
    private const int MaxMeasuredNumbers = 4 << 20;

    /// <summary>
    /// How many rows of a width are measured at once, where nothing is learned and size costs only memory.
    /// </summary>
    public static int Measured(int width) => Math.Clamp(MaxMeasuredNumbers / width, 1, MaxMeasured);

    /// <summary>How many batches <see cref="Of"/> makes of rows.</summary>
    public static long Count(long rows, int batchSize)
    {
        long whole = rows / batchSize;
        long rest = rows % batchSize;
        return rest == 0 || (whole > 0 && IsJoined(rest, batchSize)) ? whole : whole + 1;
    }

    /// <summary>
    /// Starts and sizes. A last batch of a single row joins the one before it: statistics over one row (batch
    /// normalization) are undefined, and its gradient would weigh as much as a whole batch's.
    /// </summary>
    public static IEnumerable<(long Start, long Size)> Of(long count, int batchSize)
    {
        for (long start = 0, size; start < count; start += size)
        {
            long left = count - start;
            size = IsJoined(left - batchSize, batchSize) ? left : Math.Min(batchSize, left);
            yield return (start, size);
        }
    }

    /// <summary>Whether what is left after a batch joins it.</summary>
    private static bool IsJoined(long rest, int batchSize) => rest == 1 && batchSize > 1;
}
