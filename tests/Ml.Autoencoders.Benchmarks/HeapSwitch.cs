using System.Runtime.InteropServices;
using Microsoft.ML;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>
/// Whether glibc maps a block of 8 MiB by itself after a fit, as it does in a process that has changed nothing.
/// </summary>
internal static class HeapSwitch
{
    private const int Numbers = (8 << 20) / sizeof(float);

    /// <param name="isLeftAlone">Whether the application asks that the heap be left alone.</param>
    public static int RunChild(string isLeftAlone)
    {
        AppContext.SetSwitch("Ml.Autoencoders.KeepNativeHeap", bool.Parse(isLeftAlone));
        var ml = new MLContext(1);
        ml.Transforms.Autoencoders.Plain("Code", "Pixels",
            new() { CodeSize = 2, Network = Network.Dense(), Training = new() { Epochs = 1 } })
            .Fit(RandomRows.View(ml, 8)).Dispose();
        nuint before = MallInfo2().BytesOfMappings;
        using Tensor block = ones(Numbers);
        Console.WriteLine((MallInfo2().BytesOfMappings - before) >> 20);
        return 0;
    }

    [DllImport("libc.so.6", EntryPoint = "mallinfo2")]
    private static extern HeapInfo MallInfo2();

    /// <summary>What glibc tells of its heap, in the order of its header.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct HeapInfo(nuint Arena, nuint FreeBlocks, nuint FastBlocks, nuint Mappings,
        nuint BytesOfMappings, nuint MostBytes, nuint FastBytes, nuint UsedBytes, nuint FreeBytes, nuint TopBytes);
}
