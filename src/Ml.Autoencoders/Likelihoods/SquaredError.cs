using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Likelihoods;

/// <summary>Of a slot, (x - y)².</summary>
internal readonly struct SquaredError : IBinaryFunction
{
    public T Of<T>(T output, T target) where T : IElementwise<T> => output.SquaredDistance(target);
}
