using Microsoft.ML.Runtime;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Persistence;
using Ml.Autoencoders.Training;
using static System.FormattableString;

namespace Ml.Autoencoders.Estimators;

/// <summary>Checks that the file of a fit will be readable, before there is anything to lose.</summary>
internal static class FitFiles
{
    /// <summary>
    /// What is known only at the end of the fit: ranges, scores, and in a checkpoint the states of generators.
    /// </summary>
    private const int Rest = 1 << 20;

    /// <summary>How many rows had it.</summary>
    private const int BytesPerLabel = 20;

    /// <exception cref="InvalidOperationException">The description would be longer than one that is read.</exception>
    public static void RequireReadable(IHost host, Recipe recipe, ModelDefinition definition)
    {
        long bytes = MaxBytes(recipe, definition, Json(recipe, definition));
        if (bytes <= ModelJson.MaxBytes)
            return;
        throw host.Except(TooLong(bytes, definition.Condition?.Labels.Count ?? 0, recipe.Training));
    }

    /// <summary>What is said of a description of that many bytes. Where the number of epochs is unknown, they are not
    /// the cause.</summary>
    public static string TooLong(long bytes, int labels, TrainingOptions training)
    {
        string shorten = training.Epochs is { } epochs
            ? Invariant($", and the history of up to {epochs:N0} epochs. Lower TrainingOptions.") +
                $"{(training.Updates is null ? nameof(training.Epochs) : nameof(training.Updates))}, or shorten"
            : ". Shorten";
        return Invariant($"The model's description could take {bytes:N0} bytes, more than the ") +
            Invariant($"{ModelJson.MaxBytes:N0} that are read: it has {labels:N0} labels{shorten} the labels.");
    }

    /// <summary>A file that takes more than a process allows by default can still be read, once the limit is
    /// raised.</summary>
    public static void WarnIfLarge(IChannel channel, Recipe recipe, ModelDefinition definition)
    {
        long bytes = MaxRead(recipe, definition);
        long most = AutoencoderFiles.MaxUnpackedBytes;
        if (bytes <= most)
            return;
        channel.Warning(
            Invariant($"The model's file may take {bytes:N0} bytes when it is read; ") +
            Invariant($"at most {most:N0} are allowed by default. ") +
            "To load the model, set AutoencoderFiles.MaxUnpackedBytes higher.");
    }

    /// <summary>The most of what a reader counts: entries together, and the memory that each takes.</summary>
    private static long MaxRead(Recipe recipe, ModelDefinition definition)
    {
        byte[] json = Json(recipe, definition);
        (string Name, long[] Shape)[] tensors = [.. WeightsFile.Tensors(definition)];
        long header = SafeTensorsWriter.HeaderLength(tensors);
        long numbers = tensors.Sum(tensor => tensor.Shape.Aggregate(1L, (product, size) => product * size));
        long values = (long)LeastEpochs(recipe) * HistoryConverter.MaxValuesPerEpoch
            + (recipe.Columns.Detects ? ReferenceScores.Most : 0);
        return new[]
        {
            MaxBytes(recipe, definition, json) + header + numbers * sizeof(float),
            DescriptionSurvey.RoomOf(json) + values * DescriptionSurvey.BytesPerValue,
            header * SafeTensorsReader.RoomPerHeaderByte,
        }.Max();
    }

    /// <summary>The description without what the fit adds to it.</summary>
    private static byte[] Json(Recipe recipe, ModelDefinition definition) => ModelJson.Write(new ModelDescription(
        ModelDescription.CurrentVersion, recipe.Columns, definition, recipe.Training, History: []));

    /// <summary>The number of epochs is unknown until rows are counted; it is at least 1.</summary>
    private static int LeastEpochs(Recipe recipe) => recipe.Training.Epochs ?? 1;

    /// <summary>How long it may be with all that.</summary>
    private static long MaxBytes(Recipe recipe, ModelDefinition definition, byte[] json) => json.LongLength
        + (long)LeastEpochs(recipe) * HistoryConverter.MaxBytesPerEpoch
        + (long)(definition.Condition?.Labels.Count ?? 0) * BytesPerLabel + Rest;
}
