using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Likelihoods;

/// <summary>
/// Of a slot, the cross-entropy of the nearest number between 0 and 1, and the squared distance to that: beyond these
/// bounds, where new rows may lie, the cross-entropy itself falls without bound in the direction of the output.
/// </summary>
internal readonly struct BoundedCrossEntropy : IBinaryFunction
{
    public T Of<T>(T logits, T target) where T : IElementwise<T>
    {
        T known = target.Clamped(0, 1);
        return logits.CrossEntropyWithLogits(known) + known.SquaredDistance(target);
    }
}
