using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests;

/// <summary>The numbers of a tensor in managed memory, in row-major order. Leaves no tensor behind.</summary>
internal static class TensorNumbers
{
    public static float[] Floats(this Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().cpu().contiguous().data<float>().ToArray();
    }

    public static double[] Doubles(this Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().cpu().to(ScalarType.Float64).contiguous().data<double>().ToArray();
    }
}
