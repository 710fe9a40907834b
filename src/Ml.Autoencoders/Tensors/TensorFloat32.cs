using static TorchSharp.torch;

namespace Ml.Autoencoders.Tensors;

/// <summary>
/// Lets GPUs multiply in TensorFloat-32 as long as one of these lives, and restores the setting
/// when the last is disposed.
/// </summary>
internal sealed class TensorFloat32 : IDisposable
{
    private static readonly Lock Gate = new();
    private static (bool Products, bool Convolutions) _before;
    private static int _living;

    private TensorFloat32()
    {
        lock (Gate)
        {
            if (_living++ == 0)
                _before = (backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32);
            Set((true, true));
        }
    }

    /// <summary>Null, with the setting unchanged, where it is not allowed.</summary>
    public static TensorFloat32? Allow(bool isAllowed) => isAllowed ? new TensorFloat32() : null;

    public void Dispose()
    {
        lock (Gate)
        {
            if (--_living == 0)
                Set(_before);
        }
    }

    private static void Set((bool Products, bool Convolutions) allowed)
    {
        backends.cuda.matmul.allow_tf32 = allowed.Products;
        backends.cudnn.allow_tf32 = allowed.Convolutions;
    }
}
