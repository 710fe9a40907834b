using System.Text.Json.Serialization;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Priors;

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
        Tensor share = Draws.UniformLike(codes.select(1, 0), random);
        Tensor angle = share.Times(Components).floor().Times(2 * Math.PI / Components);
        Tensor means = stack([angle.cos(), angle.sin()], 1).Times(Radius); // [count, 2]
        codes.narrow(1, 0, 2).TimesInPlace(StandardDeviation).PlusInPlace(means);
        return codes;
    }
}
