using System.Runtime.Intrinsics;

namespace Ml.Autoencoders.Kernels;

/// <summary>A function of one number, eight at a time.</summary>
internal interface IUnaryFunction
{
    Vector256<float> Of(Vector256<float> x);
}
