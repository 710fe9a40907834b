using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Corruptions;

/// <summary>See <see cref="Corruption.SaltAndPepper"/>.</summary>
internal sealed class SaltAndPepperNoise(float probability, float pepper, float salt) : Corruption
{
    public float Probability { get; } = probability;

    public float Pepper { get; } = pepper;

    public float Salt { get; } = salt;

    private protected override IReadOnlyList<object?> Values => [Probability, Pepper, Salt];

    internal override void Check(Place place)
    {
        Require.Within(Probability, 0, 1, place, nameof(Probability));
        Require.Finite(Pepper, place, nameof(Pepper));
        Require.AtLeast(Salt, Pepper, place, nameof(Salt));
    }

    internal override Tensor Apply(Tensor rows, Shape shape, Generator random)
    {
        // One uniform draw decides both whether a slot is hit and by what.
        Tensor draw = Draws.UniformLike(rows, random);
        return rows.Masked(draw.IsBelow(Probability), Salt).MaskInPlace(draw.IsBelow(Probability / 2), Pepper);
    }
}
