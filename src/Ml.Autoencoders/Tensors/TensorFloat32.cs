using static TorchSharp.torch;

namespace Ml.Autoencoders.Tensors;

/// <summary>Lets GPUs multiply in TensorFloat-32, and sets what was set before when disposed.</summary>
internal sealed class TensorFloat32 : IDisposable
{
    private readonly bool _products = backends.cuda.matmul.allow_tf32;
    private readonly bool _convolutions = backends.cudnn.allow_tf32;

    private TensorFloat32() => Set(true, true);

    /// <summary>Null leaves the setting as it is.</summary>
    public static TensorFloat32? Allow(bool isAllowed) => isAllowed ? new TensorFloat32() : null;

    public void Dispose() => Set(_products, _convolutions);

    private static void Set(bool products, bool convolutions)
    {
        backends.cuda.matmul.allow_tf32 = products;
        backends.cudnn.allow_tf32 = convolutions;
    }
}
