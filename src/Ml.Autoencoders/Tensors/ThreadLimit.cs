using static TorchSharp.torch;

namespace Ml.Autoencoders.Tensors;

/// <summary>Sets torch's thread count for the calling thread, and gives it back when disposed.</summary>
internal sealed class ThreadLimit : IDisposable
{
    private readonly int _before = get_num_threads();

    private ThreadLimit(int threads) => set_num_threads(threads);

    /// <summary>Null leaves the setting as it is.</summary>
    public static ThreadLimit? Set(int? threads) => threads is { } count ? new ThreadLimit(count) : null;

    public void Dispose() => set_num_threads(_before);
}
