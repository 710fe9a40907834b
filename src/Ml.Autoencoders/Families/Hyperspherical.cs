using System.Runtime.CompilerServices;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Objectives;

namespace Ml.Autoencoders;

/// <summary>
/// Options of <see cref="AutoencoderCatalog.Hyperspherical(string, string?, HypersphericalOptions)"/>.
/// </summary>
public sealed record HypersphericalOptions : StochasticCodeOptions
{
    /// <summary>The weight β of the KL divergence to the prior.</summary>
    /// <value>At least 0. The default is 1: the evidence lower bound.</value>
    public float Beta { get; init; } = 1;

    /// <summary>How the weight of the KL divergence rises in the fit.</summary>
    /// <value>The default is <c>KlWarmup.None</c>.</value>
    public KlWarmup Warmup { get; init; } = KlWarmup.None;

    /// <summary>How much the code may hold at no cost: its KL divergence, a mean over the batch, counts only beyond
    /// this many nats for each of its numbers, which together have one divergence.</summary>
    /// <value>At least 0. The default is 0.</value>
    public float FreeBits { get; init; }

    /// <summary>A column for the concentration κ of the code around its mean direction, a Single: 0 would be uniform on
    /// the sphere; where κ is large, a number of the code deviates by 1/√κ.</summary>
    /// <value>The default is null: no such column.</value>
    public string? ConcentrationColumnName { get; init; }

    private protected override string Family => "Hyperspherical";

    private protected override Bottleneck MakeBottleneck(int codeSize) => new HypersphericalBottleneck();

    private protected override Objective MakeObjective() =>
        new VariationalObjective(Likelihood(), Beta, Warmup, FreeBits) { OtherPrior = new SpherePrior() };

    private protected override IEnumerable<(string Name, string? Column)> CodeColumns =>
        [("Concentration", ConcentrationColumnName)];
}

public sealed partial class AutoencoderCatalog
{
    /// <summary>
    /// A variational autoencoder whose codes are directions: points on the unit sphere, with von Mises-Fisher
    /// distributions and a uniform prior (Davidson et al. 2018, "Hyperspherical Variational Auto-Encoders"). A sphere
    /// has no middle that the prior pulls codes to, so that short codes are not crowded there. It maximizes the
    /// evidence lower bound, E ln p(x|z) - β KL(vMF(μ, κ) || uniform).
    /// </summary>
    /// <param name="outputColumnName">The column of the codes' mean directions, a vector of
    /// <see cref="AutoencoderModelOptions.CodeSize"/> Single, at least 2, whose squares add up to 1.</param>
    /// <param name="inputColumnName">The column to encode, a vector of Single or of keys, of known size. Null:
    /// <paramref name="outputColumnName"/>.</param>
    /// <param name="options">Everything else.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    [OverloadResolutionPriority(1)]
    public AutoencoderEstimator Hyperspherical(
        string outputColumnName, string? inputColumnName, HypersphericalOptions options) =>
        Estimator(outputColumnName, inputColumnName, options);

    /// <inheritdoc cref="Hyperspherical(string, string?, HypersphericalOptions)"/>
    /// <param name="outputColumnName">The column of the codes' mean directions, a vector of
    /// <paramref name="codeSize"/> Single, whose squares add up to 1.</param>
    /// <param name="inputColumnName">The column to encode, a vector of Single or of keys, of known size. Default:
    /// <paramref name="outputColumnName"/>.</param>
    /// <param name="codeSize">Numbers in a code, at least 2. Default: 32.</param>
    /// <param name="epochs">Passes over the training rows, at least 1. Default: 20.</param>
    public AutoencoderEstimator Hyperspherical(
        string outputColumnName, string? inputColumnName = null, int? codeSize = null, int? epochs = null) =>
        Estimator<HypersphericalOptions>(outputColumnName, inputColumnName, codeSize, epochs);
}
