using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Tensors;

[Platform("Linux")]
internal sealed class HugePagesTests : TensorTests
{
    private const int Width = 1 << 10;
    private const int Rows = 12 << 10;
    private const long Bytes = (long)Rows * Width * sizeof(float);

    /// <summary>A kernel that knows no huge pages takes no advice on them.</summary>
    private static readonly bool AreKnown = Directory.Exists("/sys/kernel/mm/transparent_hugepage");

    [Test]
    public void A_table_of_rows_asks_for_them_whether_its_size_is_known_or_not([Values(Rows, null)] int? expected)
    {
        long before = AdvisedBytes();
        using var table = new RowTable(Width, expected);
        for (int row = 0; row < Rows; row++)
            table.Add()[0] = row;
        using Tensor rows = table.ToTensor();

        Assert.That(AdvisedBytes() - before, AreKnown ? Is.AtLeast(Bytes) : Is.Zero);
        Assert.That(rows.select(1, 0).contiguous().Floats(), Is.EqualTo(Enumerable.Range(0, Rows)));
    }

    [Test]
    public void A_block_of_rows_asks_for_them()
    {
        long before = AdvisedBytes();
        using var block = new RowBlock(new RowLayout(Width, TargetWidth: null, HasLabel: false), Rows);

        Assert.That(AdvisedBytes() - before, AreKnown ? Is.AtLeast(Bytes) : Is.Zero);
    }

    [Test]
    public void What_is_small_is_left_alone()
    {
        using Tensor room = empty(1 << 10);
        long before = AdvisedBytes();
        HugePages.Prefer(room);
        Assert.That(AdvisedBytes(), Is.EqualTo(before));
    }

    /// <summary>The memory of this process that wants huge pages: flag "hg" in what Linux says of each mapping.</summary>
    private static long AdvisedBytes()
    {
        long sum = 0, bytes = 0;
        foreach (string line in File.ReadLines("/proc/self/smaps"))
        {
            if (line.StartsWith("Size:", StringComparison.Ordinal))
                bytes = long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture) << 10;
            else if (line.StartsWith("VmFlags:", StringComparison.Ordinal) && line.Split(' ').Contains("hg", StringComparer.Ordinal))
                sum += bytes;
        }
        return sum;
    }
}
