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

    /// <summary>
    /// A column for the hidden activations of the encoder, a vector of Single: what each of its activation layers
    /// gives, from the row to the code, side by side. They are the most useful features for a linear
    /// classifier; a code is short, to be compared, drawn or decoded. What is itself the code is not among them.
    /// </summary>
    /// <value>The default is null: no such column. The encoder needs a hidden layer, which <c>Network.Dense()</c> does
    /// not have.</value>
    /// <remarks>Of pictures and sequences between convolutions each channel gives the means over a grid of cells, at
    /// most 4 x 4, and at most 4 along time. Slots are named after the column, the layer and the activation:
    /// <c>Hidden1.0</c>, <c>Hidden1.1</c>, ..., <c>Hidden2.0</c>. A composed layer (<c>Residual</c>, <c>PerStep</c>)
    /// with an activation in it counts as one.</remarks>
    public string? HiddenColumnName { get; init; }

    /// <summary>What the output column of the stage holds. Whatever it is,
    /// <see cref="AutoencoderTransformer.Encode(float[], string?)"/> gives codes.</summary>
    /// <value>The default is <see cref="StageOutput.Code"/>. The others need an encoder with a hidden layer.</value>
    /// <remarks>Slots are named as those of <see cref="HiddenColumnName"/>. With
    /// <see cref="StageOutput.RowAndHiddenActivations"/> those of the row are named as in the input column; if it has
    /// no names, after the output column: <c>Features.Row0</c>, <c>Features.Row1</c>, ...</remarks>
    public StageOutput Output { get; init; }

    private protected override ColumnNames Columns(string input, string? code) =>
        new(input, code, ReconstructionColumnName, ErrorColumnName)
        {
            Condition = ConditionColumnName,
            Target = TargetColumnName,
            FeatureErrors = FeatureErrorsColumnName,
            ColumnErrors = ColumnErrorsColumnName,
            Imputed = ImputedColumnName,
            Hidden = HiddenColumnName,
            Output = Output,
            CodeColumns = CodeColumns.Where(column => column.Column is not null).ToImmutableSortedDictionary(
                column => column.Name, column => column.Column!, StringComparer.Ordinal),
        };

    /// <summary>
    /// The names of the columns that the kind of code has in addition to the code, by <see cref="CodeColumn.Name"/>.
    /// </summary>
    private protected virtual IEnumerable<(string Name, string? Column)> CodeColumns => [];
}
