using System.Runtime.CompilerServices;
using Ml.Autoencoders.Evaluation;
using Ml.Autoencoders.Evaluation.Comparison;

namespace Microsoft.ML;

/// <summary>Where the comparison meets ML.NET's own entry point.</summary>
public static class AutoencoderComparisonExtensions
{
    /// <summary>
    /// Fits PCA, twice (exactly, and as ML.NET approximates it), and autoencoders to the same training rows, and
    /// measures all alike on the same test rows: how well codes reconstruct, what classifiers read from them, and
    /// which neighbors they keep.
    /// </summary>
    /// <param name="context">The context that the stages are fitted in.</param>
    /// <param name="data">The rows, which are read once into memory.</param>
    /// <param name="featureColumnName">The column to encode, a vector of Single of known size
    /// without missing values.</param>
    /// <param name="options">Everything else.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or a column is missing or of
    /// another type.</exception>
    /// <exception cref="InvalidOperationException">There are no rows, a value or a label is missing, or an autoencoder
    /// is not as the comparison needs it; the message names it. One that cannot be fitted to the rows has
    /// <see cref="ComparedStage.Notes"/> instead.</exception>
    [OverloadResolutionPriority(1)]
    public static PcaComparison CompareWithPca(this MLContext context, IDataView data, string featureColumnName,
        PcaComparisonOptions options)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(featureColumnName);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        return ComparisonRun.Start(context, data, featureColumnName, options);
    }

    /// <inheritdoc cref="CompareWithPca(MLContext, IDataView, string, PcaComparisonOptions)"/>
    /// <param name="context">The context that the stages are fitted in.</param>
    /// <param name="data">The rows, which are read once into memory.</param>
    /// <param name="featureColumnName">The column to encode, a vector of Single of known size
    /// without missing values.</param>
    /// <param name="labelColumnName">The labels that classifiers are to read from the codes: keys, texts, Booleans or
    /// numbers. Null: no classifiers.</param>
    /// <param name="codeSizes">Numbers in a code, each at least 1. Null: those of 2, 8, 16 and 32 that are at most the
    /// size of the column.</param>
    public static PcaComparison CompareWithPca(this MLContext context, IDataView data, string featureColumnName,
        string? labelColumnName = null, int[]? codeSizes = null) =>
        CompareWithPca(context, data, featureColumnName,
            new PcaComparisonOptions { LabelColumnName = labelColumnName, CodeSizes = codeSizes });
}
