using System.Runtime.Intrinsics;

namespace Ml.Autoencoders.Kernels;

/// <summary>A function of three numbers, eight at a time.</summary>
internal interface ITernaryFunction
{
    Vector256<float> Of(Vector256<float> x, Vector256<float> y, Vector256<float> z);
}
