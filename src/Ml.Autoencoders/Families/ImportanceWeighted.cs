using System.Runtime.CompilerServices;
using Ml.Autoencoders.Objectives;

namespace Ml.Autoencoders;

/// <summary>
/// Options of <see cref="AutoencoderCatalog.ImportanceWeighted(string, string?, ImportanceWeightedOptions)"/>.
/// </summary>
public sealed record ImportanceWeightedOptions : GaussianCodeOptions
{
    /// <summary>
    /// Draws of the code for each row in training, K. Each is decoded, so that a batch costs K times as much.
    /// </summary>
    /// <value>At least 1, at most 10,000. The default is 5.</value>
    public int Samples { get; init; } = 5;

    private protected override string Family => "ImportanceWeighted";

    private protected override Objective MakeObjective() =>
        new ImportanceWeightedObjective(Likelihood(), Samples) { OtherPrior = Prior };
}

public sealed partial class AutoencoderCatalog
{
    /// <summary>
    /// A variational autoencoder that is trained on a tighter bound of ln p(x): ln (1/K) Σ_k p(x|z_k) p(z_k) / q(z_k|x)
    /// with K draws from q(z|x) (Burda et al. 2016, "Importance Weighted Autoencoders"). It gives likelier rows and
    /// codes that use more of their dimensions, for K times the computation.
    /// </summary>
    /// <param name="outputColumnName">The column of the codes' means, a vector of
    /// <see cref="AutoencoderModelOptions.CodeSize"/> Single.</param>
    /// <param name="inputColumnName">The column to encode, a vector of Single or of keys, of known size. Null:
    /// <paramref name="outputColumnName"/>.</param>
    /// <param name="options">Everything else.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    [OverloadResolutionPriority(1)]
    public AutoencoderEstimator ImportanceWeighted(string outputColumnName, string? inputColumnName,
        ImportanceWeightedOptions options) =>
        Estimator(outputColumnName, inputColumnName, options);

    /// <inheritdoc cref="ImportanceWeighted(string, string?, ImportanceWeightedOptions)"/>
    /// <param name="outputColumnName">The column of the codes' means, a vector of
    /// <paramref name="codeSize"/> Single.</param>
    /// <param name="inputColumnName">The column to encode, a vector of Single or of keys, of known size. Default:
    /// <paramref name="outputColumnName"/>.</param>
    /// <param name="codeSize">Numbers in a code, at least 1. Default: 32.</param>
    /// <param name="epochs">Passes over the training rows, at least 1. Default: 20.</param>
    public AutoencoderEstimator ImportanceWeighted(string outputColumnName, string? inputColumnName = null,
        int? codeSize = null, int? epochs = null) =>
        Estimator<ImportanceWeightedOptions>(outputColumnName, inputColumnName, codeSize, epochs);
}
