using System.Runtime.CompilerServices;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Objectives;

namespace Ml.Autoencoders;

/// <summary>Options of <see cref="AutoencoderCatalog.Denoising(string, string?, DenoisingOptions)"/>.</summary>
public sealed partial record DenoisingOptions : AutoencoderOptions
{
    /// <summary>With <c>Corruption.Masking(0.5f)</c>.</summary>
    public DenoisingOptions()
        : base(Corruption.Masking(0.5f))
    {
    }

    private protected override string Family => "Denoising";

    private protected override Bottleneck MakeBottleneck(int codeSize) => new DeterministicBottleneck();

    private protected override Objective MakeObjective() => new ReconstructionObjective(Likelihood.Of(Loss));
}

public sealed partial class AutoencoderCatalog
{
    /// <summary>
    /// An autoencoder that is given corrupted rows and has to reconstruct clean ones, which makes it learn what belongs
    /// together (Vincent et al. 2008, "Extracting and Composing Robust Features with Denoising Autoencoders"). The
    /// corruption is drawn anew for every batch of the fit, and never applied in prediction.
    /// </summary>
    /// <param name="outputColumnName">The column of the codes, a vector of
    /// <see cref="AutoencoderModelOptions.CodeSize"/> Single.</param>
    /// <param name="inputColumnName">The column to encode, a vector of Single or of keys, of known size. Null:
    /// <paramref name="outputColumnName"/>.</param>
    /// <param name="options">Everything else.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    [OverloadResolutionPriority(1)]
    public AutoencoderEstimator Denoising(string outputColumnName, string? inputColumnName, DenoisingOptions options) =>
        Estimator(outputColumnName, inputColumnName, options);

    /// <inheritdoc cref="Denoising(string, string?, DenoisingOptions)"/>
    /// <param name="outputColumnName">The column of the codes, a vector of <paramref name="codeSize"/> Single.</param>
    /// <param name="inputColumnName">The column to encode, a vector of Single or of keys, of known size. Default:
    /// <paramref name="outputColumnName"/>.</param>
    /// <param name="codeSize">Numbers in a code, at least 1. Default: 32.</param>
    /// <param name="epochs">Passes over the training rows, at least 1. Default: 20.</param>
    public AutoencoderEstimator Denoising(string outputColumnName, string? inputColumnName = null, int? codeSize = null,
        int? epochs = null) =>
        Estimator<DenoisingOptions>(outputColumnName, inputColumnName, codeSize, epochs);
}
