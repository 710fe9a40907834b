using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Definitions;

namespace Ml.Autoencoders.Columns;

/// <summary>The columns of a stage: what it reads, and what it writes where a name is given.</summary>
internal sealed record ColumnNames(string Input, string? Code, string? Reconstruction = null, string? Error = null)
{
    /// <summary>What reconstructions are called where no name was given.</summary>
    public const string DefaultReconstruction = "Reconstruction";

    /// <summary>What hidden activations are called where no name was given.</summary>
    public const string DefaultHidden = "Hidden";

    private const string HiddenOption = "HiddenColumnName";

    /// <summary>The key column that conditions encoder and decoder.</summary>
    public string? Condition { get; init; }

    /// <summary>The vector column that is reconstructed instead of the input; read in the fit only.</summary>
    public string? Target { get; init; }

    public string? FeatureErrors { get; init; }

    /// <summary>The column of the errors by column of the table; not in files before version 6.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ColumnErrors { get; init; }

    /// <summary>The column of reasons; not in files before version 6.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reasons { get; init; }

    /// <summary>The column of rows with their gaps filled; not in files before version 5.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Imputed { get; init; }

    /// <summary>What the column <see cref="Code"/> holds; not in files before version 4.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public StageOutput Output { get; init; }

    /// <summary>The column of hidden activations; not in files before version 4.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Hidden { get; init; }

    /// <summary>The column of the code's part in a score; not in files before version 5.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CodePart { get; init; }

    /// <summary>The column of the p-values of scores; not in files before version 5.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PValue { get; init; }

    /// <summary>
    /// Whether score and predicted label of an anomaly detector are written, under the names that ML.NET has for them.
    /// </summary>
    public bool Detects { get; init; }

    public string? Sample { get; init; }

    public string? EvidenceLowerBound { get; init; }

    /// <summary>
    /// The names of the columns that the kind of code has besides the code, by <see cref="CodeColumn.Name"/>.
    /// </summary>
    public ImmutableSortedDictionary<string, string> CodeColumns { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>What model files of version 1 have instead; not written.</summary>
    [JsonInclude, JsonPropertyName("logVariance"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal string? FormerLogVariance { get => null; init => CodeColumns = With("LogVariance", value); }

    /// <inheritdoc cref="FormerLogVariance"/>
    [JsonInclude, JsonPropertyName("codeIndices"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal string? FormerCodeIndices { get => null; init => CodeColumns = With("CodeIndices", value); }

    /// <summary>The same with one more column of the code's kind, where it has a name.</summary>
    public ImmutableSortedDictionary<string, string> With(string codeColumn, string? name) =>
        name is null ? CodeColumns : CodeColumns.SetItem(codeColumn, name);

    /// <summary>
    /// A column that compares a row with its reconstruction, and the option that names it; null where there is none.
    /// </summary>
    [JsonIgnore]
    public (string Option, string Column)? Compared => (Error, FeatureErrors ?? ColumnErrors, EvidenceLowerBound) switch
    {
        ({ } column, _, _) => ("ErrorColumnName", column),
        (_, { } column, _) =>
            (FeatureErrors is null ? "ColumnErrorsColumnName" : "FeatureErrorsColumnName", column),
        (_, _, { } column) => ("EvidenceLowerBoundColumnName", column),
        _ => null,
    };

    /// <summary>What asks for hidden activations: the option, its entry in a file, and its value; null where nothing
    /// does.</summary>
    [JsonIgnore]
    public (string Option, string Entry, string Value)? HiddenWish =>
        Output != StageOutput.Code ? (nameof(Output), nameof(Output), $"{Output}")
        : Hidden is { } name ? (HiddenOption, nameof(Hidden), $"'{name}'")
        : null;

    /// <summary>Whether the column <see cref="Code"/> holds the row, too.</summary>
    [JsonIgnore]
    public bool HoldsRow => Output == StageOutput.RowAndHiddenActivations;

    /// <summary>Checks the columns that options or a file give.</summary>
    /// <exception cref="ArgumentException">Options give an invalid name, or two columns one name.</exception>
    /// <exception cref="FormatException">A file does.</exception>
    public void Check(Place place)
    {
        foreach ((string column, string? name) in CodeColumns)
        {
            // A JSON object can hold null, whatever its type says.
            if (name is null)
                throw place.Part(nameof(CodeColumns)).Error(column, "is null; it must be the name of a column.");
        }
        Require.Defined(Output, place, nameof(Output));
        var outputs = new HashSet<string>(Detects ? [Detection.ScoreName, Detection.PredictedLabelName] : [],
            StringComparer.Ordinal);
        foreach ((_, string entry, string? name) in Named())
        {
            if (name is null)
                continue;
            if (Require.TextFault(name, Limits.Name) is { } fault)
                throw Wrong(place, entry, fault);
            if (entry is not (nameof(Input) or nameof(Condition) or nameof(Target)) && !outputs.Add(name))
                throw Wrong(place, entry, $"is '{name}', as another output column is; each needs its own name.");
        }
        CheckRead(place);
    }

    /// <summary>Each is read for one purpose.</summary>
    private void CheckRead(Place place)
    {
        if (Target is not null && Target == Input)
            throw Wrong(place, nameof(Target), $"is '{Target}', the column that is encoded; " +
                "leave it out where a row is to be reconstructed from itself.");
        if (Condition is not null && (Condition == Input || Condition == Target))
            throw Wrong(place, nameof(Condition), $"is '{Condition}', the column that is " +
                $"{(Condition == Input ? "encoded" : "reconstructed")}; it must be a separate key column.");
        if (Target is not null && Imputed is not null)
            throw Wrong(place, nameof(Imputed), $"is '{Imputed}', and fills a row from its reconstruction; " +
                $"where '{Target}' is reconstructed, the two are different things.");
        if (Target is not null && Compared is { } compared)
        {
            string entry = Named().First(name => name.Option == compared.Option).Entry;
            throw Wrong(place, entry, $"is '{compared.Column}', and compares a row with its reconstruction; " +
                $"where '{Target}' is reconstructed, the two are different things.");
        }
    }

    /// <summary>The exception for a name: a file has it in an entry, a caller gave it as an option.</summary>
    private Exception Wrong(Place place, string entry, string fault) => place.IsEntry
        ? place.Error(entry, fault)
        : place.Fault($"{Named().First(name => name.Entry == entry).Option} {fault}");

    /// <summary>Each name, the argument or option that gives it, and its entry in a file.</summary>
    private IEnumerable<(string Option, string Entry, string? Name)> Named() =>
    [
        (Detects ? "featureColumnName" : "inputColumnName", nameof(Input), Input),
        (Detects ? "CodeColumnName" : "outputColumnName", nameof(Code), Code),
        ("ReconstructionColumnName", nameof(Reconstruction), Reconstruction),
        ("ImputedColumnName", nameof(Imputed), Imputed),
        ("ErrorColumnName", nameof(Error), Error),
        ("ConditionColumnName", nameof(Condition), Condition),
        ("TargetColumnName", nameof(Target), Target),
        ("FeatureErrorsColumnName", nameof(FeatureErrors), FeatureErrors),
        ("ColumnErrorsColumnName", nameof(ColumnErrors), ColumnErrors),
        ("ReasonsColumnName", nameof(Reasons), Reasons),
        ("CodePartColumnName", nameof(CodePart), CodePart),
        ("PValueColumnName", nameof(PValue), PValue),
        (HiddenOption, nameof(Hidden), Hidden),
        ("SampleColumnName", nameof(Sample), Sample),
        ("EvidenceLowerBoundColumnName", nameof(EvidenceLowerBound), EvidenceLowerBound),
        .. CodeColumns.Select(column => (CodeColumn.OptionOf(column.Key), column.Key, (string?)column.Value)),
    ];
}
