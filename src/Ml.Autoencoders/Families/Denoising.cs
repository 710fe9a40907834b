using System.Runtime.CompilerServices;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Objectives;
using Ml.Autoencoders.Training;

namespace Ml.Autoencoders;

/// <summary>Options of <see cref="AutoencoderCatalog.Denoising(string, string?, DenoisingOptions)"/>.</summary>
public sealed partial class DenoisingOptions : AutoencoderOptions
{
    /// <summary>What is done to the rows that the encoder sees in training.</summary>
    /// <value>The default is <c>Corruption.Masking(0.5f)</c>: half of the slots set to 0.</value>
    public Corruption Corruption { get; init; } = Corruption.Masking(0.5f);

    internal Recipe ToRecipe(string outputColumnName, string? inputColumnName) =>
        ToRecipe("Denoising", outputColumnName, inputColumnName, Corruption, new DeterministicBottleneck(),
            new ReconstructionObjective(Likelihood.Of(Loss)));
}

public sealed partial class AutoencoderCatalog
{
    /// <summary>
    /// An autoencoder that is shown corrupted rows and has to reconstruct clean ones, which makes it learn what belongs
    /// together (Vincent et al. 2008, "Extracting and Composing Robust Features with Denoising Autoencoders"). The
    /// corruption is drawn afresh for every batch of the fit, and never applied in prediction.
    /// </summary>
    /// <param name="outputColumnName">The column of the codes, a vector of <see cref="AutoencoderModelOptions.CodeSize"/> Single.</param>
    /// <param name="inputColumnName">The column to encode, a vector of Single of known size. Null: <paramref name="outputColumnName"/>.</param>
    /// <param name="options">Everything else.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    [OverloadResolutionPriority(1)]
    public AutoencoderEstimator Denoising(string outputColumnName, string? inputColumnName, DenoisingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new(_environment, options.ToRecipe(outputColumnName, inputColumnName));
    }

    /// <inheritdoc cref="Denoising(string, string?, DenoisingOptions)"/>
    /// <param name="outputColumnName">The column of the codes, a vector of <paramref name="codeSize"/> Single.</param>
    /// <param name="inputColumnName">The column to encode, a vector of Single of known size. Default: <paramref name="outputColumnName"/>.</param>
    /// <param name="codeSize">Numbers in a code, at least 1.</param>
    /// <param name="epochs">Passes over the training rows, at least 1.</param>
    public AutoencoderEstimator Denoising(string outputColumnName, string? inputColumnName = null, int codeSize = 32, int epochs = 20) =>
        Denoising(outputColumnName, inputColumnName, new DenoisingOptions { CodeSize = codeSize, Training = new() { Epochs = epochs } });
}
