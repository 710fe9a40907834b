using System.Text.Json.Serialization;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Definitions;

namespace Ml.Autoencoders.Persistence;

/// <summary>Everything about a fitted stage that is not a tensor: the JSON part of a model file.</summary>
/// <param name="Version">Of this form.</param>
/// <param name="Columns">What it reads and writes.</param>
/// <param name="Model">What it computes.</param>
/// <param name="Training">How it was trained.</param>
/// <param name="History">The epochs of that.</param>
/// <param name="Seed">The seed that the fit drew from, and that samples of codes draw from.</param>
internal sealed record ModelDescription(
    int Version,
    ColumnNames Columns,
    ModelDefinition Model,
    TrainingOptions Training,
    IReadOnlyList<TrainingEpoch> History,
    int Seed = 0)
{
    /// <summary>How it detects anomalies; null for a stage that encodes.</summary>
    public Detection? Detection { get; init; }

    /// <summary>What the input column was in the fit; null in files of version 1.</summary>
    public TrainedInput? TrainedInput { get; init; }

    /// <summary>The same where rows can lie far outside of it; null where they are keys.</summary>
    [JsonIgnore]
    public TrainedInput? Watched => Model.Network.Tokens is null ? TrainedInput : null;

    /// <summary>Checks that each part is valid, and fits the others. What a fit makes is so by construction; a file may
    /// hold anything.</summary>
    /// <exception cref="FormatException">One is not, or does not. The message names the entry, its value and what it
    /// must be.</exception>
    public void Check()
    {
        Place columns = Place.Entry("columns");
        Columns.Check(columns);
        Model.Check(Place.Entry("model"));
        Training.Check(Place.Entry("training"));
        CheckHistory();
        CheckColumns(columns);
        CheckDetection(columns, Place.Entry("detection"));
        TrainedInput?.Check(Place.Entry("trainedInput"));
    }

    /// <summary>The version that is written. A reader refuses newer ones.</summary>
    public const int CurrentVersion = 7;

    private void CheckHistory()
    {
        int before = 0;
        for (int i = 0; i < History.Count; i++)
        {
            Place entry = Place.Entry("history").At(i);
            // A JSON list can hold null, whatever its type says.
            TrainingEpoch epoch = History[i] ?? throw entry.Fault("the list holds null where an epoch must be.");
            epoch.Check(entry);
            if (epoch.Epoch <= before)
                throw entry.Error(nameof(epoch.Epoch),
                    $"is {epoch.Epoch}; it must be above {before}, the one before it.");
            before = epoch.Epoch;
        }
    }

    /// <summary>Columns belong to what the model has.</summary>
    private void CheckColumns(Place place)
    {
        if ((Columns.Condition is null) != (Model.Condition is null))
            throw place.Error(nameof(Columns.Condition),
                $"is {Shown(Columns.Condition)}; the model has {(Model.Condition is null ? "no condition" : "one")}.");
        if (Columns.Target is not null && Model.Target is null)
            throw place.Error(nameof(Columns.Target),
                $"is {Shown(Columns.Target)}; the model reconstructs what it encodes.");
        if (Columns.Target is null && Model.Target is not null && !Model.Corruption.Reduces)
            throw place.Error(nameof(Columns.Target),
                "is null; the model reconstructs a column other than the one it encodes.");
        if (Model.Target is not null)
        {
            RequireNone(place, nameof(Columns.Error), Columns.Error, "is reconstructed from itself");
            RequireNone(place, nameof(Columns.FeatureErrors), Columns.FeatureErrors, "is reconstructed from itself");
            RequireNone(place, nameof(Columns.ColumnErrors), Columns.ColumnErrors, "is reconstructed from itself");
            RequireNone(place, nameof(Columns.EvidenceLowerBound), Columns.EvidenceLowerBound,
                "is reconstructed from itself");
        }
        if (!Model.GivesReasons)
            RequireNone(place, nameof(Columns.Reasons), Columns.Reasons, "gives reasons");
        if (Columns.Reasons is not null && Detection is null)
            throw place.Error(nameof(Columns.Reasons), $"is {Shown(Columns.Reasons)}; only a detector has reasons.");
        if (Columns.Imputed is not null && (!Model.Network.TakesGaps || Model.Target is not null))
            throw place.Error(nameof(Columns.Imputed), $"is {Shown(Columns.Imputed)}; only a model that takes rows " +
                "with gaps, and reconstructs them from themselves, has such a column.");
        if (!Model.Bottleneck.HasPosterior)
        {
            RequireNone(place, nameof(Columns.Sample), Columns.Sample, "has a code that is a random variable");
        }
        if (!Model.Objective.MeasuresProbability)
        {
            RequireNone(place, nameof(Columns.EvidenceLowerBound), Columns.EvidenceLowerBound,
                "is measured by its probability");
        }
        if (!Model.Score.HaveCode())
            RequireNone(place, nameof(Columns.CodePart), Columns.CodePart, "is scored by its code");
        if (Columns.HiddenWish is { } wish && Model.Network.HiddenFault(Columns.HoldsRow) is { } fault)
            throw place.Error(wish.Entry, $"is {wish.Value}, and {fault}");
        string[] known = [.. Model.Bottleneck.Columns(Model.Network.CodeSize).Select(column => column.Name)];
        foreach ((string name, string column) in Columns.CodeColumns)
        {
            if (!known.Contains(name, StringComparer.Ordinal))
                throw place.Part(nameof(Columns.CodeColumns)).Error(name,
                    $"is {Shown(column)}; the model's codes have no such column.");
        }
    }

    /// <summary>It either encodes or detects anomalies.</summary>
    private void CheckDetection(Place columns, Place detection)
    {
        if (Columns.Detects != (Detection is not null))
            throw columns.Error(nameof(Columns.Detects),
                $"is {(Columns.Detects ? "true" : "false")}; detection is {(Detection is null ? "null" : "there")}.");
        if (Model.Score != default && (Detection is null || Model.Objective.MeasuresProbability))
            throw Place.Entry("model").Error(nameof(Model.Score),
                $"is {Model.Score}; only a detector whose codes are not random variables has such a score.");
        if (Model.WindowScore != default && Detection is null)
            throw Place.Entry("model").Error(nameof(Model.WindowScore),
                $"is {Model.WindowScore}; only a detector scores rows.");
        if (Columns.PValue is not null && Detection?.Reference is null)
            throw columns.Error(nameof(Columns.PValue), $"is {Shown(Columns.PValue)}; detection.reference is null, " +
                "and must hold the scores that p-values come from.");
        if (Detection is null)
        {
            if (Columns.Code is null)
                throw columns.Error(nameof(Columns.Code), "is null; a stage that encodes needs a column for codes.");
            return;
        }
        Detection.Check(detection);
        if (Columns.HiddenWish is { } wish)
            throw columns.Error(wish.Entry, $"is {wish.Value}; a detector writes no hidden activations.");
        if (Model.Target is not null)
            throw detection.Fault("the model does not reconstruct what it encodes, and a detector has to.");
        if (Model.Objective.MeasuresProbability && Model.Objective.Prior != CodePrior.Normal)
            throw detection.Fault(
                "the model's prior is not the standard normal one, which that of a detector has to be.");
        if ((Detection.Draws > 0) != Model.Objective.MeasuresProbability)
        {
            string needed = Model.Objective.MeasuresProbability
                ? "above 0, for codes that are random variables" : "0, for codes that are not random variables";
            throw detection.Error(nameof(Detection.Draws),
                FormattableString.Invariant($"is {Detection.Draws}; it must be {needed}."));
        }
    }

    private static void RequireNone(Place place, string name, string? column, string needed)
    {
        if (column is not null)
            throw place.Error(name, $"is {Shown(column)}; only a row that {needed} has such a column.");
    }

    private static string Shown(string? column) => column is null ? "null" : $"'{column}'";
}
