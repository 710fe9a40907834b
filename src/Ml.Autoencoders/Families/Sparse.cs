using System.Runtime.CompilerServices;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Objectives;

namespace Ml.Autoencoders;

/// <summary>Options of <see cref="AutoencoderCatalog.Sparse(string, string?, SparseOptions)"/>.</summary>
public sealed record SparseOptions : AutoencoderOptions
{
    /// <summary>The weight λ of the code's mean absolute value, which is added to the reconstruction loss.</summary>
    /// <value>At least 0. The default is 0.001.</value>
    public float SparsityWeight { get; init; } = 1e-3f;

    private protected override string Family => "Sparse";

    private protected override Bottleneck MakeBottleneck(int codeSize) => new DeterministicBottleneck(Rectified: true);

    private protected override Objective MakeObjective() =>
        new ReconstructionObjective(Likelihood.Of(Loss), SparsityWeight);
}

public sealed partial class AutoencoderCatalog
{
    /// <summary>
    /// An autoencoder whose codes are mostly zeros: reconstruction + λ (1/Z) Σ_j |z_j| with z = max(0, f(x)), the L1
    /// penalty of Ranzato et al. 2007 ("Sparse Feature Learning for Deep Belief Networks") on a rectified code
    /// (Glorot et al. 2011), so that zeros are exact.
    /// </summary>
    /// <param name="outputColumnName">The column of the codes, a vector of
    /// <see cref="AutoencoderModelOptions.CodeSize"/> Single, none negative.</param>
    /// <param name="inputColumnName">The column to encode, a vector of Single or of keys, of known size. Null:
    /// <paramref name="outputColumnName"/>.</param>
    /// <param name="options">Everything else.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    [OverloadResolutionPriority(1)]
    public AutoencoderEstimator Sparse(string outputColumnName, string? inputColumnName, SparseOptions options) =>
        Estimator(outputColumnName, inputColumnName, options);

    /// <inheritdoc cref="Sparse(string, string?, SparseOptions)"/>
    /// <param name="outputColumnName">The column of the codes, a vector of <paramref name="codeSize"/>
    /// Single, none negative.</param>
    /// <param name="inputColumnName">The column to encode, a vector of Single or of keys, of known size. Default:
    /// <paramref name="outputColumnName"/>.</param>
    /// <param name="codeSize">Numbers in a code, at least 1. Default: 32.</param>
    /// <param name="epochs">Passes over the training rows, at least 1. Default: 20.</param>
    public AutoencoderEstimator Sparse(string outputColumnName, string? inputColumnName = null, int? codeSize = null,
        int? epochs = null) =>
        Estimator<SparseOptions>(outputColumnName, inputColumnName, codeSize, epochs);
}
