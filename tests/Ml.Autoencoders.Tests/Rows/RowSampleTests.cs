using Ml.Autoencoders.Rows;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests;

internal sealed class RowSampleTests : TensorTests
{
    // Of a width of 131 072 numbers 32 rows are enough, and there is room for 64.
    private const int Width = 1 << 17;

    [TestCase(1, 1)]
    [TestCase(64, 1)]
    [TestCase(65, 2)]
    [TestCase(128, 2)]
    [TestCase(129, 4)]
    [TestCase(1000, 16)]
    public void Every_so_manieth_row_is_kept_from_the_first_on(int count, int step)
    {
        using var sample = new RowSample(Width);
        for (int start = 0, size = 1; start < count; start += size, size = size % 7 + 1)
        {
            using var scope = NewDisposeScope();
            long here = Math.Min(size, count - start);
            sample.Add(arange(start, start + here, dtype: ScalarType.Float32).unsqueeze(1).expand(here, Width));
        }
        Assert.That(sample.ToTensor().select(1, 0).contiguous().Floats(),
            Is.EqualTo(Enumerable.Range(0, count).Where(row => row % step == 0)));
    }

    [Test]
    public void Enough_is_bounded_in_rows_and_in_numbers()
    {
        Assert.That(RowSample.MaxRows(1), Is.EqualTo(4096));
        Assert.That(RowSample.MaxRows(4096), Is.EqualTo(1024));
        Assert.That(RowSample.MaxRows(1 << 30), Is.EqualTo(32));
    }
}
