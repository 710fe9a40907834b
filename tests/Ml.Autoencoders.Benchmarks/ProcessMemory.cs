using System.Diagnostics;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>The memory of this process, in MiB.</summary>
internal static class ProcessMemory
{
    public static double Peak => Own(process => process.PeakWorkingSet64);

    /// <summary>Without what the garbage collector would free anyway.</summary>
    public static double Settled()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return Own(process => process.WorkingSet64);
    }

    private static double Own(Func<Process, long> read)
    {
        using var process = Process.GetCurrentProcess();
        return read(process) / (double)(1 << 20);
    }
}
