using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tensors;

/// <summary>Asks Linux for memory in huge pages, of 2 MiB on most processors, in place of pages of 4 KiB.</summary>
/// <remarks>
/// The system interrupts the program where it first writes to a page, to find one and to clear it: 46,000 times for
/// 60,000 rows of 784 numbers. Many systems use huge pages only where a program asks for them. Memory that has been
/// asked for stays so when it is freed, so an application can have all of it left alone, by the switch
/// <see cref="Switch"/>.
/// </remarks>
internal static class HugePages
{
    /// <summary>The name of the switch, of <c>runtimeconfig.json</c> or <see cref="AppContext"/>.</summary>
    public const string Switch = "Ml.Autoencoders.KeepSmallPages";

    /// <summary>Smaller blocks would seldom hold one.</summary>
    private const int MinBytes = 4 << 20;

    private const int UseHugePages = 14;

    private static readonly MemoryAdvice? Advise = LinuxFunction.Find<MemoryAdvice>("madvise");

    private delegate int MemoryAdvice(nint address, nuint length, int advice);

    private static bool AreUnwanted => AppContext.TryGetSwitch(Switch, out bool isKept) && isKept;

    /// <summary>
    /// For a contiguous tensor in main memory that was not written to yet, of no more than 2 GiB. Only advice: where
    /// the system cannot follow it, nothing changes.
    /// </summary>
    public static void Prefer(Tensor tensor)
    {
        if (Advise is null || tensor.NumberOfElements * tensor.ElementSize < MinBytes || AreUnwanted)
            return;
        Span<byte> bytes = tensor.bytes;
        nint start = AddressOf(bytes);
        // Whole small pages: those at both ends are there, too, because the tensor reaches into them.
        nint page = Environment.SystemPageSize;
        nint from = start / page * page;
        nint to = (start + bytes.Length + page - 1) / page * page;
        _ = Advise(from, (nuint)(to - from), UseHugePages);
    }

    /// <summary>For torch's memory, which stays where it is.</summary>
    private static nint AddressOf(Span<byte> bytes) =>
        Unsafe.ByteOffset(ref Unsafe.NullRef<byte>(), ref MemoryMarshal.GetReference(bytes));
}
