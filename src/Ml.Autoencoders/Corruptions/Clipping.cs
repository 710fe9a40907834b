using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Corruptions;

/// <summary>See <see cref="Corruption.Clip"/>.</summary>
internal sealed class Clipping(float least, float greatest) : Corruption
{
    public float Least { get; } = least;

    public float Greatest { get; } = greatest;

    private protected override IReadOnlyList<object?> Values => [Least, Greatest];

    internal override void Check(Place place)
    {
        Require.Finite(Least, place, nameof(Least));
        Require.AtLeast(Greatest, Least, place, nameof(Greatest));
    }

    internal override Tensor Apply(Tensor rows, Shape shape, Generator random) => rows.clone().ClampInPlace(Least, Greatest);
}
