using Microsoft.ML.Runtime;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Persistence;
using Ml.Autoencoders.Training;

namespace Ml.Autoencoders.Pipeline;

/// <summary>The checkpoints of a fit: the one that it goes on from, and those that it writes.</summary>
internal sealed class FitCheckpoints : IDisposable
{
    private readonly IHost _host;
    private readonly IChannel _channel;
    private readonly Recipe _recipe;
    private readonly CheckpointFile? _from;
    private FitIdentity? _fit;

    /// <exception cref="InvalidOperationException">The checkpoint to go on from is not there, or cannot be read; or none can be written.</exception>
    public FitCheckpoints(IHost host, IChannel channel, Recipe recipe)
    {
        _host = host;
        _channel = channel;
        _recipe = recipe;
        RequireWritableFolder();
        _from = Find();
    }

    /// <summary>The seed of the checkpoint that the fit goes on from; null where it starts anew.</summary>
    public int? Seed => _from?.Fit.Seed;

    private TrainingOptions Options => _recipe.Training;

    /// <summary>Says what fit it is.</summary>
    public void Bind(ModelDefinition definition, int seed, string rows) => _fit = new FitIdentity(_recipe.Columns, definition, Options, seed, rows);

    /// <summary>Puts the trainer where the checkpoint was written, if there is one.</summary>
    /// <exception cref="InvalidOperationException">It is one of another fit.</exception>
    public void Resume(Trainer trainer)
    {
        if (_from is null)
            return;
        string path = CheckpointFile.PathIn(Options.ResumeFrom!);
        if (_fit!.DifferenceFrom(_from.Fit) is { } difference)
        {
            if (difference.StartsWith("training.epochs ", StringComparison.Ordinal))
                throw _host.Except(OtherEpochs(path, Options.Epochs, _from.Fit.Training.Epochs));
            throw _host.Except($"The checkpoint '{path}' is of another fit: {difference}. A fit goes on with the rows, columns and options that it " +
                "began with; give those, or leave out TrainingOptions.ResumeFrom.");
        }
        try
        {
            _from.Restore(trainer);
        }
        catch (FormatException error)
        {
            throw Unreadable(error, path);
        }
        // A file that is open cannot be replaced everywhere.
        _from.Dispose();
        _channel.Info($"The fit goes on from '{path}'.");
    }

    /// <summary>Writes down how far the fit is. It is worth more than a checkpoint: where one cannot be written, it goes on.</summary>
    public void Write(Trainer trainer)
    {
        string folder = Options.Checkpoint!.Folder;
        try
        {
            CheckpointFile.Write(folder, _fit!, trainer);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _channel.Warning($"The checkpoint '{CheckpointFile.PathIn(folder)}' cannot be written now; the last whole one stays, and the fit goes on: {error.Message}");
        }
    }

    public void Dispose() => _from?.Dispose();

    /// <summary>Else it would be found out when an epoch's work is there to be lost.</summary>
    private void RequireWritableFolder()
    {
        if (Options.Checkpoint is not { } checkpoint)
            return;
        try
        {
            CheckpointFile.Try(checkpoint.Folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw _host.Except(error, $"TrainingOptions.Checkpoint: a checkpoint cannot be written to '{checkpoint.Folder}': {error.Message}");
        }
    }

    private CheckpointFile? Find()
    {
        if (Options.ResumeFrom is not { } folder)
            return null;
        string path = CheckpointFile.PathIn(folder);
        if (!File.Exists(path))
        {
            if (Options.Checkpoint is not { } own || Path.GetFullPath(CheckpointFile.PathIn(own.Folder)) != Path.GetFullPath(path))
                throw _host.Except($"TrainingOptions.ResumeFrom is '{folder}', and there is no checkpoint '{path}'. Give the folder of one, or leave it out.");
            _channel.Info($"There is no checkpoint '{path}' yet: the fit starts anew.");
            return null;
        }
        try
        {
            return CheckpointFile.Open(folder);
        }
        catch (Exception error) when (error is FormatException or EndOfStreamException)
        {
            throw Unreadable(error, path);
        }
    }

    /// <summary>The commonest difference: a fit that is to be longer. The number of epochs decides the learning rate of each.</summary>
    private static string OtherEpochs(string path, int here, int there) =>
        $"The checkpoint '{path}' is of a fit of {there} epochs, and TrainingOptions.Epochs is {here}. Resuming completes the fit that was begun; it does not " +
        $"make it longer or shorter. Give {there} epochs to complete it, or leave out TrainingOptions.ResumeFrom to start a new fit of {here}.";

    private Exception Unreadable(Exception error, string path) =>
        _host.Except(error, $"The checkpoint '{path}' cannot be read: {error.Message}");
}
