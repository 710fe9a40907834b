using System.Text.Json.Serialization;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Codes;

/// <summary>See <see cref="CodePrior.Ring"/>.</summary>
internal sealed record RingPrior(int Components, float Radius, float StandardDeviation) : CodePrior
{
    [JsonIgnore]
    internal override int LeastCodeSize => 2;

    internal override void Check(Place place)
    {
        Require.Within(Components, 1, Limits.Components, place, nameof(Components));
        Require.Above(Radius, 0, place, nameof(Radius));
        Require.Above(StandardDeviation, 0, place, nameof(StandardDeviation));
    }

    internal override Tensor Draw(long count, long codeSize, Generator random)
    {
        Tensor codes = Normal.Draw(count, codeSize, random);
        Tensor shares = Draws.UniformLike(codes.select(1, 0), random);
        Span<float> numbers = codes.Numbers;
        Span<float> places = shares.Numbers;
        for (int row = 0; row < places.Length; row++)
            Place(numbers.Slice((int)(row * codeSize), (int)codeSize), places[row]);
        return codes;
    }

    internal override void Draw(Span<float> code, ulong state)
    {
        NormalNumbers.Fill(code, ref state);
        Place(code, NormalNumbers.Uniform(ref state));
    }

    /// <summary>A standard normal code to where a component has it.</summary>
    /// <param name="code">Is moved.</param>
    /// <param name="share">From 0 on and below 1: which component, each as often as any other.</param>
    private void Place(Span<float> code, double share)
    {
        (double sin, double cos) = Math.SinCos(Math.Floor(share * Components) * 2 * Math.PI / Components);
        code[0] = (float)(code[0] * StandardDeviation + Radius * cos);
        code[1] = (float)(code[1] * StandardDeviation + Radius * sin);
    }
}
