namespace Ml.Autoencoders.Arrays;

/// <summary>A formula of two numbers, for any back end.</summary>
internal interface IBinaryFunction
{
    T Of<T>(T x, T y) where T : IElementwise<T>;
}
