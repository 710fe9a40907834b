using System.Runtime.CompilerServices;
using Ml.Autoencoders.Objectives;

namespace Ml.Autoencoders;

/// <summary>Options of <see cref="AutoencoderCatalog.Variational(string, string?, VariationalOptions)"/>.</summary>
public sealed record VariationalOptions : GaussianCodeOptions
{
    /// <summary>
    /// The weight β of the KL divergence to the prior. Above 1, dimensions of the code become independent of each
    /// other, and reconstructions poorer (Higgins et al. 2017).
    /// </summary>
    /// <value>At least 0. The default is 1: the evidence lower bound.</value>
    public float Beta { get; init; } = 1;

    /// <summary>How the weight of the KL divergence rises in the fit.</summary>
    /// <value>The default is <c>KlWarmup.None</c>.</value>
    public KlWarmup Warmup { get; init; } = KlWarmup.None;

    /// <summary>
    /// How much each dimension of the code may hold at no cost: its KL divergence, a mean over the batch, counts only
    /// beyond this many nats (Kingma et al. 2016, equation 15). With a <see cref="GaussianCodeOptions.Prior"/> other
    /// than the standard normal one there is one divergence of all dimensions together, which counts only beyond this
    /// many nats times the size of the code.
    /// </summary>
    /// <value>At least 0. The default is 0.</value>
    public float FreeBits { get; init; }

    private protected override string Family => "Variational";

    private protected override Objective MakeObjective() =>
        new VariationalObjective(Likelihood(), Beta, Warmup, FreeBits) { OtherPrior = Prior };
}

public sealed partial class AutoencoderCatalog
{
    /// <summary>
    /// An autoencoder whose codes are normal variables near a prior, by default the standard normal one, so that new
    /// rows can be drawn and every code between two codes means something (Kingma and Welling 2014, "Auto-Encoding
    /// Variational Bayes"). It maximizes the evidence lower bound, E ln p(x|z) - β KL(q(z|x) || p(z)).
    /// </summary>
    /// <param name="outputColumnName">The column of the codes' means, a vector of
    /// <see cref="AutoencoderModelOptions.CodeSize"/> Single.</param>
    /// <param name="inputColumnName">The column to encode, a vector of Single or of keys, of known size. Null:
    /// <paramref name="outputColumnName"/>.</param>
    /// <param name="options">Everything else.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    [OverloadResolutionPriority(1)]
    public AutoencoderEstimator Variational(string outputColumnName, string? inputColumnName,
        VariationalOptions options) =>
        Estimator(outputColumnName, inputColumnName, options);

    /// <inheritdoc cref="Variational(string, string?, VariationalOptions)"/>
    /// <param name="outputColumnName">The column of the codes' means, a vector of
    /// <paramref name="codeSize"/> Single.</param>
    /// <param name="inputColumnName">The column to encode, a vector of Single or of keys, of known size. Default:
    /// <paramref name="outputColumnName"/>.</param>
    /// <param name="codeSize">Numbers in a code, at least 1. Default: 32.</param>
    /// <param name="epochs">Passes over the training rows, at least 1. Default: 20.</param>
    public AutoencoderEstimator Variational(string outputColumnName, string? inputColumnName = null,
        int? codeSize = null, int? epochs = null) =>
        Estimator<VariationalOptions>(outputColumnName, inputColumnName, codeSize, epochs);
}
