using System.Diagnostics;

namespace Ml.Autoencoders.Training;

/// <summary>The time that a fit has taken, including the time before it was resumed.</summary>
internal sealed class FitClock(TimeSpan before)
{
    /// <summary>More than any fit takes, and far from where times wrap around.</summary>
    private static readonly TimeSpan Most = TimeSpan.FromDays(1_000_000);

    private readonly long _start = Stopwatch.GetTimestamp();

    public TimeSpan Elapsed => before + Stopwatch.GetElapsedTime(_start);

    /// <summary>Checks that a fit can have taken this long, and can continue.</summary>
    /// <exception cref="FormatException">It cannot.</exception>
    public static void Check(TimeSpan elapsed, Place place, string name)
    {
        if (elapsed < TimeSpan.Zero || elapsed > Most)
            throw place.Error(name, FormattableString.Invariant(
                $"is {elapsed}; it must be at least {TimeSpan.Zero} and at most {Most}."));
    }
}
