using System.Runtime.CompilerServices;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Objectives;

namespace Ml.Autoencoders;

/// <summary>Options of <see cref="AutoencoderCatalog.Wasserstein(string, string?, WassersteinOptions)"/>.</summary>
public sealed record WassersteinOptions : AutoencoderOptions
{
    /// <summary>
    /// The weight λ of the discrepancy between the codes and the prior, relative to the
    /// <see cref="AutoencoderModelOptions.Loss"/> summed over the slots of a row. A large weight brings the codes
    /// nearer to the prior, and makes reconstructions poorer.
    /// </summary>
    /// <value>At least 0. The default is 300.</value>
    public float DiscrepancyWeight { get; init; } = 300;

    /// <summary>The distribution that the codes of all rows together are to have.</summary>
    /// <value>The default is <c>CodePrior.Normal</c>.</value>
    public CodePrior Prior { get; init; } = CodePrior.Normal;

    private protected override string Family => "Wasserstein";

    private protected override Bottleneck MakeBottleneck(int codeSize) => new DeterministicBottleneck();

    private protected override Objective MakeObjective() =>
        new WassersteinObjective(Likelihood.Of(Loss), DiscrepancyWeight, Prior);
}

public sealed partial class AutoencoderCatalog
{
    /// <summary>
    /// An autoencoder whose codes, those of all rows together, are distributed like a prior, so that new rows can
    /// be drawn; each code is still exact, which keeps reconstructions sharp (Tolstikhin et al. 2018, "Wasserstein
    /// Auto-Encoders", algorithm 2). It minimizes reconstruction + λ MMD²(codes, draws from the prior), the
    /// reconstruction loss summed over the slots of a row. The discrepancy is estimated from a batch: batches of at
    /// least 100 rows are better than small ones.
    /// </summary>
    /// <param name="outputColumnName">The column of the codes, a vector of
    /// <see cref="AutoencoderModelOptions.CodeSize"/> Single.</param>
    /// <param name="inputColumnName">The column to encode, a vector of Single or of keys, of known size. Null:
    /// <paramref name="outputColumnName"/>.</param>
    /// <param name="options">Everything else.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    [OverloadResolutionPriority(1)]
    public AutoencoderEstimator Wasserstein(string outputColumnName, string? inputColumnName,
        WassersteinOptions options) =>
        Estimator(outputColumnName, inputColumnName, options);

    /// <inheritdoc cref="Wasserstein(string, string?, WassersteinOptions)"/>
    /// <param name="outputColumnName">The column of the codes, a vector of <paramref name="codeSize"/> Single.</param>
    /// <param name="inputColumnName">The column to encode, a vector of Single or of keys, of known size. Default:
    /// <paramref name="outputColumnName"/>.</param>
    /// <param name="codeSize">Numbers in a code, at least 1. Default: 32.</param>
    /// <param name="epochs">Passes over the training rows, at least 1. Default: 20.</param>
    public AutoencoderEstimator Wasserstein(string outputColumnName, string? inputColumnName = null,
        int? codeSize = null, int? epochs = null) =>
        Estimator<WassersteinOptions>(outputColumnName, inputColumnName, codeSize, epochs);
}
