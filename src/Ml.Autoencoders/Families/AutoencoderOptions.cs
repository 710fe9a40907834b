using System.Collections.Immutable;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Columns;

namespace Ml.Autoencoders;

/// <summary>What every family of autoencoders can be told.</summary>
public abstract record AutoencoderOptions : AutoencoderModelOptions
{
    private protected AutoencoderOptions(Corruption? corruption = null)
        : base(corruption)
    {
    }

    /// <summary>
    /// A column for the reconstruction error of each row, a Single: the <see cref="AutoencoderModelOptions.Loss"/> of
    /// the row, the mean over its slots, in the units that the network sees (those of
    /// <see cref="AutoencoderModelOptions.Scaling"/>).
    /// </summary>
    /// <value>The default is null: no such column.</value>
    public string? ErrorColumnName { get; init; }

    /// <summary>
    /// A vector column of what has to be reconstructed, where that is not what is encoded: clean rows for noisy ones,
    /// large pictures for small ones. It may have another size, is scaled on its own, and is read in the fit only.
    /// </summary>
    /// <value>The default is null: a row is reconstructed from itself.</value>
    public string? TargetColumnName { get; init; }

    private protected override ColumnNames Columns(string input, string? code) =>
        new(input, code, ReconstructionColumnName, ErrorColumnName)
        {
            Condition = ConditionColumnName,
            Target = TargetColumnName,
            FeatureErrors = FeatureErrorsColumnName,
            CodeColumns = CodeColumns.Where(column => column.Column is not null).ToImmutableSortedDictionary(
                column => column.Name, column => column.Column!, StringComparer.Ordinal),
        };

    /// <summary>
    /// What the columns are called that the kind of code has beside the code, by <see cref="CodeColumn.Name"/>.
    /// </summary>
    private protected virtual IEnumerable<(string Name, string? Column)> CodeColumns => [];
}
