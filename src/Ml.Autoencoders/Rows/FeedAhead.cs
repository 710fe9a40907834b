using System.Collections.Concurrent;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Rows;

/// <summary>Takes batches from a feed on its own thread, while their reader is at an earlier one.</summary>
internal static class FeedAhead
{
    /// <summary>One that the reader has, one that waits, one that is being filled.</summary>
    private const int Blocks = 3;

    /// <summary>Batches, each of which lives until the next one is requested; they end where the feed does.</summary>
    /// <param name="feed">Is disposed after the last batch.</param>
    /// <param name="layout">Of a row.</param>
    /// <param name="sizes">Rows of each batch.</param>
    /// <param name="largest">The greatest of these.</param>
    /// <param name="skip">Batches at the beginning that are skipped.</param>
    public static IEnumerable<RowBatch> Read(IRowFeed feed, RowLayout layout, IEnumerable<long> sizes,
        long largest, int skip)
    {
        using IRowFeed opened = feed;
        RowBlock[] blocks = [.. Enumerable.Range(0, Blocks).Select(_ => new RowBlock(layout, largest))];
        using var free = new BlockingCollection<RowBlock>();
        using var full = new BlockingCollection<(RowBlock Block, long Count)>();
        using var stop = new CancellationTokenSource();
        foreach (RowBlock block in blocks)
            free.Add(block, CancellationToken.None);
        Task filling = Task.Factory.StartNew(() => Fill(feed, sizes, skip, free, full, stop.Token),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            foreach ((RowBlock block, long count) in full.GetConsumingEnumerable(CancellationToken.None))
            {
                using (NewDisposeScope())
                    yield return block.Rows(count);
                free.Add(block, CancellationToken.None);
            }
            // Throws the exception that it ended in.
            filling.GetAwaiter().GetResult();
        }
        finally
        {
            stop.Cancel();
            // The exception that it ended in no longer matters.
            filling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
            foreach (RowBlock block in blocks)
                block.Dispose();
        }
    }

    private static void Fill(IRowFeed feed, IEnumerable<long> sizes, int skip, BlockingCollection<RowBlock> free,
        BlockingCollection<(RowBlock, long)> full, CancellationToken stop)
    {
        try
        {
            foreach (long size in sizes)
            {
                RowBlock? block = skip-- > 0 ? null : free.Take(stop);
                long count = feed.Fill(block, size);
                if (block is not null && count > 0)
                    full.Add((block, count), CancellationToken.None);
                if (count < size)
                    return;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The reader wants no more.
        }
        finally
        {
            full.CompleteAdding();
        }
    }
}
