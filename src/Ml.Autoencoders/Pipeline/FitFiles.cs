using Microsoft.ML.Runtime;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Persistence;
using static System.FormattableString;

namespace Ml.Autoencoders.Pipeline;

/// <summary>Whether what a fit writes in the end can be read again: asked before there is anything to lose.</summary>
internal static class FitFiles
{
    /// <summary>What is known at the end of the fit only: ranges, and in a checkpoint the states of generators.</summary>
    private const int Rest = 1 << 20;

    /// <summary>How many rows had it.</summary>
    private const int BytesPerLabel = 20;

    /// <exception cref="InvalidOperationException">The description would be longer than one that is read.</exception>
    public static void RequireReadable(IHost host, Recipe recipe, ModelDefinition definition)
    {
        var description = new ModelDescription(
            ModelDescription.CurrentVersion, recipe.Columns, definition, recipe.Training, History: []);
        int labels = definition.Condition?.Labels.Count ?? 0;
        int epochs = recipe.Training.Epochs;
        long bytes = ModelJson.Write(description).LongLength
            + (long)epochs * HistoryConverter.MostBytesPerEpoch + (long)labels * BytesPerLabel + Rest;
        if (bytes <= ModelJson.MostBytes)
            return;
        throw host.Except(
            Invariant($"The model's description could take {bytes:N0} bytes, more than the {ModelJson.MostBytes:N0} ") +
            Invariant($"that are read: it has {labels:N0} labels, and the history of up to {epochs:N0} epochs. ") +
            "Lower TrainingOptions.Epochs, or shorten the labels.");
    }

    /// <summary>A file that is larger than a process takes by default can be read all the same, once it is told
    /// to.</summary>
    public static void WarnIfLarge(IChannel channel, ModelDefinition definition)
    {
        IEnumerable<ParameterSpec> parameters = definition.Network.Parameters().Concat(definition.OtherParameters());
        long bytes = parameters.Sum(parameter => parameter.Count) * sizeof(float);
        long most = AutoencoderFiles.MaxUnpackedBytes;
        if (bytes <= most)
            return;
        channel.Warning(
            Invariant($"The model's numbers take {bytes:N0} bytes; a file may unpack to {most:N0} where nobody says more. ") +
            "Who loads the model has to set AutoencoderFiles.MaxUnpackedBytes higher.");
    }
}
