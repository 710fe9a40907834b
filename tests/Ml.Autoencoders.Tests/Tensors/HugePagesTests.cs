using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Ml.Autoencoders.Rows;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Tensors;

[Platform("Linux")]
[NonParallelizable]
internal sealed partial class HugePagesTests : TensorTests
{
    private const int Width = 1 << 10;
    private const int Rows = 12 << 10;
    private const long Bytes = (long)Rows * Width * sizeof(float);

    /// <summary>A kernel that knows no huge pages takes no advice on them.</summary>
    private static readonly bool AreKnown = Directory.Exists("/sys/kernel/mm/transparent_hugepage");

    [Test]
    public void A_table_of_rows_asks_for_them_whether_its_size_is_known_or_not([Values(Rows, null)] int? expected)
    {
        using var table = new RowTable(Width, expected);
        for (int row = 0; row < Rows; row++)
            table.Add()[0] = row;
        using Tensor rows = table.ToTensor();

        Assert.That(AdvisedBytes(rows.bytes), Is.EqualTo(AreKnown ? Bytes : 0));
        Assert.That(rows.select(1, 0).contiguous().Floats(), Is.EqualTo(Enumerable.Range(0, Rows)));
    }

    [Test]
    public void Nothing_asks_for_them_where_the_application_does_not_want_them()
    {
        // In memory that no tensor ever lay in: what was asked for once stays so where the heap gives it out again.
        float[] numbers = GC.AllocateUninitializedArray<float>(4 << 20, pinned: true);
        using Tensor rows = tensor(numbers.AsMemory(), [numbers.Length]);
        AppContext.SetSwitch(HugePages.Switch, true);
        try
        {
            HugePages.Prefer(rows);
            Assert.That(AdvisedBytes(rows.bytes), Is.Zero);
        }
        finally
        {
            AppContext.SetSwitch(HugePages.Switch, false);
        }
        HugePages.Prefer(rows);
        Assert.That(AdvisedBytes(rows.bytes), Is.EqualTo(AreKnown ? rows.bytes.Length : 0));
        GC.KeepAlive(numbers);
    }

    [Test]
    public void A_block_of_rows_asks_for_them()
    {
        using var block = new RowBlock(new RowLayout(Width, TargetWidth: null, HasLabel: false), Rows);
        using Tensor rows = block.Rows(Rows).Values;

        Assert.That(AdvisedBytes(rows.bytes), Is.EqualTo(AreKnown ? Bytes : 0));
    }

    [Test]
    public void What_is_small_is_left_alone()
    {
        // In memory that no tensor ever lay in, so that nobody advised on it before.
        float[] numbers = GC.AllocateUninitializedArray<float>(1 << 10, pinned: true);
        using Tensor small = tensor(numbers.AsMemory(), [numbers.Length]);
        HugePages.Prefer(small);
        Assert.That(AdvisedBytes(small.bytes), Is.Zero);
        GC.KeepAlive(numbers);
    }

    /// <summary>
    /// How much of a block lies in memory that wants huge pages: flag "hg" in what Linux says of each mapping.
    /// </summary>
    /// <remarks>Of this block alone: what other tests advised on comes and goes. A block of more than 32 MiB is mapped
    /// anew each time.</remarks>
    private static long AdvisedBytes(Span<byte> block)
    {
        long start = Unsafe.ByteOffset(ref Unsafe.NullRef<byte>(), ref MemoryMarshal.GetReference(block)),
            end = start + block.Length;
        long sum = 0, within = 0;
        foreach (string line in File.ReadLines("/proc/self/smaps"))
        {
            if (Mapping().Match(line) is { Success: true } mapping)
                within = Math.Max(0,
                    Math.Min(end, Address(mapping.Groups[2])) - Math.Max(start, Address(mapping.Groups[1])));
            else if (line.StartsWith("VmFlags:", StringComparison.Ordinal)
                && line.Split(' ').Contains("hg", StringComparer.Ordinal))
                sum += within;
        }
        return sum;
    }

    private static long Address(Group digits) =>
        (long)ulong.Parse(digits.ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    [GeneratedRegex("^([0-9a-f]+)-([0-9a-f]+) ")]
    private static partial Regex Mapping();
}
