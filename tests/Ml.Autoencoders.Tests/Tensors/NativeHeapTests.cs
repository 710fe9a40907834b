using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Tensors;

internal sealed class NativeHeapTests
{
    private const int Blocks = 256;
    private const long BlockNumbers = (1 << 20) / sizeof(float);

    [Test]
    [Platform("Linux")]
    public void Memory_that_nothing_uses_goes_back_to_the_system()
    {
        TorchLibrary.Load();
        Tensor[] blocks = [.. Enumerable.Range(0, Blocks).Select(_ => ones(BlockNumbers))];
        // What was asked for last and is still in use keeps the heap from getting shorter by itself.
        using Tensor last = ones(BlockNumbers);
        foreach (Tensor block in blocks)
            block.Dispose();
        long kept = Environment.WorkingSet;

        NativeHeap.GiveBack();

        Assert.That(kept - Environment.WorkingSet, Is.GreaterThan(Blocks / 2 << 20));
    }
}
