using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Tensors;

[NonParallelizable]
internal sealed class NativeHeapTests
{
    private const int Blocks = 256;
    private const long BlockNumbers = (1 << 20) / sizeof(float);

    [Test]
    [Platform("Linux")]
    public void Memory_that_nothing_uses_goes_back_to_the_system() =>
        Assert.That(GivenBack(NativeHeap.GiveBack), Is.GreaterThan(Blocks / 2 << 20));

    [Test]
    [Platform("Linux")]
    public void It_stays_where_the_application_wants_its_heap_left_alone()
    {
        AppContext.SetSwitch(NativeHeap.Switch, true);
        try
        {
            Assert.That(GivenBack(NativeHeap.GiveBack), Is.LessThan(Blocks / 8 << 20));
            Assert.That(NativeHeap.KeepTemporaries, Throws.Nothing);
        }
        finally
        {
            AppContext.SetSwitch(NativeHeap.Switch, false);
            NativeHeap.GiveBack();
        }
    }

    /// <summary>In a process of its own: what the C library keeps is not undone.</summary>
    [TestCase(false, "0")]
    [TestCase(true, "8")]
    [Platform("Linux")]
    public void A_block_of_8_MiB_is_mapped_by_itself_after_a_fit_only_where_the_heap_is_left_alone(bool isLeftAlone,
        string mapped) =>
        Assert.That(DotNet.Run(Path.Combine(Repository.BenchmarksOutput, "Ml.Autoencoders.Benchmarks.dll"), "heap-of",
            $"{isLeftAlone}")[^1], Is.EqualTo(mapped));

    /// <summary>Bytes by which the process gets smaller, of a heap with much that nothing uses.</summary>
    private static long GivenBack(Action giveBack)
    {
        TorchLibrary.Load();
        Tensor[] blocks = [.. Enumerable.Range(0, Blocks).Select(_ => ones(BlockNumbers))];
        // What was asked for last and is still in use keeps the heap from getting shorter by itself.
        using Tensor last = ones(BlockNumbers);
        foreach (Tensor block in blocks)
            block.Dispose();
        long kept = Environment.WorkingSet;

        giveBack();

        return kept - Environment.WorkingSet;
    }
}
