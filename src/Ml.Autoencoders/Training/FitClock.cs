using System.Diagnostics;

namespace Ml.Autoencoders.Training;

/// <summary>The time that a fit has taken, what it took before it was resumed included.</summary>
internal sealed class FitClock(TimeSpan before)
{
    private readonly long _start = Stopwatch.GetTimestamp();

    public TimeSpan Elapsed => before + Stopwatch.GetElapsedTime(_start);
}
