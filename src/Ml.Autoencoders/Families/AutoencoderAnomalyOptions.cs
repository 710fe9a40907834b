using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Objectives;
using Ml.Autoencoders.Training;
using static System.FormattableString;

namespace Ml.Autoencoders;

/// <summary>Options of the anomaly detector whose code is a number for each row, not a random variable.</summary>
public sealed record AutoencoderAnomalyOptions : AnomalyOptions
{
    private const float DefaultTrimmed = 0.1f;

    /// <summary>What the score of a row is made of: how badly it is reconstructed, how far its code lies from those of
    /// the training rows, or both.</summary>
    /// <value>The default is null: <see cref="AnomalyScoreKind.ReconstructionError"/>.</value>
    /// <remarks><see cref="AutoencoderModelOptions.FeatureErrorsColumnName"/> has the errors of the slots, of which a
    /// reconstruction error is the mean. With <see cref="AnomalyScoreKind.Both"/> it has the slots' parts of the score
    /// instead: they and <see cref="CodePartColumnName"/> add up to it.</remarks>
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

    internal override float Trimmed => TrimmedShare ?? DefaultTrimmed;

    private protected override string? CodePart => CodePartColumnName;

    private protected override string Family => "Anomaly";

    private protected override Bottleneck MakeBottleneck(int codeSize) => new DeterministicBottleneck();

    private protected override Objective MakeObjective() => new ReconstructionObjective(Likelihood.Of(Loss));

    private protected override AnomalyScoreKind ChooseScore(string where, Defaults defaults)
    {
        AnomalyScoreKind score = Score ?? defaults.Score;
        Require.Defined(score, where, nameof(Score));
        if (TrimmedShare is { } trimmed)
            Require.BelowOne(trimmed, where, nameof(TrimmedShare));
        string? superfluous = score.HaveCode() ? null
            : CodePartColumnName is { } column ? $"{nameof(CodePartColumnName)} is '{column}'"
            : TrimmedShare is { } share ? Invariant($"{nameof(TrimmedShare)} is {share}")
            : null;
        return superfluous is null ? score
            : throw new ArgumentException($"{where}: {superfluous}, and Score is {score}, which does not see the " +
                "code. Set Score to CodeDistance or Both.");
    }
}
