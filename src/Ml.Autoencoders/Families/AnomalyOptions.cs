using Ml.Autoencoders.Columns;

namespace Ml.Autoencoders;

/// <summary>The options that both anomaly detectors have.</summary>
public abstract record AnomalyOptions : AutoencoderModelOptions
{
    private protected AnomalyOptions()
    {
    }

    /// <summary>
    /// The share of the training rows that the detector calls anomalies: it sets the threshold of the
    /// score. Where a fit has validation rows, these set it, which is safer: an autoencoder knows its
    /// training rows better than new ones.
    /// </summary>
    /// <value>At least 0, below 1. The default is 0.01. With 0 the threshold is the greatest score of a row.</value>
    public float Contamination { get; init; } = 0.01f;

    /// <summary>A column for the codes, a vector of <see cref="AutoencoderModelOptions.CodeSize"/> Single.</summary>
    /// <value>The default is null: no such column.</value>
    public string? CodeColumnName { get; init; }

    /// <summary>
    /// A column for the p-value of each score, a Single: (k + 1) / (n + 1), where k of the n rows that set the
    /// threshold have a score at least as high. If rows with p at most a are called anomalies, a is the rate of false
    /// alarms: on average at most this share of the rows that are like those n has such a p-value.
    /// </summary>
    /// <value>The default is null: no such column.</value>
    /// <remarks>The rows that set the threshold are the validation rows of a fit that has some, otherwise the training
    /// rows, which have lower scores than new ones. Of more than 4,096 of them some of the scores are kept, such that a
    /// p-value is never too low, and too high by less than half a percent of itself.
    /// <see cref="AutoencoderAnomalyTransformer.ThresholdFor"/> is the threshold of a rate of false alarms. A row with
    /// a missing value has the p-value NaN, unless <see cref="AutoencoderModelOptions.MissingValues"/> leaves such
    /// values out.</remarks>
    public string? PValueColumnName { get; init; }

    /// <summary>Codes that are drawn for each row, where the score is an expectation over codes; otherwise 0.</summary>
    internal abstract int CodeDraws { get; }

    /// <summary>The column of the code's part in the score.</summary>
    private protected virtual string? CodePart => null;

    private protected sealed override void Check(string where)
    {
        Require.BelowOne(Contamination, where, nameof(Contamination));
        if (Corruption.Reduces)
            throw new ArgumentException(
                $"{where}: Corruption.Downscale makes rows of another size, which cannot be compared with their " +
                "reconstruction.");
    }

    private protected sealed override ColumnNames Columns(string input, string? code) =>
        new(input, code, ReconstructionColumnName)
        {
            Condition = ConditionColumnName,
            FeatureErrors = FeatureErrorsColumnName,
            CodePart = CodePart,
            Imputed = ImputedColumnName,
            PValue = PValueColumnName,
            Detects = true,
        };
}
