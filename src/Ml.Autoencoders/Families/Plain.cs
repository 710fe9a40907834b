using System.Runtime.CompilerServices;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Objectives;
using Ml.Autoencoders.Training;

namespace Ml.Autoencoders;

/// <summary>Options of <see cref="AutoencoderCatalog.Plain(string, string?, PlainOptions)"/>.</summary>
public sealed class PlainOptions : AutoencoderOptions
{
    internal Recipe ToRecipe(string outputColumnName, string? inputColumnName) =>
        ToRecipe("Plain", outputColumnName, inputColumnName, Corruption.None, new DeterministicBottleneck(),
            new ReconstructionObjective(Likelihood.Of(Loss)));
}

public sealed partial class AutoencoderCatalog
{
    /// <summary>
    /// The autoencoder as such: an encoder z = f(x) and a decoder y = g(z), trained together so that y is near x
    /// (Hinton and Salakhutdinov 2006, "Reducing the Dimensionality of Data with Neural Networks").
    /// </summary>
    /// <param name="outputColumnName">The column of the codes, a vector of <see cref="AutoencoderModelOptions.CodeSize"/> Single.</param>
    /// <param name="inputColumnName">The column to encode, a vector of Single of known size. Null: <paramref name="outputColumnName"/>.</param>
    /// <param name="options">Everything else.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    [OverloadResolutionPriority(1)]
    public AutoencoderEstimator Plain(string outputColumnName, string? inputColumnName, PlainOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new(_environment, options.ToRecipe(outputColumnName, inputColumnName));
    }

    /// <inheritdoc cref="Plain(string, string?, PlainOptions)"/>
    /// <param name="outputColumnName">The column of the codes, a vector of <paramref name="codeSize"/> Single.</param>
    /// <param name="inputColumnName">The column to encode, a vector of Single of known size. Default: <paramref name="outputColumnName"/>.</param>
    /// <param name="codeSize">Numbers in a code, at least 1.</param>
    /// <param name="epochs">Passes over the training rows, at least 1.</param>
    public AutoencoderEstimator Plain(string outputColumnName, string? inputColumnName = null, int codeSize = 32, int epochs = 20) =>
        Plain(outputColumnName, inputColumnName, new PlainOptions { CodeSize = codeSize, Training = new() { Epochs = epochs } });
}
