using System.Globalization;

namespace Ml.Autoencoders.Benchmarks.Fuzz;

/// <summary>How much memory something takes at most: what it allocates from the garbage collector, or what the process
/// grows by, whichever is more. The latter is known on Linux.</summary>
internal sealed class PeakMemory
{
    private readonly long _allocated = GC.GetTotalAllocatedBytes();
    private readonly long _resident;

    public PeakMemory()
    {
        if (!OperatingSystem.IsLinux())
            return;
        File.WriteAllText("/proc/self/clear_refs", "5"); // sets the peak back to what is resident now
        _resident = Status("VmHWM:");
    }

    /// <summary>In bytes, so far.</summary>
    public long Growth() =>
        Math.Max(GC.GetTotalAllocatedBytes() - _allocated,
            OperatingSystem.IsLinux() ? Status("VmHWM:") - _resident : 0);

    private static long Status(string name)
    {
        string line =
            File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(name.Length, line.Length - name.Length - " kB".Length),
            NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture) << 10;
    }
}
