using Ml.Autoencoders.Rows;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests;

internal sealed class RowSplitTests : TensorTests
{
    [Test]
    public void Rows_are_taken_out_in_their_order_and_the_others_stay_in_the_tables()
    {
        RowBatch table = Table(5);

        (RowBatch taken, RowBatch left) = RowSplit.TakeOut(table, tensor([3L, 0L, 4L, 1L, 2L]), 2);

        Assert.Multiple(() =>
        {
            Assert.That(taken.Values.Floats(), Is.EqualTo(new float[] { 30, 31, 0, 1 }));
            Assert.That(taken.Labels!.data<long>().ToArray(), Is.EqualTo(new long[] { 3, 0 }));
            Assert.That(taken.Targets!.Floats(), Is.EqualTo(new float[] { -3, 0 }));
            Assert.That(left.Values.Floats(), Is.EqualTo(new float[] { 10, 11, 20, 21, 40, 41 }));
            Assert.That(left.Labels!.data<long>().ToArray(), Is.EqualTo(new long[] { 1, 2, 4 }));
            Assert.That(left.Targets!.Floats(), Is.EqualTo(new float[] { -1, -2, -4 }));
        });
    }

    [Test]
    public void None_is_lost_of_more_than_are_moved_at_once([Values(1, 700, 4999)] int count)
    {
        const int All = 5000;
        using var random = new Generator(7);

        (RowBatch taken, RowBatch left) = RowSplit.TakeOut(Table(All), Draws.Permutation(All, CPU, random), count);

        long[] labels = [.. taken.Labels!.data<long>(), .. left.Labels!.data<long>()];
        Assert.Multiple(() =>
        {
            Assert.That(taken.Count, Is.EqualTo(count));
            Assert.That(labels.Order(), Is.EqualTo(Enumerable.Range(0, All)));
            Assert.That(left.Values.Floats().Where((_, i) => i % 2 == 0),
                Is.EqualTo(left.Labels!.data<long>().Select(label => 10f * label)));
            Assert.That(left.Targets!.Floats(), Is.EqualTo(left.Labels!.data<long>().Select(label => -(float)label)));
        });
    }

    [Test]
    public void The_rows_that_stay_are_not_copied()
    {
        RowBatch table = Table(3);

        (_, RowBatch left) = RowSplit.TakeOut(table, tensor([0L, 1L, 2L]), 1);
        left.Values.Numbers.Fill(5);

        Assert.That(table.Values.Floats()[..4], Has.All.EqualTo(5));
    }

    /// <summary>Row i: 10 i and 10 i + 1; label i; target -i.</summary>
    private static RowBatch Table(int count) => new(
        tensor(Enumerable.Range(0, count).SelectMany(i => new[] { 10f * i, 10f * i + 1 }).ToArray(), [count, 2]),
        tensor(Enumerable.Range(0, count).Select(i => (long)i).ToArray()),
        tensor(Enumerable.Range(0, count).Select(i => -(float)i).ToArray(), [count, 1]));
}
