namespace Ml.Autoencoders.Columns;

/// <summary>The columns of a stage: what it reads, and what it writes where a name is given.</summary>
internal sealed record ColumnNames(string Input, string Code, string? Reconstruction = null, string? Error = null)
{
    /// <summary>The key column that conditions encoder and decoder.</summary>
    public string? Condition { get; init; }

    public string? LogVariance { get; init; }

    public string? Sample { get; init; }

    public string? EvidenceLowerBound { get; init; }

    public string? CodeIndices { get; init; }

    /// <summary>The names of the columns that are written.</summary>
    public IEnumerable<string> Outputs() =>
        new[] { Code, Reconstruction, Error, LogVariance, Sample, EvidenceLowerBound, CodeIndices }.OfType<string>();

    /// <exception cref="ArgumentException">A name is empty, or two outputs have the same one.</exception>
    public void Check(string where)
    {
        foreach (string name in Outputs().Append(Input).Append(Condition ?? Input))
        {
            if (string.IsNullOrWhiteSpace(name))
                throw new ArgumentException($"{where}: a column name is empty or white space.");
        }
        if (Outputs().GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"{where}: two output columns are named '{twice.Key}'; each needs its own name.");
        if (Condition == Input)
            throw new ArgumentException($"{where}: ConditionColumnName is '{Input}', the column that is encoded; it must be a key column of its own.");
    }
}
