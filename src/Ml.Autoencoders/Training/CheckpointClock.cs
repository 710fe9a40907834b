using System.Diagnostics;

namespace Ml.Autoencoders.Training;

/// <summary>Tells when a checkpoint is due.</summary>
internal sealed class CheckpointClock(CheckpointOptions options)
{
    private long _last = Stopwatch.GetTimestamp();

    /// <summary>Whether enough time has passed.</summary>
    public bool IsDueNow => options.Every is { } every && Stopwatch.GetElapsedTime(_last) >= every;

    /// <summary>Whether one is due after an epoch, counted from 1.</summary>
    public bool IsDueBehind(int epoch) => epoch % options.EveryEpochs == 0;

    public void Restart() => _last = Stopwatch.GetTimestamp();
}
