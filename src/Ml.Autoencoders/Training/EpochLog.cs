namespace Ml.Autoencoders.Training;

/// <summary>
/// Which epochs of a fit get a line in the log: all of a hundred; of more only those that complete another hundredth
/// of the fit, and those that come some seconds after the last one, so that short epochs do not bury the rest of the
/// log and long ones still show progress. An epoch that a warning is about gets one in any case, and one that the fit
/// ends with early.
/// </summary>
internal sealed class EpochLog
{
    private const int Lines = 100;

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    private long _share;
    private TimeSpan _last;

    /// <summary>The epoch that was asked about last, if it got none.</summary>
    public TrainingEpoch? Omitted { get; private set; }

    /// <summary>Whether it gets one. Asked once for each epoch, in order.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="isRemarkable">Whether it does in any case.</param>
    public bool Takes(TrainingEpoch epoch, bool isRemarkable = false)
    {
        long share = (long)epoch.Epoch * Lines / epoch.Epochs;
        bool isTaken = isRemarkable || epoch.Epochs <= Lines || share != _share || epoch.Elapsed - _last >= Silence;
        Omitted = isTaken ? null : epoch;
        if (isTaken)
            (_share, _last) = (share, epoch.Elapsed);
        return isTaken;
    }
}
