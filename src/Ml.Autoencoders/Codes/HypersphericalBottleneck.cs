using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Onnx;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace Ml.Autoencoders.Codes;

/// <summary>
/// The code is a random direction, q(z|x) = vMF(μ(x), κ(x)): the encoder gives Z numbers whose direction is μ, and one
/// that is ln κ (Davidson et al. 2018, "Hyperspherical Variational Auto-Encoders", section 3). Training draws from it,
/// prediction takes μ.
/// </summary>
internal sealed record HypersphericalBottleneck : Bottleneck
{
    /// <summary>Below this size of the largest of its numbers a vector has no direction that Single holds: e1 is
    /// taken.</summary>
    private const float MinSize = 1e-30f;

    /// <summary>What ln κ is computed from at most, so that κ is a Single.</summary>
    private const float MaxNumber = 1e30f;

    /// <summary>
    /// Where the encoder's number is ln κ as it is: κ from 0.001, where directions are all but uniform, to 10,000,
    /// where a number of the code deviates by 0.01. Beyond, κ grows in proportion to the number, no longer
    /// exponentially.
    /// </summary>
    private static readonly LogVarianceBounds LogConcentration = new(MathF.Log(1e-3f), MathF.Log(1e4f));

    public override void Check(Place place, int codeSize)
    {
        if (codeSize < SpherePrior.MinSize)
        {
            throw place.Error("CodeSize",
                $"is {codeSize}; it must be at least {SpherePrior.MinSize} for codes on a sphere.");
        }
    }

    /// <summary>A direction, and how concentrated it is.</summary>
    public override int EncoderOutputs(int codeSize) => codeSize + 1;

    public override CodeSpace Space => CodeSpace.Sphere;

    public override bool HasPosterior => true;

    public override Posterior Posterior(Tensor encoded) =>
        new VonMisesFisher(Direction(encoded), encoded.select(1, encoded.shape[1] - 1));

    public override IReadOnlyList<CodeColumn> Columns(int codeSize) =>
    [
        new("Concentration", 1, (encoded, _) => encoded.narrow(1, codeSize, 1))
        {
            IsScalar = true,
            ManagedStart = codeSize,
            Export = encoded => LogConcentration.Hold(new OnnxArray(
                encoded.Columns(codeSize, 1).Clamped(-MaxNumber, MaxNumber), -1, 1)).Exp().Value,
        },
    ];

    public override Tensor Code(Tensor encoded, BoundNetwork weights) => Direction(encoded);

    /// <summary>To μ and κ.</summary>
    public override Tensor Read(Tensor encoded)
    {
        Tensor vector = Direction(encoded);
        Tensor number = encoded.narrow(1, vector.shape[1], 1);
        return cat([Normalized(vector),
            LogConcentration.Hold<TorchArray>(number.Clamped(-MaxNumber, MaxNumber)).Exp()], dim: 1);
    }

    protected override void Read(Span<float> encoded)
    {
        Normalize(encoded[..^1]);
        Span<float> concentration = encoded[^1..];
        concentration[0] = Math.Clamp(concentration[0], -MaxNumber, MaxNumber);
        LogConcentration.Hold(concentration);
        concentration[0] = MathF.Exp(concentration[0]);
    }

    public override OnnxValue Export(OnnxValue encoded, int codeSize)
    {
        OnnxValue vector = encoded.Columns(0, codeSize);
        OnnxValue size = vector.To("Abs").To("ReduceMax", OnnxAttribute.Of("axes", [1])); // [B, 1]
        OnnxValue isNone = size.With("Less", size.Graph.Constant(MinSize));
        OnnxValue first = size.Graph.Constant("firstDirection", First(codeSize), 1, codeSize);
        vector = isNone.With("Where", first, vector / size.Masked(isNone, 1));
        return vector / vector.Squared().Sum(axis: 1).To("Sqrt");
    }

    /// <summary>A vector to its direction, in place.</summary>
    public static void Normalize(Span<float> vector)
    {
        // By the largest number first: squares of others may be beyond Single.
        float size = Math.Abs(TensorPrimitives.MaxMagnitude<float>(vector));
        if (size < MinSize)
        {
            First(vector.Length).CopyTo(vector);
            return;
        }
        TensorPrimitives.Divide(vector, size, vector);
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
    }

    /// <summary>The same of each row, through which gradients pass.</summary>
    private static Tensor Normalized(Tensor vectors)
    {
        Tensor size = vectors.detach().abs().amax([1], keepdim: true); // [B, 1]
        Tensor isNone = size.IsBelow(MinSize);
        Tensor first = tensor(First((int)vectors.shape[1]), device: CPU).to(vectors.dtype, vectors.device);
        vectors = where(isNone, first, vectors / size.Masked(isNone, 1));
        return vectors / vectors.Squared().sum([1], keepdim: true).sqrt();
    }

    /// <summary>All but the last number: <c>[B, Z + 1]</c> to <c>[B, Z]</c>.</summary>
    private static Tensor Direction(Tensor encoded) => encoded.narrow(1, 0, encoded.shape[1] - 1);

    /// <summary>e1, for what has no direction.</summary>
    private static float[] First(int size) => [1, .. new float[size - 1]];
}
