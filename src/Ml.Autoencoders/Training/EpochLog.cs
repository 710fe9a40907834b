namespace Ml.Autoencoders.Training;

/// <summary>
/// Which epochs of a fit get a line in the log: all of a hundred; of more only those that complete another hundredth
/// of the fit, and those that come some seconds after the last one, so that short epochs do not bury the rest of the
/// log and long ones still show progress.
/// </summary>
internal sealed class EpochLog
{
    private const int Lines = 100;

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    private long _share;
    private TimeSpan _last;

    /// <summary>Whether it gets one. Asked once for each epoch, in order.</summary>
    public bool Takes(TrainingEpoch epoch)
    {
        long share = (long)epoch.Epoch * Lines / epoch.Epochs;
        if (epoch.Epochs > Lines && share == _share && epoch.Elapsed - _last < Silence)
            return false;
        (_share, _last) = (share, epoch.Elapsed);
        return true;
    }
}
