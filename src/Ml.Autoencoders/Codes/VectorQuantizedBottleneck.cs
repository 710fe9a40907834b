using System.Globalization;
using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace Ml.Autoencoders.Codes;

/// <summary>
/// The code is made of vectors of a codebook: the encoder's output is cut into vectors, each of which is replaced by
/// the nearest of the codebook (van den Oord et al. 2017, "Neural Discrete Representation Learning", equations 1
/// and 2).
/// </summary>
/// <param name="CodebookSize">Vectors in the codebook, K. All places of a code share it.</param>
/// <param name="VectorSize">Numbers in each, d.</param>
/// <param name="Decay">What a codebook vector keeps of its average, from batch to batch.</param>
internal sealed record VectorQuantizedBottleneck(int CodebookSize, int VectorSize, float Decay) : Bottleneck
{
    public override void Check(Place place, int codeSize)
    {
        Require.Within(CodebookSize, 2, Limits.Codebook, place, nameof(CodebookSize));
        Require.AtLeast(VectorSize, 1, place, nameof(VectorSize));
        if (codeSize % VectorSize != 0)
            throw place.Error(nameof(VectorSize), $"is {VectorSize}; it must divide CodeSize, which is {codeSize}.");
        if ((long)CodebookSize * VectorSize > Limits.Numbers)
            throw place.Error(nameof(CodebookSize), string.Create(CultureInfo.InvariantCulture,
                $"is {CodebookSize} and VectorSize is {VectorSize}; a codebook can have at most {Limits.Numbers:N0} " +
                $"numbers."));
        Require.BelowOne(Decay, place, nameof(Decay));
    }

    public override int EncoderOutputs(int codeSize) => codeSize % VectorSize == 0
        ? codeSize
        : throw new NetworkException($"a code of {codeSize} numbers cannot be cut into vectors of {VectorSize}.");

    public override IReadOnlyList<ParameterSpec> Parameters(int codeSize) =>
        Codebook.Parameters(CodebookSize, VectorSize);

    public override T Code<T>(T encoded, WeightFinder<T> find)
    {
        T vectors = Vectors(find);
        T code = vectors.Rows(Codebook.Nearest(encoded, vectors)).Reshape(-1, encoded.Size(1)); // [B n, d] -> [B, Z]
        return code.Masked(encoded.IsMissing(), float.NaN);
    }

    public override IReadOnlyList<CodeColumn> Columns(int codeSize) =>
        [new CodeKeys(this, codeSize) { KeyCount = CodebookSize }];

    /// <summary>The code, and the keys of its vectors.</summary>
    public override int ReadSize(int codeSize) => codeSize + codeSize / VectorSize;

    public override CodeReader Reader(Func<string, float[]> find)
    {
        var nearest = new NearestVectors(find(Codebook.WeightName), VectorSize);
        return (encoded, read) =>
        {
            Span<float> code = read[..encoded.Length], keys = read[encoded.Length..];
            foreach (float number in encoded)
            {
                if (float.IsFinite(number))
                    continue;
                code.Fill(float.NaN); // every codebook vector is equally near to it
                keys.Clear();
                return;
            }
            encoded.CopyTo(code);
            nearest.Replace(code, keys);
            TensorPrimitives.Add(keys, 1, keys);
        };
    }

    /// <summary>
    /// In training the codebook follows the encoder, and gradients pass from the code to the encoder as if nothing had
    /// been replaced (the straight-through estimator of section 3.2).
    /// </summary>
    public override Tensor Draw(Tensor encoded, BoundNetwork weights, ForwardMode mode, Generator noise)
    {
        if (!mode.IsTraining)
            return Code<TorchArray>(encoded, weights.Find);
        // [B n, d] -> [B, Z]
        Tensor code = Codebook.Of(weights).Learn(encoded.detach(), Decay, noise).reshape(encoded.shape);
        return encoded.Plus((code - encoded).detach());
    }

    /// <summary>
    /// Which codebook vectors a code is made of: 1 to K, and 0 in a row that is missing: <c>[B, Z]</c> to
    /// <c>[B, Z/d]</c>. Every codebook vector is equally near to what is missing.
    /// </summary>
    public T Keys<T>(T encoded, WeightFinder<T> find) where T : struct, IArray<T>
    {
        T indices = Codebook.Nearest(encoded, Vectors(find))
            .Reshape(-1, encoded.Size(1) / VectorSize); // [B n] -> [B, n]
        return (indices.AsNumbers() + 1).Masked(encoded.IsMissing(), 0);
    }

    private T Vectors<T>(WeightFinder<T> find) => find(Codebook.WeightName, CodebookSize, VectorSize);
}
