using System.Runtime.CompilerServices;
using Ml.Autoencoders.Objectives;

namespace Ml.Autoencoders;

/// <summary>
/// Options of <see cref="AutoencoderCatalog.TotalCorrelation(string, string?, TotalCorrelationOptions)"/>.
/// </summary>
public sealed record TotalCorrelationOptions : GaussianCodeOptions
{
    /// <summary>The weight α of the information that a code has about its row.</summary>
    /// <value>At least 0. The default is 1.</value>
    public float MutualInformationWeight { get; init; } = 1;

    /// <summary>
    /// The weight β of the total correlation. Above 1, the numbers of a code become independent of each other.
    /// </summary>
    /// <value>At least 0. The default is 6.</value>
    public float Beta { get; init; } = 6;

    /// <summary>The weight γ of the divergence of the numbers of a code, each taken alone, from the prior; with a prior
    /// whose numbers depend on each other, of the divergence of their product from it.</summary>
    /// <value>At least 0. The default is 1.</value>
    public float DimensionWiseWeight { get; init; } = 1;

    private protected override string Family => "TotalCorrelation";

    private protected override Objective MakeObjective() =>
        new TotalCorrelationObjective(Likelihood(), MutualInformationWeight, Beta, DimensionWiseWeight)
        {
            OtherPrior = Prior,
        };
}

public sealed partial class AutoencoderCatalog
{
    /// <summary>
    /// A variational autoencoder whose codes consist of numbers that are independent of each other, each for a
    /// different factor of the rows (β-TC-VAE; Chen et al. 2018, "Isolating Sources of Disentanglement in Variational
    /// Autoencoders", equation 4). It maximizes E ln p(x|z) - α I(z; x) - β TC(z) - γ KL(Π_j q(z_j) || p(z)), which
    /// with all weights 1 is the evidence lower bound. The parts are estimated from a batch: larger batches give better
    /// estimates.
    /// </summary>
    /// <param name="outputColumnName">The column of the codes' means, a vector of
    /// <see cref="AutoencoderModelOptions.CodeSize"/> Single.</param>
    /// <param name="inputColumnName">The column to encode, a vector of Single or of keys, of known size. Null:
    /// <paramref name="outputColumnName"/>.</param>
    /// <param name="options">Everything else.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    [OverloadResolutionPriority(1)]
    public AutoencoderEstimator TotalCorrelation(string outputColumnName, string? inputColumnName,
        TotalCorrelationOptions options) =>
        Estimator(outputColumnName, inputColumnName, options);

    /// <inheritdoc cref="TotalCorrelation(string, string?, TotalCorrelationOptions)"/>
    /// <param name="outputColumnName">The column of the codes' means, a vector of
    /// <paramref name="codeSize"/> Single.</param>
    /// <param name="inputColumnName">The column to encode, a vector of Single or of keys, of known size. Default:
    /// <paramref name="outputColumnName"/>.</param>
    /// <param name="codeSize">Numbers in a code, at least 1. Default: 32.</param>
    /// <param name="epochs">Passes over the training rows, at least 1. Default: 20.</param>
    public AutoencoderEstimator TotalCorrelation(string outputColumnName, string? inputColumnName = null,
        int? codeSize = null, int? epochs = null) =>
        Estimator<TotalCorrelationOptions>(outputColumnName, inputColumnName, codeSize, epochs);
}
