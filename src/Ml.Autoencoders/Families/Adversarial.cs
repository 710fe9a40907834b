using System.Runtime.CompilerServices;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Objectives;

namespace Ml.Autoencoders;

/// <summary>Options of <see cref="AutoencoderCatalog.Adversarial(string, string?, AdversarialOptions)"/>.</summary>
public sealed record AdversarialOptions : AutoencoderOptions
{
    /// <summary>The distribution that the codes are to have.</summary>
    /// <value>The default is <c>CodePrior.Normal</c>.</value>
    public CodePrior Prior { get; init; } = CodePrior.Normal;

    /// <summary>The sizes of the discriminator's hidden layers, in order from the code.</summary>
    /// <value>Each at least 1, at most 16,777,216; none makes it linear. The default is 256, 128.</value>
    public IReadOnlyList<int> Discriminator { get; init => field = EqualList<int>.Of(value); } =
        EqualList<int>.Of([256, 128]);

    /// <summary>How far the encoder steps to deceive the discriminator, relative to its steps to reconstruct: a factor
    /// on the learning rate. A small factor leaves codes further from the prior; a large one makes reconstructions
    /// poorer.</summary>
    /// <value>Above 0. The default is 0.3.</value>
    public float AdversarialWeight { get; init; } = 0.3f;

    private protected override string Family => "Adversarial";

    private protected override Bottleneck MakeBottleneck(int codeSize) => new DeterministicBottleneck();

    private protected override Objective MakeObjective()
    {
        Require.NotNull(Discriminator, nameof(AdversarialOptions), nameof(Discriminator));
        return new AdversarialObjective(Likelihood.Of(Loss), Prior, [.. Discriminator], AdversarialWeight);
    }
}

public sealed partial class AutoencoderCatalog
{
    /// <summary>
    /// An autoencoder whose codes, taken together, are distributed like a prior of your choice: a second network, the
    /// discriminator, learns to tell codes from draws of the prior, and the encoder learns to deceive it
    /// (Makhzani et al. 2015, "Adversarial Autoencoders").
    /// </summary>
    /// <param name="outputColumnName">The column of the codes, a vector of
    /// <see cref="AutoencoderModelOptions.CodeSize"/> Single.</param>
    /// <param name="inputColumnName">The column to encode, a vector of Single or of keys, of known size. Null:
    /// <paramref name="outputColumnName"/>.</param>
    /// <param name="options">Everything else.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    [OverloadResolutionPriority(1)]
    public AutoencoderEstimator Adversarial(string outputColumnName, string? inputColumnName,
        AdversarialOptions options) =>
        Estimator(outputColumnName, inputColumnName, options);

    /// <inheritdoc cref="Adversarial(string, string?, AdversarialOptions)"/>
    /// <param name="outputColumnName">The column of the codes, a vector of <paramref name="codeSize"/> Single.</param>
    /// <param name="inputColumnName">The column to encode, a vector of Single or of keys, of known size. Default:
    /// <paramref name="outputColumnName"/>.</param>
    /// <param name="codeSize">Numbers in a code, at least 1. Default: 32.</param>
    /// <param name="epochs">Passes over the training rows, at least 1. Default: 20.</param>
    public AutoencoderEstimator Adversarial(string outputColumnName, string? inputColumnName = null,
        int? codeSize = null, int? epochs = null) =>
        Estimator<AdversarialOptions>(outputColumnName, inputColumnName, codeSize, epochs);
}
