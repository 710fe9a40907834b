using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Objectives;
using Ml.Autoencoders.Training;
using static System.FormattableString;

namespace Ml.Autoencoders;

/// <summary>Options of the anomaly detector whose code is a number for each row, not a random variable.</summary>
/// <remarks>
/// <para>Chosen where nothing is set, for rows of D columns: <see cref="InputScaling.Standardize"/>;
/// <c>Network.Dense(64)</c>; codes of D / 4 numbers, rounded, at least 2 and at most 32, and fewer than D; at least
/// 1,000 updates, in whole epochs and batches of 128, Adam with a learning rate of 0.002 that decays along a cosine;
/// and a score of <see cref="AnomalyScoreKind.Both"/>. They are what found most of the anomalies in public tables. The
/// log says what they came to.</para>
/// <para>Slots that the column's annotation says are categories (<see cref="Categories.Annotated"/>) are taken as such.
/// Beside them D is the number of the other slots, a code has 3 more numbers for each category, or as many as it has
/// slots if these are fewer, there are at least 2,000 updates, and the corruption is <c>Corruption.Swap(0.05f)</c>, so
/// that the network learns to doubt each value by the others.</para>
/// <para>Rows that are not those of a table get the defaults of other options, and a score of
/// <see cref="AnomalyScoreKind.ReconstructionError"/>: where <see cref="AutoencoderModelOptions.Image"/>,
/// <see cref="AutoencoderModelOptions.Sequence"/> or a <see cref="AutoencoderModelOptions.Loss"/> for probabilities is
/// set, a network that takes pictures or sequences, or a corruption that changes pictures; and where the column has the
/// three dimensions of a picture, as <c>ExtractPixels</c> gives them, or holds keys, which have no other score.</para>
/// </remarks>
public sealed record AutoencoderAnomalyOptions : AnomalyOptions
{
    private const float DefaultTrimmed = 0.1f;

    /// <summary>What the score of a row is made of: how badly it is reconstructed, how far its code lies from those of
    /// the training rows, or both.</summary>
    /// <value>The default is null: <see cref="AnomalyScoreKind.Both"/> for tables,
    /// <see cref="AnomalyScoreKind.ReconstructionError"/> for pictures, sequences, keys and probabilities.</value>
    /// <remarks><see cref="AutoencoderModelOptions.FeatureErrorsColumnName"/> has the errors of the slots, and
    /// <see cref="AutoencoderModelOptions.ColumnErrorsColumnName"/> those of the columns, which a reconstruction error
    /// is the mean of; without <see cref="AutoencoderModelOptions.Categories"/> slots and columns are the same. With
    /// <see cref="AnomalyScoreKind.Both"/> they have the parts of the score instead, which add up to it with
    /// <see cref="CodePartColumnName"/>. With a distance of codes, alone or in <see cref="AnomalyScoreKind.Both"/>, a
    /// code has at most 1,024 numbers: the distance takes the inverse of their covariance.</remarks>
    public AnomalyScoreKind? Score { get; init; }

    /// <summary>
    /// The share of the training rows that the score is not estimated from: the mean errors of slots, and mean and
    /// covariance of codes. They are those with the highest scores, found in three rounds, in each of which the numbers
    /// are estimated without them again; the network is trained with all rows. It helps where anomalies are among the
    /// training rows.
    /// </summary>
    /// <value>At least 0, below 1. The default is null: 0.1. A reconstruction error has nothing to estimate, and takes
    /// no such share.</value>
    public float? TrimmedShare { get; init; }

    /// <summary>A column for the code's part in the score, a Single. Of a score that is a
    /// <see cref="AnomalyScoreKind.CodeDistance"/>, it is the score.</summary>
    /// <value>The default is null: no such column.</value>
    public string? CodePartColumnName { get; init; }

    internal override int CodeDraws => 0;

    private protected override string? CodePart => CodePartColumnName;

    private protected override float Trimmed => TrimmedShare ?? DefaultTrimmed;

    private protected override string Family => "Anomaly";

    private protected override DefaultsRule OwnRule => IsTable ? new DetectorDefaults() : DefaultsRule.Standard;

    /// <summary>Whether nothing says that rows are pictures, sequences or probabilities, whose slots have one scale
    /// already.</summary>
    private bool IsTable => Loss == ReconstructionLoss.MeanSquaredError && Image is null && Sequence is null
        && Network is not { TakesSequences: true } and not { Picture: not null }
        && Corruption is not { NeedsImage: true };

    private protected override Bottleneck MakeBottleneck(int codeSize) => new DeterministicBottleneck();

    private protected override Objective MakeObjective() => new ReconstructionObjective(Likelihood.Of(Loss));

    private protected override AnomalyScoreKind ChooseScore(string where, int codeSize, Defaults defaults)
    {
        bool isOfLastStep = WindowScore == WindowScore.LastStep;
        AnomalyScoreKind score = Score ?? (isOfLastStep ? AnomalyScoreKind.ReconstructionError : defaults.Score);
        Require.Defined(score, where, nameof(Score));
        if (isOfLastStep && score != AnomalyScoreKind.ReconstructionError)
            throw ((Place)where).Wrong(nameof(WindowScore), $"is {WindowScore}, and Score is {score}, which is about " +
                "a window as a whole; it must be ReconstructionError.");
        if (TrimmedShare is { } trimmed)
            Require.BelowOne(trimmed, where, nameof(TrimmedShare));
        if (score.HaveCode() && codeSize > Limits.DistanceCode)
        {
            throw ((Place)where).Error(nameof(CodeSize),
                Invariant($"is {codeSize}, and Score is {score}, which takes the inverse of the codes' covariance; ") +
                Invariant($"it must be at most {Limits.DistanceCode}."));
        }
        string? superfluous = score.HaveCode() ? null
            : CodePartColumnName is { } column ? $"{nameof(CodePartColumnName)} is '{column}'"
            : TrimmedShare is { } share ? Invariant($"{nameof(TrimmedShare)} is {share}")
            : null;
        return superfluous is null ? score
            : throw new ArgumentException($"{where}: {superfluous}, and Score is " +
                (Score is null ? "not set. For rows that are not those of a table it is " : "") +
                $"{score}, which does not see the code. Set Score to CodeDistance or Both.");
    }
}
