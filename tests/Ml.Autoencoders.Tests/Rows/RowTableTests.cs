using Ml.Autoencoders.Rows;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests;

internal sealed class RowTableTests : TensorTests
{
    private const int PieceNumbers = 1 << 20;

    // A piece holds 349 525 rows of 3 numbers, 2 of half a million, and at least one of any width.
    [TestCase(3, 1)]
    [TestCase(3, 349_524)]
    [TestCase(3, 349_525)]
    [TestCase(3, 349_526)]
    [TestCase(1, PieceNumbers + 1)]
    [TestCase(500_000, 5)]
    [TestCase(PieceNumbers, 2)]
    [TestCase(PieceNumbers + 1, 3)]
    public void Rows_come_out_as_they_went_in_also_across_pieces(int width, int count)
    {
        var table = new RowTable(width, blockNumbers: PieceNumbers);
        var expected = new float[(long)width * count];
        for (int i = 0; i < expected.Length; i++)
            expected[i] = i % 1_000_003;

        for (int row = 0; row < count; row++)
            expected.AsSpan(row * width, width).CopyTo(table.Add());
        Tensor rows = table.ToTensor();

        Assert.Multiple(() =>
        {
            Assert.That((table.Width, table.Count), Is.EqualTo((width, (long)count)));
            Assert.That(rows.shape, Is.EqualTo(new long[] { count, width }));
            Assert.That(rows.device_type, Is.EqualTo(TorchSharp.DeviceType.CPU));
            Assert.That(rows.Floats().AsSpan().SequenceEqual(expected), Is.True);
        });
    }

    [Test]
    public void No_rows_are_a_table_too() =>
        Assert.That(new RowTable(3).ToTensor().shape, Is.EqualTo(new long[] { 0, 3 }));

    // More rows than were said, fewer, and as many; within a block and across blocks.
    [TestCase(500_000, 5, 5)]
    [TestCase(500_000, 5, 3)]
    [TestCase(500_000, 5, 4)]
    [TestCase(500_000, 5, 9)]
    [TestCase(3, 10, 10)]
    [TestCase(3, 10, 7)]
    [TestCase(3, 10, 12)]
    public void Rows_come_out_as_they_went_in_however_many_were_expected(int width, int count, int expected)
    {
        var table = new RowTable(width, expected, PieceNumbers);
        for (int row = 0; row < count; row++)
            table.Add().Fill(row + 1);
        Tensor rows = table.ToTensor();
        Assert.That(rows.shape, Is.EqualTo(new long[] { count, width }));
        Assert.That(rows.select(1, 0).contiguous().Floats(), Is.EqualTo(Enumerable.Range(1, count)));
        Assert.That(rows.select(1, width - 1).contiguous().Floats(), Is.EqualTo(Enumerable.Range(1, count)));
    }

    [TestCase(null)]
    [TestCase(2)]
    [TestCase(3)]
    public void No_tensor_is_left(int? expected)
    {
        Assert.That(LiveTensors.Left(() =>
        {
            var table = new RowTable(PieceNumbers, expected, PieceNumbers);
            table.Add();
            table.Add();
            table.ToTensor().Dispose();
        }), Is.Zero);
    }

    [TestCase(null)]
    [TestCase(2)]
    [TestCase(3)]
    public void Rows_that_are_given_up_leave_no_tensor(int? expected)
    {
        Assert.That(LiveTensors.Left(() =>
        {
            using var table = new RowTable(PieceNumbers, expected, PieceNumbers);
            table.Add();
            table.Add();
        }), Is.Zero);
    }
}
