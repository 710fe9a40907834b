namespace Ml.Autoencoders.Arrays;

/// <summary>A formula of three numbers, for any back end.</summary>
internal interface ITernaryFunction
{
    T Of<T>(T x, T y, T z) where T : IElementwise<T>;
}
