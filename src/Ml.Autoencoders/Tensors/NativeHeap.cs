using static TorchSharp.torch;

namespace Ml.Autoencoders.Tensors;

/// <summary>
/// Keeps the memory of short-lived tensors with the process while a fit runs, and gives it back after the fit.
/// </summary>
/// <remarks>
/// The C library of Linux asks the system for a block beyond a threshold, 128 KiB at first, and gives it back when it
/// is freed: each temporary tensor of each batch is then mapped, touched page by page and unmapped. The threshold
/// follows the greatest block that was ever freed, up to 32 MiB; so one is. What is freed then stays with the process
/// until it is asked to give it back. Both concern all native memory of the process, so an application can have its C
/// library left alone, by the switch <see cref="Switch"/>.
/// </remarks>
internal static class NativeHeap
{
    /// <summary>The name of the switch, of <c>runtimeconfig.json</c> or <see cref="AppContext"/>.</summary>
    public const string Switch = "Ml.Autoencoders.KeepNativeHeap";

    /// <summary>Just below the most that the threshold follows.</summary>
    private const long Numbers = ((32L << 20) - (64 << 10)) / sizeof(float);

    private static readonly MallocTrim? Trim = LinuxFunction.Find<MallocTrim>("malloc_trim");

    private delegate int MallocTrim(nuint kept);

    /// <summary>Whether the application asked that its C library be left alone.</summary>
    private static bool IsLeftAlone => AppContext.TryGetSwitch(Switch, out bool isLeft) && isLeft;

    /// <summary>
    /// At the first use of torch, and before each fit. Nothing is written, so no memory is taken; what tensors write
    /// there will be in huge pages.
    /// </summary>
    public static void KeepTemporaries()
    {
        // Where nothing is to change, one number: this also loads torch.
        using Tensor block = empty(IsLeftAlone ? 1 : Numbers, dtype: ScalarType.Float32, device: CPU);
        HugePages.Prefer(block);
    }

    /// <summary>
    /// Gives memory that nothing uses back to the system, where its C library can. It returns, page by
    /// page, when it is needed.
    /// </summary>
    public static void GiveBack()
    {
        if (!IsLeftAlone)
            Trim?.Invoke(0);
    }
}
