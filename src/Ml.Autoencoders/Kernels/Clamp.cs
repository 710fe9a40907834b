using System.Runtime.Intrinsics;

namespace Ml.Autoencoders.Kernels;

/// <summary>The nearest number within bounds. NaN stays NaN.</summary>
internal readonly struct Clamp(float least, float greatest) : IUnaryFunction
{
    public Vector256<float> Of(Vector256<float> x) => Within(x, Vector256.Create(least), Vector256.Create(greatest));

    public static Vector256<float> Within(Vector256<float> x, Vector256<float> least, Vector256<float> greatest)
    {
        Vector256<float> atLeast = Vector256.ConditionalSelect(Vector256.LessThan(x, least), least, x);
        return Vector256.ConditionalSelect(Vector256.GreaterThan(atLeast, greatest), greatest, atLeast);
    }
}
