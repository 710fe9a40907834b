namespace Ml.Autoencoders.Arrays;

/// <summary>A formula of one number, for any back end.</summary>
internal interface IUnaryFunction
{
    T Of<T>(T x) where T : IElementwise<T>;
}
