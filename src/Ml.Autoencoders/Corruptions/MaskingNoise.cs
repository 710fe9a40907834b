using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Corruptions;

/// <summary>See <see cref="Corruption.Masking"/>.</summary>
internal sealed class MaskingNoise(float probability) : Corruption
{
    public float Probability { get; } = probability;

    private protected override IReadOnlyList<object?> Values => [Probability];

    internal override void Check(Place place) => Require.Within(Probability, 0, 1, place, nameof(Probability));

    internal override Tensor Apply(Tensor rows, Shape shape, Generator random) =>
        Draws.BernoulliLike(rows, 1 - Probability, random).mul_(rows);
}
