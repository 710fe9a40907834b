using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Corruptions;

/// <summary>See <see cref="Corruption.SaltAndPepper"/>.</summary>
internal sealed record SaltAndPepperNoise(float Probability, float Pepper, float Salt) : Corruption
{
    internal override Tensor Apply(Tensor rows, Shape shape, Generator random)
    {
        // One uniform draw decides both whether a slot is hit and by what.
        Tensor draw = Draws.UniformLike(rows, random);
        return rows.Masked(draw.IsBelow(Probability), Salt).MaskInPlace(draw.IsBelow(Probability / 2), Pepper);
    }
}
