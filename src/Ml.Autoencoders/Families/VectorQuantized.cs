using System.Runtime.CompilerServices;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Objectives;

namespace Ml.Autoencoders;

/// <summary>
/// Options of <see cref="AutoencoderCatalog.VectorQuantized(string, string?, VectorQuantizedOptions)"/>.
/// </summary>
public sealed record VectorQuantizedOptions : AutoencoderOptions
{
    private const int MaxDefaultVectorSize = 4;

    /// <summary>Vectors in the codebook, K, of which every code is made.</summary>
    /// <value>At least 2, at most 65,536. The default is 256: a byte for each.</value>
    public int CodebookSize { get; init; } = 256;

    /// <summary>
    /// Numbers in a codebook vector, d: a code is a sequence of
    /// <see cref="AutoencoderModelOptions.CodeSize"/> / d of them.
    /// </summary>
    /// <value>A divisor of the code's size. The default is null: the greatest one up to 4 that makes codes of at least
    /// two vectors, because one alone only specifies which of K clusters a row is in.</value>
    public int? VectorSize { get; init; }

    /// <summary>
    /// The weight β of the squared distance between the encoder's output and the codebook vectors that replace it.
    /// </summary>
    /// <value>At least 0. The default is 0.25.</value>
    public float CommitmentWeight { get; init; } = 0.25f;

    /// <summary>
    /// How slowly codebook vectors follow the encoder: the share γ that each keeps of its moving average per batch.
    /// </summary>
    /// <value>At least 0, below 1. The default is 0.99.</value>
    public float Decay { get; init; } = 0.99f;

    /// <summary>
    /// A column for the indices of the codebook vectors that a code is made of, a vector of
    /// <see cref="AutoencoderModelOptions.CodeSize"/> / d keys of <see cref="CodebookSize"/> values.
    /// <c>MapKeyToVector</c> makes them one-hot.
    /// </summary>
    /// <value>The default is null: no such column.</value>
    public string? CodeIndicesColumnName { get; init; }

    private protected override string Family => "VectorQuantized";

    private protected override Bottleneck MakeBottleneck(int codeSize) =>
        new VectorQuantizedBottleneck(CodebookSize, VectorSize ?? DefaultVectorSize(codeSize), Decay);

    private protected override Objective MakeObjective() =>
        new VectorQuantizedObjective(Likelihood.Of(Loss), CommitmentWeight);

    private protected override IEnumerable<(string Name, string? Column)> CodeColumns =>
        [("CodeIndices", CodeIndicesColumnName)];

    private static int DefaultVectorSize(int codeSize) =>
        Enumerable.Range(1, MaxDefaultVectorSize).Last(size => size == 1 || (codeSize % size == 0 && size < codeSize));
}

public sealed partial class AutoencoderCatalog
{
    /// <summary>
    /// An autoencoder whose codes are made of few different parts: sequences of vectors, each one of a codebook that is
    /// learned with the network (van den Oord et al. 2017, "Neural Discrete Representation Learning"). A code can be
    /// kept as the numbers of its vectors.
    /// </summary>
    /// <param name="outputColumnName">The column of the codes, a vector of
    /// <see cref="AutoencoderModelOptions.CodeSize"/> Single.</param>
    /// <param name="inputColumnName">The column to encode, a vector of Single or of keys, of known size. Null:
    /// <paramref name="outputColumnName"/>.</param>
    /// <param name="options">Everything else.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    [OverloadResolutionPriority(1)]
    public AutoencoderEstimator VectorQuantized(string outputColumnName, string? inputColumnName,
        VectorQuantizedOptions options) =>
        Estimator(outputColumnName, inputColumnName, options);

    /// <inheritdoc cref="VectorQuantized(string, string?, VectorQuantizedOptions)"/>
    /// <param name="outputColumnName">The column of the codes, a vector of <paramref name="codeSize"/> Single.</param>
    /// <param name="inputColumnName">The column to encode, a vector of Single or of keys, of known size. Default:
    /// <paramref name="outputColumnName"/>.</param>
    /// <param name="codeSize">Numbers in a code, at least 1. Default: 32.</param>
    /// <param name="epochs">Passes over the training rows, at least 1. Default: 20.</param>
    public AutoencoderEstimator VectorQuantized(string outputColumnName, string? inputColumnName = null,
        int? codeSize = null, int? epochs = null) =>
        Estimator<VectorQuantizedOptions>(outputColumnName, inputColumnName, codeSize, epochs);
}
