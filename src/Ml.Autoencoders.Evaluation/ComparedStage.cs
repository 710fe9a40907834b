namespace Ml.Autoencoders.Evaluation;

/// <summary>
/// The results of a method with codes of one size: of its codes, or of the hidden activations of its encoder.
/// Everything but times is measured on the test rows alone.
/// </summary>
/// <remarks>A figure that cannot be measured on these rows is NaN, and <see cref="Notes"/> states why. Where the method
/// could not be fitted at all, every figure is NaN, and times, codes and size are zero or empty.</remarks>
public sealed record ComparedStage
{
    internal ComparedStage(string name, bool isPca, int codeSize)
    {
        Name = name;
        IsPca = isPca;
        CodeSize = codeSize;
        Width = codeSize;
    }

    /// <summary>The method: <c>PCA (exact)</c>, <c>PCA (ML.NET)</c>, or the name of the autoencoder; of hidden
    /// activations followed by <c>(hidden)</c> or <c>(row and hidden)</c>.</summary>
    public string Name { get; }

    /// <summary>Whether it is one of the two PCAs.</summary>
    public bool IsPca { get; }

    /// <summary>Numbers in a code.</summary>
    public int CodeSize { get; }

    /// <summary>What was measured. An autoencoder that gives hidden activations, in its output column or in a column of
    /// <see cref="AutoencoderOptions.HiddenColumnName"/>, has a stage for them beside that for its codes, with figures
    /// of classifiers and neighborhoods; nothing is reconstructed from them.</summary>
    public StageOutput Output { get; internal init; }

    /// <summary>Numbers that a row became: <see cref="CodeSize"/>, or as many as there are hidden activations, with the
    /// row where that is before them.</summary>
    public int Width { get; internal init; }

    /// <summary>Whether there is a model; where there is none, nothing was measured.</summary>
    internal bool IsFitted => ModelSize > 0;

    /// <summary>The mean over rows and slots of the squared difference between a row and its reconstruction.</summary>
    public double MeanSquaredError { get; internal init; }

    /// <summary>
    /// The share of the rows' variance that the reconstructions hold, see
    /// <see cref="EmbeddingQuality.ExplainedVariance"/>.
    /// </summary>
    public double ExplainedVariance { get; internal init; }

    /// <summary>The share of labels that a linear classifier (SDCA, maximum entropy) reads from the codes; null without
    /// labels, NaN where they are all the same.</summary>
    public double? LinearAccuracy { get; internal init; }

    /// <summary>The share of labels that boosted trees (LightGBM) read from the codes; null without labels,
    /// NaN where they are all the same.</summary>
    public double? LightGbmAccuracy { get; internal init; }

    /// <summary>The share of labels that most of the nearest training codes have; null without labels,
    /// NaN where they are all the same.</summary>
    public double? NearestNeighborAccuracy { get; internal init; }

    /// <summary>Whether neighbors by code are neighbors, see <see cref="EmbeddingQuality.Trustworthiness"/>.</summary>
    public double Trustworthiness { get; internal init; }

    /// <summary>Whether neighbors are neighbors by code, see <see cref="EmbeddingQuality.Continuity"/>.</summary>
    public double Continuity { get; internal init; }

    /// <summary>How long the fit took.</summary>
    public TimeSpan FitTime { get; internal init; }

    /// <summary>Test rows encoded per second, read through a data view.</summary>
    public double RowsPerSecond { get; internal init; }

    /// <summary>
    /// Bytes of the model as <c>ml.Model.Save</c> writes it; of the exact PCA, which is not an ML.NET model, those of
    /// its mean and directions as Single.
    /// </summary>
    public long ModelSize { get; internal init; }

    /// <summary>Why figures are missing, a sentence each; empty where none is.</summary>
    public IReadOnlyList<string> Notes { get; internal init; } = [];

    /// <summary>The codes of the test rows, or their hidden activations, as <see cref="Output"/> says.</summary>
    public IReadOnlyList<float[]> Codes { get; internal init; } = [];

    /// <summary>The reconstructions of <see cref="PcaComparison.Examples"/>, from codes.</summary>
    public IReadOnlyList<float[]> Reconstructions { get; internal init; } = [];
}
