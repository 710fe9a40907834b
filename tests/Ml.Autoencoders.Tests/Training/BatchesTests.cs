using Ml.Autoencoders.Training;

namespace Ml.Autoencoders.Tests.Training;

internal sealed class BatchesTests
{
    [Test, Combinatorial]
    public void Batches_cover_every_row_once_and_none_is_single_where_it_can_be_helped(
        [Values(1, 2, 3, 7, 8, 9, 15, 16, 17, 100)] int count,
        [Values(1, 2, 3, 7, 8, 99, 100, 101, int.MaxValue)] int batchSize)
    {
        (long Start, long Size)[] batches = [.. Batches.Of(count, batchSize)];

        long next = 0;
        foreach ((long start, long size) in batches)
        {
            Assert.That(start, Is.EqualTo(next));
            next += size;
        }
        Assert.Multiple(() =>
        {
            Assert.That(next, Is.EqualTo(count));
            Assert.That(Batches.Count(count, batchSize), Is.EqualTo(batches.Length));
            Assert.That(batches[..^1].Select(batch => batch.Size), Has.All.EqualTo((long)batchSize));
            Assert.That(batches[^1].Size,
                Is.InRange(batchSize == 1 || count == 1 ? 1 : 2, batchSize == 1 ? 1 : batchSize + 1L));
        });
    }

    [Test]
    public void A_last_single_row_joins_the_batch_before_it() =>
        Assert.That(Batches.Of(9, 4), Is.EqualTo(new[] { (0L, 4L), (4L, 5L) }));

    [Test]
    public void A_shorter_last_batch_stays() =>
        Assert.That(Batches.Of(10, 4), Is.EqualTo(new[] { (0L, 4L), (4L, 4L), (8L, 2L) }));

    [Test]
    public void Single_rows_stay_where_they_are_asked_for() =>
        Assert.That(Batches.Of(2, 1), Is.EqualTo(new[] { (0L, 1L), (1L, 1L) }));

    [Test]
    public void No_rows_give_no_batches() =>
        Assert.That(Batches.Of(0, 4), Is.Empty);

    [Test]
    public void Rows_are_counted_beyond_32_bits() =>
        Assert.That(Batches.Of(5_000_000_000, int.MaxValue).Sum(batch => batch.Size), Is.EqualTo(5_000_000_000));
}
