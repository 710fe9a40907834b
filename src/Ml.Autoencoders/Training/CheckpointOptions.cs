namespace Ml.Autoencoders;

/// <summary>
/// Where and how often a fit saves its progress, so that it can be resumed after its process has ended.
/// </summary>
/// <remarks>
/// The folder gets one file, <c>checkpoint.zip</c>, with the weights, the best ones so far, the optimizer's state, the
/// random states and the losses. It is written beside the old one, flushed to the disk, and put in its place as a
/// whole: whenever the process ends, the last complete checkpoint is there. A fit that is canceled writes one too. A
/// folder that cannot be written to, or that another fit writes to, is an error before rows are read; a later write
/// that fails is a warning, and the fit continues. See <see cref="TrainingOptions.ResumeFrom"/>.
/// </remarks>
public sealed record CheckpointOptions
{
    /// <summary>
    /// A checkpoint after every so many epochs, and, where a time is given, whenever that much time has passed since
    /// the last one.
    /// </summary>
    /// <param name="folder">Created where it does not exist.</param>
    /// <param name="everyEpochs">At least 1.</param>
    /// <param name="every">Above zero, or null for none between epochs.</param>
    /// <exception cref="ArgumentException">The folder is empty, or a number out of its range.</exception>
    public CheckpointOptions(string folder, int everyEpochs = 1, TimeSpan? every = null)
    {
        Require.Path(folder, nameof(CheckpointOptions), nameof(folder));
        Require.AtLeast(everyEpochs, 1, nameof(CheckpointOptions), nameof(everyEpochs));
        if (every is { } time)
            Require.Above(time.TotalSeconds, 0, nameof(CheckpointOptions), nameof(every));
        Folder = folder;
        EveryEpochs = everyEpochs;
        Every = every;
    }

    /// <summary>The folder of the file.</summary>
    public string Folder { get; }

    /// <summary>Epochs between two checkpoints.</summary>
    public int EveryEpochs { get; }

    /// <summary>The time after which one is written at the next batch; null for none.</summary>
    public TimeSpan? Every { get; }
}
