using System.Runtime.CompilerServices;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Objectives;

namespace Ml.Autoencoders;

/// <summary>Options of <see cref="AutoencoderCatalog.VicReg(string, string?, VicRegOptions)"/>.</summary>
public sealed partial record VicRegOptions : AutoencoderOptions
{
    /// <summary>With <c>Corruption.Masking(0.5f)</c>.</summary>
    public VicRegOptions()
        : base(Corruption.Masking(0.5f))
    {
    }

    /// <summary>The sizes of the layers of the expander, in order from the code. The last is the size of the embeddings
    /// that are compared. It is not used after the fit.</summary>
    /// <value>At least one, each at least 1, at most 16,777,216. The default is 256, 256.</value>
    public IReadOnlyList<int> Expander { get; init => field = EqualList<int>.Of(value); } =
        EqualList<int>.Of([256, 256]);

    /// <summary>The weight of the squared distance between the embeddings of the two corruptions of a row, the mean
    /// over their numbers.</summary>
    /// <value>Above 0. The default is 25.</value>
    public float InvarianceWeight { get; init; } = 25;

    /// <summary>The weight of what the standard deviations of the embeddings' numbers lack to be 1.</summary>
    /// <value>Above 0. The default is 25.</value>
    public float VarianceWeight { get; init; } = 25;

    /// <summary>The weight of the squared covariances of the embeddings' numbers.</summary>
    /// <value>At least 0. The default is 1.</value>
    public float CovarianceWeight { get; init; } = 1;

    /// <summary>The weight of the reconstruction, the <see cref="AutoencoderModelOptions.Loss"/> of the clean row
    /// decoded from the code of a corrupted one.</summary>
    /// <value>At least 0. The default is 0: only the decoder learns from it, and the codes are as they would be without
    /// a decoder.</value>
    public float ReconstructionWeight { get; init; }

    private protected override string Family => "VicReg";

    private protected override Bottleneck MakeBottleneck(int codeSize) => new DeterministicBottleneck();

    private protected override Objective MakeObjective()
    {
        Require.NotNull(Expander, nameof(VicRegOptions), nameof(Expander));
        return new VicRegObjective(Likelihood.Of(Loss), [.. Expander], InvarianceWeight, VarianceWeight,
            CovarianceWeight, ReconstructionWeight);
    }
}

public sealed partial class AutoencoderCatalog
{
    /// <summary>
    /// An autoencoder whose codes hold what stays of a row however it is corrupted, and say nothing twice: the codes of
    /// two corruptions of one row must be alike, each number must vary over the rows, and no two may correlate (Bardes
    /// et al. 2022, "VICReg: Variance-Invariance-Covariance Regularization for Self-Supervised Learning"). They are
    /// features for a classifier; the decoder learns beside them, so that they can be looked at.
    /// </summary>
    /// <remarks>Both corruptions are drawn from <see cref="AutoencoderModelOptions.Corruption"/>, which decides what
    /// codes leave out: with <c>Corruption.None</c> the two are equal anyway, unless gaps are left out or the network
    /// has dropout. Variances and covariances are estimated from a batch: those of fewer than 64 rows are
    /// poor.</remarks>
    /// <param name="outputColumnName">The column of the codes, a vector of
    /// <see cref="AutoencoderModelOptions.CodeSize"/> Single.</param>
    /// <param name="inputColumnName">The column to encode, a vector of Single or of keys, of known size. Null:
    /// <paramref name="outputColumnName"/>.</param>
    /// <param name="options">Everything else.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    [OverloadResolutionPriority(1)]
    public AutoencoderEstimator VicReg(string outputColumnName, string? inputColumnName, VicRegOptions options) =>
        Estimator(outputColumnName, inputColumnName, options);

    /// <inheritdoc cref="VicReg(string, string?, VicRegOptions)"/>
    /// <param name="outputColumnName">The column of the codes, a vector of <paramref name="codeSize"/> Single.</param>
    /// <param name="inputColumnName">The column to encode, a vector of Single or of keys, of known size. Default:
    /// <paramref name="outputColumnName"/>.</param>
    /// <param name="codeSize">Numbers in a code, at least 1. Default: 32.</param>
    /// <param name="epochs">Passes over the training rows, at least 1. Default: 20.</param>
    public AutoencoderEstimator VicReg(string outputColumnName, string? inputColumnName = null, int? codeSize = null,
        int? epochs = null) =>
        Estimator<VicRegOptions>(outputColumnName, inputColumnName, codeSize, epochs);
}
