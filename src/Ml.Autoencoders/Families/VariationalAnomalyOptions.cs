using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Objectives;

namespace Ml.Autoencoders;

/// <summary>Options of the anomaly detector that scores rows by their negative evidence lower bound.</summary>
/// <remarks>Where gaps are left out (<see cref="AutoencoderModelOptions.MissingValues"/>), the slots that a row misses
/// enter its score with the mean error of those that are there, so that scores of rows with different gaps can be
/// compared.</remarks>
public sealed record VariationalAnomalyOptions : AnomalyOptions
{
    /// <summary>
    /// Codes that are drawn for the score of each row. They are the same draws for every row, so that a row has one
    /// score, no matter when and with which other rows it is read.
    /// </summary>
    /// <value>At least 1, at most 10,000. The default is 16.</value>
    public int Draws { get; init; } = 16;

    /// <inheritdoc cref="StochasticCodeOptions.OutputVariance"/>
    public float? OutputVariance { get; init; }

    internal override int CodeDraws => Draws;

    private protected override string Family => "VariationalAnomaly";

    private protected override Bottleneck MakeBottleneck(int codeSize) => GaussianBottleneck.Bounded;

    private protected override Objective MakeObjective()
    {
        string where = nameof(VariationalAnomalyOptions);
        if (WindowScore == WindowScore.LastStep)
            throw ((Place)where).Wrong(nameof(WindowScore), $"is {WindowScore}; the score is a bound of the " +
                "likelihood of a window as a whole. Use Window, Mean or Maximum.");
        Detection.CheckDraws(Draws, 1, where);
        return new VariationalObjective(Likelihood.OfVariational(Loss, OutputVariance, where), 1, KlWarmup.None, 0);
    }
}
