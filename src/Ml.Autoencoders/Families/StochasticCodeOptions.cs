using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Likelihoods;

namespace Ml.Autoencoders;

/// <summary>The options of every family whose codes are random variables, q(z|x). Rows are then measured by their
/// probability.</summary>
/// <remarks>
/// <see cref="AutoencoderModelOptions.Loss"/> chooses which likelihood p(x|z) is trained:
/// <see cref="ReconstructionLoss.BinaryCrossEntropy"/> the Bernoulli one,
/// <see cref="ReconstructionLoss.MeanSquaredError"/> the normal one. Its logarithm is summed over the slots of a row
/// and averaged over rows; losses are in nats per row.
/// </remarks>
public abstract record StochasticCodeOptions : AutoencoderOptions
{
    private protected StochasticCodeOptions()
    {
    }

    /// <summary>
    /// The variance σ² of each slot around its reconstruction, in the units of the network's input; for
    /// <see cref="ReconstructionLoss.MeanSquaredError"/> only. A small variance makes reconstructions sharp and codes
    /// less regular.
    /// </summary>
    /// <value>Above 0. The default is null: the variance that makes the rows most likely (Rybkin et al. 2021).</value>
    public float? OutputVariance { get; init; }

    /// <summary>
    /// A column for a draw z from q(z|x). It depends on the row's place in its source: reading the data view again
    /// gives the same draw, in any order and in any batches. In a <c>PredictionEngine</c> the place is the number of
    /// the call.
    /// </summary>
    /// <value>The default is null: no such column.</value>
    public string? SampleColumnName { get; init; }

    /// <summary>
    /// A column for the evidence lower bound of each row, a Single in nats: ln p(x|z) - KL(q(z|x) || p(z)) with one
    /// draw z, an unbiased estimate of a number that is at most ln p(x).
    /// </summary>
    /// <value>The default is null: no such column.</value>
    public string? EvidenceLowerBoundColumnName { get; init; }

    private protected Likelihood Likelihood() =>
        Likelihoods.Likelihood.OfVariational(Loss, OutputVariance, GetType().Name);

    private protected sealed override ColumnNames Columns(string input, string? code) => base.Columns(input, code) with
    {
        Sample = SampleColumnName,
        EvidenceLowerBound = EvidenceLowerBoundColumnName,
    };
}
