using Ml.Autoencoders.Arrays;
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

    /// <summary>Draws from it are computed with torch alone.</summary>
    public override Posterior<T>? Posterior<T>(T encoded)
    {
        if (encoded is not TorchArray { Tensor: var read })
            return null;
        long size = read.size(1) - 1;
        Posterior<TorchArray> posterior = new VonMisesFisher(read.narrow(1, 0, size), read.select(1, size));
        return posterior as Posterior<T>;
    }

    public override IReadOnlyList<CodeColumn> Columns(int codeSize) =>
        [new CodePart("Concentration", 1, codeSize) { IsScalar = true }];

    public override T Code<T>(T encoded, WeightFinder<T> find) => Direction(encoded);

    /// <summary>To μ and κ.</summary>
    public override T Read<T>(T encoded)
    {
        T number = encoded.Narrow(1, encoded.Size(1) - 1, 1);
        return Normalized(Direction(encoded)).Concat(Concentration(number), 1);
    }

    protected override void Read(Span<float> encoded)
    {
        Normalize(encoded[..^1]);
        encoded[^1] = (float)Concentration<Number>(encoded[^1]).Value;
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
    private static T Normalized<T>(T vectors) where T : struct, IArray<T>
    {
        var numbers = (int)vectors.Size(1);
        T size = vectors.Detach().Abs().Max(1); // [B, 1]
        T isNone = size.IsBelow(MinSize);
        vectors = (vectors / size.Masked(isNone, 1)).Masked(isNone, vectors.Constant(First(numbers), 1, numbers));
        return vectors / vectors.Squared().Sum(1, keep: true).Sqrt();
    }

    /// <summary>All but the last number: <c>[B, Z + 1]</c> to <c>[B, Z]</c>.</summary>
    private static T Direction<T>(T encoded) where T : struct, IArray<T> => encoded.Narrow(1, 0, encoded.Size(1) - 1);

    /// <summary>e1, for what has no direction.</summary>
    private static float[] First(int size) => [1, .. new float[size - 1]];

    /// <summary>κ of the encoder's number.</summary>
    private static T Concentration<T>(T number) where T : IArithmetic<T> =>
        LogConcentration.Hold(number.Clamped(-MaxNumber, MaxNumber)).Exp();
}
