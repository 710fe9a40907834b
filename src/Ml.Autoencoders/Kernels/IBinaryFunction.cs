using System.Runtime.Intrinsics;

namespace Ml.Autoencoders.Kernels;

/// <summary>A function of two numbers, eight at a time.</summary>
internal interface IBinaryFunction
{
    Vector256<float> Of(Vector256<float> x, Vector256<float> y);
}
