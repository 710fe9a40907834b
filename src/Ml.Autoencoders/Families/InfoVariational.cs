using System.Runtime.CompilerServices;
using Ml.Autoencoders.Objectives;

namespace Ml.Autoencoders;

/// <summary>
/// Options of <see cref="AutoencoderCatalog.InfoVariational(string, string?, InfoVariationalOptions)"/>.
/// </summary>
public sealed record InfoVariationalOptions : GaussianCodeOptions
{
    /// <summary>
    /// How much the codes are encouraged to keep information about their rows, α: the KL divergence of each row's code
    /// from the prior has the weight 1 - α.
    /// </summary>
    /// <value>At most 1, which leaves no KL divergence. The default is 0.5.</value>
    public float Alpha { get; init; } = 0.5f;

    /// <summary>How strongly the codes of all rows together are pulled toward the prior, λ: their discrepancy has the
    /// weight α + λ - 1.</summary>
    /// <value>At least 1 - α. The default is 300.</value>
    public float DiscrepancyWeight { get; init; } = 300;

    private protected override string Family => "InfoVariational";

    private protected override Objective MakeObjective() =>
        new InfoVariationalObjective(Likelihood(), Alpha, DiscrepancyWeight) { OtherPrior = Prior };
}

public sealed partial class AutoencoderCatalog
{
    /// <summary>
    /// A variational autoencoder that makes all codes together, rather than the code of each row, follow a
    /// prior, so that codes keep information about their rows (Zhao et al. 2019, "InfoVAE: Balancing Learning
    /// and Inference in Variational Autoencoders", equation 6). It maximizes E ln p(x|z)
    /// - (1 - α) KL(q(z|x) || p(z)) - (α + λ - 1) MMD²(q(z), p(z)). With α = 1 it is the MMD-VAE.
    /// </summary>
    /// <param name="outputColumnName">The column of the codes' means, a vector of
    /// <see cref="AutoencoderModelOptions.CodeSize"/> Single.</param>
    /// <param name="inputColumnName">The column to encode, a vector of Single or of keys, of known size. Null:
    /// <paramref name="outputColumnName"/>.</param>
    /// <param name="options">Everything else.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    [OverloadResolutionPriority(1)]
    public AutoencoderEstimator InfoVariational(string outputColumnName, string? inputColumnName,
        InfoVariationalOptions options) =>
        Estimator(outputColumnName, inputColumnName, options);

    /// <inheritdoc cref="InfoVariational(string, string?, InfoVariationalOptions)"/>
    /// <param name="outputColumnName">The column of the codes' means, a vector of
    /// <paramref name="codeSize"/> Single.</param>
    /// <param name="inputColumnName">The column to encode, a vector of Single or of keys, of known size. Default:
    /// <paramref name="outputColumnName"/>.</param>
    /// <param name="codeSize">Numbers in a code, at least 1. Default: 32.</param>
    /// <param name="epochs">Passes over the training rows, at least 1. Default: 20.</param>
    public AutoencoderEstimator InfoVariational(string outputColumnName, string? inputColumnName = null,
        int? codeSize = null, int? epochs = null) =>
        Estimator<InfoVariationalOptions>(outputColumnName, inputColumnName, codeSize, epochs);
}
