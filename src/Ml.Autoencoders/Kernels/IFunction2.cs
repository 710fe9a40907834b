using System.Runtime.Intrinsics;

namespace Ml.Autoencoders.Kernels;

/// <summary>A function of two numbers, eight at a time.</summary>
internal interface IFunction2
{
    Vector256<float> Of(Vector256<float> x, Vector256<float> y);
}
