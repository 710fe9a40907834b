using System.Runtime.CompilerServices;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Objectives;

namespace Ml.Autoencoders;

/// <summary>Options of <see cref="AutoencoderCatalog.Plain(string, string?, PlainOptions)"/>.</summary>
public sealed record PlainOptions : AutoencoderOptions
{
    private protected override string Family => "Plain";

    private protected override Bottleneck MakeBottleneck(int codeSize) => new DeterministicBottleneck();

    private protected override Objective MakeObjective() => new ReconstructionObjective(Likelihood.Of(Loss));
}

public sealed partial class AutoencoderCatalog
{
    /// <summary>
    /// The basic autoencoder: an encoder z = f(x) and a decoder y = g(z), trained together so that y is near x
    /// (Hinton and Salakhutdinov 2006, "Reducing the Dimensionality of Data with Neural Networks").
    /// </summary>
    /// <param name="outputColumnName">The column of the codes, a vector of
    /// <see cref="AutoencoderModelOptions.CodeSize"/> Single.</param>
    /// <param name="inputColumnName">The column to encode, a vector of Single or of keys, of known size. Null:
    /// <paramref name="outputColumnName"/>.</param>
    /// <param name="options">Everything else.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    [OverloadResolutionPriority(1)]
    public AutoencoderEstimator Plain(string outputColumnName, string? inputColumnName, PlainOptions options) =>
        Estimator(outputColumnName, inputColumnName, options);

    /// <inheritdoc cref="Plain(string, string?, PlainOptions)"/>
    /// <param name="outputColumnName">The column of the codes, a vector of <paramref name="codeSize"/> Single.</param>
    /// <param name="inputColumnName">The column to encode, a vector of Single or of keys, of known size. Default:
    /// <paramref name="outputColumnName"/>.</param>
    /// <param name="codeSize">Numbers in a code, at least 1. Default: 32.</param>
    /// <param name="epochs">Passes over the training rows, at least 1. Default: 20.</param>
    public AutoencoderEstimator Plain(string outputColumnName, string? inputColumnName = null, int? codeSize = null,
        int? epochs = null) =>
        Estimator<PlainOptions>(outputColumnName, inputColumnName, codeSize, epochs);
}
