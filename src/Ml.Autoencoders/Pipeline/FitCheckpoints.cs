using Microsoft.ML.Runtime;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Persistence;
using Ml.Autoencoders.Training;

namespace Ml.Autoencoders.Pipeline;

/// <summary>The checkpoints of a fit: the one that it goes on from, and those that it writes.</summary>
internal sealed class FitCheckpoints : IDisposable
{
    private readonly IHost _host;
    private readonly Recipe _recipe;
    private readonly CheckpointFile? _from;
    private FitIdentity? _fit;

    /// <exception cref="InvalidOperationException">The checkpoint to go on from is not there, or cannot be read.</exception>
    public FitCheckpoints(IHost host, IChannel channel, Recipe recipe)
    {
        _host = host;
        _recipe = recipe;
        _from = Find(channel);
    }

    /// <summary>The seed of the checkpoint that the fit goes on from; null where it starts anew.</summary>
    public int? Seed => _from?.Fit.Seed;

    private TrainingOptions Options => _recipe.Training;

    /// <summary>Says what fit it is.</summary>
    public void Bind(ModelDefinition definition, int seed, string rows) => _fit = new FitIdentity(_recipe.Columns, definition, Options, seed, rows);

    /// <summary>Puts the trainer where the checkpoint was written, if there is one.</summary>
    /// <exception cref="InvalidOperationException">It is one of another fit.</exception>
    public void Resume(Trainer trainer, IChannel channel)
    {
        if (_from is null)
            return;
        string path = CheckpointFile.PathIn(Options.ResumeFrom!);
        if (_fit!.DifferenceFrom(_from.Fit) is { } difference)
        {
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
        channel.Info($"The fit goes on from '{path}'.");
    }

    public void Write(Trainer trainer) => CheckpointFile.Write(Options.Checkpoint!.Folder, _fit!, trainer);

    public void Dispose() => _from?.Dispose();

    private CheckpointFile? Find(IChannel channel)
    {
        if (Options.ResumeFrom is not { } folder)
            return null;
        string path = CheckpointFile.PathIn(folder);
        if (!File.Exists(path))
        {
            if (Options.Checkpoint is not { } own || Path.GetFullPath(CheckpointFile.PathIn(own.Folder)) != Path.GetFullPath(path))
                throw _host.Except($"TrainingOptions.ResumeFrom is '{folder}', and there is no checkpoint '{path}'. Give the folder of one, or leave it out.");
            channel.Info($"There is no checkpoint '{path}' yet: the fit starts anew.");
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

    private Exception Unreadable(Exception error, string path) =>
        _host.Except(error, $"The checkpoint '{path}' cannot be read: {error.Message}");
}
