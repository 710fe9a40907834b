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
        // Files have names from before the parameters had theirs.
        Require.Finite(Least, place, place.IsEntry ? nameof(Least) : "Min");
        Require.Finite(Greatest, place, place.IsEntry ? nameof(Greatest) : "Max");
        if (Greatest < Least)
        {
            throw place.Error(place.IsEntry ? nameof(Greatest) : "Max", FormattableString.Invariant(
                $"is {Greatest}; it must be at least {(place.IsEntry ? "least" : "min")}, which is {Least}."));
        }
    }

    internal override Tensor Apply(Tensor rows, Shape shape, Generator random) =>
        rows.clone().ClampInPlace(Least, Greatest);
}
