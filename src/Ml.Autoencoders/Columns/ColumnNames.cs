using System.Text.Json.Serialization;
using Ml.Autoencoders.Anomalies;

namespace Ml.Autoencoders.Columns;

/// <summary>The columns of a stage: what it reads, and what it writes where a name is given.</summary>
internal sealed record ColumnNames(string Input, string? Code, string? Reconstruction = null, string? Error = null)
{
    /// <summary>What reconstructions are called where no name was given.</summary>
    public const string DefaultReconstruction = "Reconstruction";

    /// <summary>The key column that conditions encoder and decoder.</summary>
    public string? Condition { get; init; }

    /// <summary>The vector column that is reconstructed instead of the input; read in the fit only.</summary>
    public string? Target { get; init; }

    public string? FeatureErrors { get; init; }

    /// <summary>Whether score and predicted label of an anomaly detector are written, under the names that ML.NET has for them.</summary>
    public bool Detects { get; init; }

    public string? LogVariance { get; init; }

    public string? Sample { get; init; }

    public string? EvidenceLowerBound { get; init; }

    public string? CodeIndices { get; init; }

    /// <summary>The names of the columns that are written.</summary>
    public IEnumerable<string> Outputs() =>
        new[] { Detects ? Detection.ScoreName : null, Detects ? Detection.PredictedLabelName : null, Code, Reconstruction, Error, FeatureErrors, LogVariance, Sample, EvidenceLowerBound, CodeIndices }.OfType<string>();

    /// <summary>A column that compares a row with its reconstruction, and the option that names it; null where there is none.</summary>
    [JsonIgnore]
    public (string Option, string Column)? Compared => (Error, FeatureErrors, EvidenceLowerBound) switch
    {
        ({ } column, _, _) => ("ErrorColumnName", column),
        (_, { } column, _) => ("FeatureErrorsColumnName", column),
        (_, _, { } column) => ("EvidenceLowerBoundColumnName", column),
        _ => null,
    };

    /// <exception cref="ArgumentException">A name is empty, or two outputs have the same one.</exception>
    public void Check(string where)
    {
        foreach ((string option, _, string? name) in Named())
        {
            if (Fault(name) is { } fault)
                throw new ArgumentException($"{where}: {option} {fault}");
        }
        if (Outputs().GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"{where}: two output columns are named '{twice.Key}'; each needs its own name.");
        if (Condition is not null && Condition == Target)
            throw new ArgumentException($"{where}: ConditionColumnName and TargetColumnName are both '{Target}'; one is a key column, the other a vector.");
        if (Target == Input)
            throw new ArgumentException($"{where}: TargetColumnName is '{Input}', the column that is encoded; leave it out where a row is to be reconstructed from itself.");
        if (Target is not null && Compared is { } compared)
        {
            throw new ArgumentException($"{where}: {compared.Option} is '{compared.Column}', and compares a row with its reconstruction; " +
                $"with TargetColumnName set to '{Target}' the two are different things.");
        }
        if (Condition == Input)
            throw new ArgumentException($"{where}: ConditionColumnName is '{Input}', the column that is encoded; it must be a key column of its own.");
    }

    /// <summary>The same of names that stand in a file.</summary>
    /// <exception cref="FormatException">A name is empty, or two outputs or two columns that are read have the same
    /// one.</exception>
    public void Check(Place place)
    {
        var outputs = new HashSet<string>(Detects ? [Detection.ScoreName, Detection.PredictedLabelName] : [],
            StringComparer.Ordinal);
        foreach ((_, string entry, string? name) in Named())
        {
            if (Fault(name) is { } fault)
                throw place.Error(entry, fault);
            if (name is not null && entry is not (nameof(Input) or nameof(Condition) or nameof(Target))
                && !outputs.Add(name))
                throw place.Error(entry, $"is '{name}', as another output column is; each needs its own name.");
        }
        if (Condition is not null && (Condition == Target || Condition == Input))
            throw place.Error(nameof(Condition),
                $"is '{Condition}', as another column that is read; it must be a key column of its own.");
        if (Target == Input)
            throw place.Error(nameof(Target), $"is '{Target}', as the column that is encoded; it must be another.");
    }

    private static string? Fault(string? name) => name is null ? null : Require.TextFault(name, Limits.Name);

    /// <summary>Each name, the argument or option that gives it, and its entry in a file.</summary>
    private IEnumerable<(string Option, string Entry, string? Name)> Named() =>
    [
        (Detects ? "featureColumnName" : "inputColumnName", nameof(Input), Input),
        (Detects ? "CodeColumnName" : "outputColumnName", nameof(Code), Code),
        ("ReconstructionColumnName", nameof(Reconstruction), Reconstruction),
        ("ErrorColumnName", nameof(Error), Error),
        ("ConditionColumnName", nameof(Condition), Condition),
        ("TargetColumnName", nameof(Target), Target),
        ("FeatureErrorsColumnName", nameof(FeatureErrors), FeatureErrors),
        ("LogVarianceColumnName", nameof(LogVariance), LogVariance),
        ("SampleColumnName", nameof(Sample), Sample),
        ("EvidenceLowerBoundColumnName", nameof(EvidenceLowerBound), EvidenceLowerBound),
        ("CodeIndicesColumnName", nameof(CodeIndices), CodeIndices),
    ];
}
