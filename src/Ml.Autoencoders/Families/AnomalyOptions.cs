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

    /// <summary>What the score of a row of a series is, where the feature column holds windows that
    /// <c>ml.Transforms.SlidingWindow</c> made: that of the window that ends in the row, or one of all windows that
    /// hold it. <see cref="Contamination"/>, threshold and p-values are about the same scores.</summary>
    /// <value>The default is <see cref="WindowScore.Window"/>. <see cref="WindowScore.LastStep"/> needs a score that is
    /// a reconstruction error, and takes that where <see cref="AutoencoderAnomalyOptions.Score"/> is not set.</value>
    /// <remarks><para>A row without a window has the score NaN, and is not called an anomaly. With
    /// <see cref="WindowScore.Mean"/> and <see cref="WindowScore.Maximum"/> the first rows of a series are held by
    /// windows that end later, and have a score. These two look ahead: they find where in a series something is
    /// unusual, and are not for rows that are scored as they come. <c>Transform</c> reads its source twice, at a
    /// distance of T - 1 rows of a group, and the group column of the windows has to be in it; a
    /// <c>PredictionEngine</c> and ONNX refuse them; <see cref="AutoencoderAnomalyTransformer.Score(float[], string)"/>
    /// gives the score of a window.</para>
    /// <para>The other columns are about the window that ends in the row, whatever this is.</para></remarks>
    public WindowScore WindowScore { get; init; }

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

    /// <summary>
    /// A column for the reasons of a score, a vector of Single with a slot for each column of the table
    /// (<see cref="AutoencoderModelOptions.Categories"/>): how unlikely its value is, given those of the others. Each
    /// column is hidden from the encoder in turn, and reconstructed from the others. The reason is twice the distance
    /// in nats between -ln p of its value and what that is on average: for a number e / v - 1, with its squared error
    /// e, whose mean over the training rows is v; for a category -2 ln p less the mean of that. So what is usual is
    /// about 0 or below, and the values that contradict the others are those far above it.
    /// </summary>
    /// <value>The default is null: no such column. Needs <see cref="AutoencoderModelOptions.MissingValues"/> to be
    /// <see cref="MissingValueHandling.LeaveOut"/>, with which a network learns to do without some values.</value>
    /// <remarks>In contrast to <see cref="AutoencoderModelOptions.ColumnErrorsColumnName"/>, the reasons are no parts
    /// of the score: where two values contradict each other, a reconstruction may keep one of them, and only the other
    /// has an error, but each of the two is unlikely given the other. They cost as many passes through the network as
    /// there are columns. Slots are named as those of that column; 0 where the value is missing.</remarks>
    public string? ReasonsColumnName { get; init; }

    /// <summary>Codes that are drawn for each row, where the score is an expectation over codes; otherwise 0.</summary>
    internal abstract int CodeDraws { get; }

    /// <summary>The column of the code's part in the score.</summary>
    private protected virtual string? CodePart => null;

    private protected sealed override void Check(string where)
    {
        Require.BelowOne(Contamination, where, nameof(Contamination));
        Require.Defined(WindowScore, where, nameof(WindowScore));
        if (Corruption is { Reduces: true })
            throw new ArgumentException(
                $"{where}: Corruption.Downscale makes rows of another size, which cannot be compared with their " +
                "reconstruction.");
    }

    private protected sealed override WindowScore OfWindows => WindowScore;

    private protected sealed override ColumnNames Columns(string input, string? code) =>
        new(input, code, ReconstructionColumnName)
        {
            Condition = ConditionColumnName,
            FeatureErrors = FeatureErrorsColumnName,
            ColumnErrors = ColumnErrorsColumnName,
            Reasons = ReasonsColumnName,
            CodePart = CodePart,
            Imputed = ImputedColumnName,
            PValue = PValueColumnName,
            Detects = true,
        };
}
