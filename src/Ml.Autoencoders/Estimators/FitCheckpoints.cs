using System.Globalization;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Persistence;
using Ml.Autoencoders.Training;

namespace Ml.Autoencoders.Estimators;

/// <summary>The checkpoints of a fit: the one that it resumes from, and those that it writes.</summary>
internal sealed class FitCheckpoints : IDisposable
{
    private const string Remedy = "A fit resumes with the rows, columns and options that it began with; give those, " +
        "or leave out TrainingOptions.ResumeFrom.";

    private readonly IHost _host;
    private readonly IChannel _channel;
    private readonly Recipe _recipe;
    private readonly FolderLock? _folder;
    private readonly CheckpointFile? _from;
    private FitIdentity? _fit;
    private int _failures;
    private bool _hasLast = true;

    /// <exception cref="InvalidOperationException">The checkpoint to continue from does not exist, or cannot be read;
    /// or none can be written, or another fit writes its own there.</exception>
    public FitCheckpoints(IHost host, IChannel channel, Recipe recipe)
    {
        _host = host;
        _channel = channel;
        _recipe = recipe;
        _folder = TakeFolder();
        try
        {
            _from = Find();
        }
        catch
        {
            _folder?.Dispose();
            throw;
        }
    }

    /// <summary>The seed of the checkpoint that the fit resumes from; null where it starts from the
    /// beginning.</summary>
    public int? Seed => _from?.Fit.Seed;

    private TrainingOptions Options => _recipe.Training;

    /// <summary>The model that is trained where the fit resumes from a checkpoint: before version 2 there were no
    /// bounds of log-variances, and a fit without them is completed without them.</summary>
    public ModelDefinition AsBegun(ModelDefinition definition) =>
        _from is null ? definition : definition with
        {
            Bottleneck = definition.Bottleneck.AsBegun(_from.Fit.Model.Bottleneck),
        };

    /// <summary>Names the fit that the checkpoints are of.</summary>
    public void Bind(ModelDefinition definition, TrainingOptions training, int seed, string rows) =>
        _fit = new FitIdentity(_recipe.Columns, definition, training, seed, rows);

    /// <summary>Puts the trainer into the state of the checkpoint, if there is one.</summary>
    /// <exception cref="InvalidOperationException">It is from another fit.</exception>
    public void Resume(Trainer trainer)
    {
        if (_from is null)
            return;
        string path = CheckpointFile.PathIn(Options.ResumeFrom!);
        if (_fit!.DifferenceFrom(_from.Fit) is { } difference)
        {
            if (difference.StartsWith("training.epochs ", StringComparison.Ordinal))
                throw _host.Except(OtherLength(path, _fit.Training, _from.Fit.Training));
            throw _host.Except($"The checkpoint '{path}' is from another fit: {difference}. {Remedy}");
        }
        try
        {
            _from.Restore(trainer);
        }
        catch (Exception error) when (error is FormatException or InvalidDataException or IOException)
        {
            throw Unreadable(error, path);
        }
        // A file that is open cannot be replaced everywhere.
        _from.Dispose();
        _channel.Info($"The fit resumes from '{path}'.");
    }

    /// <summary>Saves the progress of the fit. It is worth more than a checkpoint: where one cannot be written, it
    /// continues, and warns once.</summary>
    public void Write(Trainer trainer)
    {
        string folder = Options.Checkpoint!.Folder;
        _hasLast = false;
        try
        {
            CheckpointFile.Write(folder, _fit!, trainer);
            _hasLast = true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (_failures++ > 0)
                return;
            _channel.Warning(
                $"The checkpoint '{CheckpointFile.PathIn(folder)}' cannot be written now; the last complete one " +
                $"stays, and the fit continues and tries again at the next: {error.Message}");
        }
    }

    public void Dispose()
    {
        if (_failures > 1)
        {
            _channel.Info(string.Create(CultureInfo.InvariantCulture,
                $"{_failures:N0} checkpoints could not be written to '{Options.Checkpoint!.Folder}'; the last one " +
                $"{(_hasLast ? "was written" : "is among them")}."));
        }
        _from?.Dispose();
        _folder?.Dispose();
    }

    /// <summary>Otherwise it would be found out when an epoch's work may be lost. Null where no checkpoint is to be
    /// written.</summary>
    private FolderLock? TakeFolder()
    {
        if (Options.Checkpoint is not { } checkpoint)
            return null;
        FolderLock? taken = null;
        try
        {
            taken = FolderLock.Take(checkpoint.Folder);
            if (taken is not null)
                CheckpointFile.Try(checkpoint.Folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            taken?.Dispose();
            throw _host.Except(error,
                $"TrainingOptions.Checkpoint: a checkpoint cannot be written to '{checkpoint.Folder}': " +
                $"{error.Message}");
        }
        return taken
            ?? throw _host.Except(
                "TrainingOptions.Checkpoint: another fit, of this process or of another, is writing its checkpoints " +
                $"to '{checkpoint.Folder}'. " +
            "Wait until it has ended, or give each fit its own folder.");
    }

    private CheckpointFile? Find()
    {
        if (Options.ResumeFrom is not { } folder)
            return null;
        string path = CheckpointFile.PathIn(folder);
        if (!File.Exists(path))
        {
            if (Options.Checkpoint is not { } own
                || Path.GetFullPath(CheckpointFile.PathIn(own.Folder)) != Path.GetFullPath(path))
                throw _host.Except(
                    $"TrainingOptions.ResumeFrom is '{folder}', and there is no checkpoint '{path}'. Give the folder " +
                    "of one, or leave it out.");
            _channel.Info($"There is no checkpoint '{path}' yet: the fit starts from the beginning.");
            return null;
        }
        if (RegularFile.OtherKind(path) is { } kind)
            throw _host.Except(
                $"The checkpoint '{path}' is {kind}, not a regular file. Remove it, or leave out " +
                "TrainingOptions.ResumeFrom.");
        try
        {
            return CheckpointFile.Open(folder);
        }
        catch (Exception error) when (error is FormatException or EndOfStreamException)
        {
            throw Unreadable(error, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw _host.Except(error,
                $"The checkpoint '{path}' cannot be opened: {error.Message} Give this process the right to read it, " +
                "or leave out TrainingOptions.ResumeFrom.");
        }
    }

    /// <summary>
    /// The most common difference: a fit that is to be longer. The number of epochs decides the learning rate of each.
    /// </summary>
    private static string OtherLength(string path, TrainingOptions here, TrainingOptions there)
    {
        string begun = $"The checkpoint '{path}' is from a fit of " +
            (there.Updates is null ? Length(there) : $"{Length(there)} in {there.ChosenEpochs} epochs");
        if (there.Updates is not null && here.Updates == there.Updates)
        {
            string other = here.BatchSize == there.BatchSize ? "the number of rows to train on is another one"
                : $"training.batchSize is {here.BatchSize} here and {there.BatchSize} there";
            return $"{begun}, and here as many take {here.ChosenEpochs}: {other}. {Remedy}";
        }
        return $"{begun}, and {Option(here)} is {Count(here)}. Resuming completes the fit that was begun; it does " +
            $"not make it longer or shorter. Set {Option(there)} to {Count(there)} to complete it, or leave out " +
            $"TrainingOptions.ResumeFrom to start a new fit of {Length(here)}.";

        static string Length(TrainingOptions of) => $"{Count(of)} {(of.Updates is null ? "epochs" : "updates")}";

        static string Option(TrainingOptions of) =>
            $"TrainingOptions.{(of.Updates is null ? nameof(of.Epochs) : nameof(of.Updates))}";

        static int Count(TrainingOptions of) => of.Updates ?? of.ChosenEpochs;
    }

    private Exception Unreadable(Exception error, string path) =>
        _host.Except(error, $"The checkpoint '{path}' cannot be read: {error.Message}");
}
