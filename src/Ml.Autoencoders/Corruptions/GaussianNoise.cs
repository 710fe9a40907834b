using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Corruptions;

/// <summary>See <see cref="Corruption.Gaussian"/>.</summary>
internal sealed class GaussianNoise(float standardDeviation, float mean) : Corruption
{
    public float StandardDeviation { get; } = standardDeviation;

    public float Mean { get; } = mean;

    private protected override IReadOnlyList<object?> Values => [StandardDeviation, Mean];

    internal override void Check(Place place)
    {
        Require.AtLeast(StandardDeviation, 0, place, nameof(StandardDeviation));
        Require.Finite(Mean, place, nameof(Mean));
    }

    internal override Tensor Apply(Tensor rows, Shape shape, Generator random) =>
        Draws.NormalLike(rows, random, Mean, StandardDeviation).PlusInPlace(rows);
}
