using static TorchSharp.torch;

namespace Ml.Autoencoders.Kernels;

/// <summary>Sets torch's thread count for the calling thread alone, and gives it back when disposed.</summary>
/// <remarks>
/// Torch's own setter also writes a default of the process, which every other thread takes over when it first uses
/// torch. The default for new threads is therefore looked up before each change, and set again after it.
/// </remarks>
internal sealed class ThreadLimit : IDisposable
{
    private static readonly Lock Gate = new();

    private readonly int _before = get_num_threads();

    private ThreadLimit(int threads) => SetHere(threads);

    /// <summary>What torch may use on the calling thread.</summary>
    public static int Current => get_num_threads();

    /// <summary>Null leaves the setting as it is.</summary>
    public static ThreadLimit? Set(int? threads) => threads is { } count ? new ThreadLimit(count) : null;

    /// <summary>For a thread that the caller owns.</summary>
    public static void SetForGood(int threads)
    {
        // A thread takes over the default of the process when it is first asked, and would do so after the change.
        _ = Current;
        SetHere(threads);
    }

    public void Dispose() => SetHere(_before);

    private static void SetHere(int threads)
    {
        lock (Gate)
        {
            int standard = 0;
            OnNewThread(() => standard = get_num_threads());
            set_num_threads(threads);
            OnNewThread(() => set_num_threads(standard));
        }
    }

    private static void OnNewThread(Action action)
    {
        var thread = new Thread(() => action());
        thread.Start();
        thread.Join();
    }
}
