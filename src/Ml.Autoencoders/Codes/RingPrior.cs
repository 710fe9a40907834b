using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Codes;

/// <summary>See <see cref="CodePrior.Ring"/>.</summary>
/// <param name="components">How many.</param>
/// <param name="radius">Of the circle.</param>
/// <param name="standardDeviation">Of each in the plane.</param>
internal sealed class RingPrior(int components, float radius, float standardDeviation) : CodePrior
{
    /// <summary>Of a tensor of codes by components, 4 MiB.</summary>
    private const int MaxNumbers = 1 << 20;

    public int Components => components;

    public float Radius => radius;

    public float StandardDeviation => standardDeviation;

    internal override string? Misfit(int codeSize) => codeSize < 2 ? "needs codes of at least 2 numbers" : null;

    internal override void Check(Place place)
    {
        Require.Within(Components, 1, Limits.Components, place, nameof(Components));
        Require.Above(Radius, 0, place, nameof(Radius));
        Require.Above(StandardDeviation, 0, place, nameof(StandardDeviation));
    }

    internal override Tensor Draw(long count, int codeSize, Generator random)
    {
        Tensor codes = Normal.Draw(count, codeSize, random);
        Tensor shares = Draws.UniformLike(codes.select(1, 0), random);
        Span<float> numbers = codes.Numbers;
        Span<float> places = shares.Numbers;
        for (int row = 0; row < places.Length; row++)
            Place(numbers.Slice(row * codeSize, codeSize), places[row]);
        return codes;
    }

    internal override void Draw(Span<float> noise, ulong state)
    {
        NormalNumbers.Fill(noise, ref state);
        Place(noise, NormalNumbers.Uniform(ref state));
    }

    /// <summary>Moves a standard normal code to where a component has it.</summary>
    /// <param name="code">Is moved.</param>
    /// <param name="share">From 0 on and below 1: which component, each as likely as any other.</param>
    private void Place(Span<float> code, double share) => PlaceAt(code, Math.Floor(share * Components));

    /// <summary>Moves a standard normal code to where the component of a number has it.</summary>
    private void PlaceAt(Span<float> code, double component)
    {
        (double sin, double cos) = Math.SinCos(component * 2 * Math.PI / Components);
        code[0] = (float)(code[0] * StandardDeviation + Radius * cos);
        code[1] = (float)(code[1] * StandardDeviation + Radius * sin);
    }

    /// <summary>In the plane the mean of the components' densities, in each other dimension that of N(0, 1).</summary>
    internal override Func<Tensor, Tensor> Density(BoundPrior own)
    {
        (float[] means, float[] logVariances) = (new float[2 * Components], new float[2 * Components]);
        Array.Fill(logVariances, 2 * MathF.Log(StandardDeviation));
        for (int i = 0; i < Components; i++)
        {
            (means[2 * i], means[2 * i + 1]) = (0, 0);
            PlaceAt(means.AsSpan(2 * i, 2), i);
        }
        return z =>
        {
            Tensor codes = z.reshape(-1, z.shape[^1]); // [N, Z]
            long block = Math.Max(1, MaxNumbers / (2 * Components));
            return cat([.. codes.split(block).Select(LogDensity)]).reshape(z.shape[..^1]);
        };

        Tensor LogDensity(Tensor z)
        {
            using DisposeScope scope = NewDisposeScope();
            var inThePlane = new DiagonalGaussian<TorchArray>(Beside(means, z), Beside(logVariances, z));
            Tensor plane = inThePlane.LogDensity(z.narrow(1, 0, 2).unsqueeze(1)); // [N, 1, 2], [C, 2] -> [N, C]
            Tensor log = plane.logsumexp(1).Minus(Math.Log(Components));
            long others = z.shape[1] - 2;
            if (others > 0)
                log = log.Plus(DiagonalGaussian<TorchArray>.StandardLogDensity(z.narrow(1, 2, others)));
            return log.MoveToOuterDisposeScope();
        }

        Tensor Beside(float[] numbers, Tensor z) => tensor(numbers, [Components, 2], device: CPU).to(z.dtype, z.device);
    }

    private protected override IReadOnlyList<object?> Values => [Components, Radius, StandardDeviation];
}
