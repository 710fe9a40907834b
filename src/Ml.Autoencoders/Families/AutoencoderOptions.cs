using System.Collections.Immutable;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Columns;

namespace Ml.Autoencoders;

/// <summary>The options that every family of autoencoders has.</summary>
public abstract record AutoencoderOptions : AutoencoderModelOptions
{
    private protected AutoencoderOptions(Corruption? corruption = null)
        : base(corruption)
    {
    }

    /// <summary>
    /// A column for the reconstruction error of each row, a Single: the <see cref="AutoencoderModelOptions.Loss"/> of
    /// the row, the mean over its slots, in the units of the network's input (those of
    /// <see cref="AutoencoderModelOptions.Scaling"/>).
    /// </summary>
    /// <value>The default is null: no such column.</value>
    public string? ErrorColumnName { get; init; }

    /// <summary>
    /// A vector column to reconstruct instead of the input column: clean rows for noisy ones, large pictures for small
    /// ones. It may have another size, is scaled separately, and is read only in the fit.
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
    /// The names of the columns that the kind of code has in addition to the code, by <see cref="CodeColumn.Name"/>.
    /// </summary>
    private protected virtual IEnumerable<(string Name, string? Column)> CodeColumns => [];
}
