using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests;

/// <summary>Counts the tensors that live.</summary>
internal static class TensorLedger
{
    /// <summary>How many more tensors live after <paramref name="action"/> than before it.</summary>
    /// <param name="action">Is run twice.</param>
    /// <param name="parameters">How many parameters a run makes: torch counts each of them twice, as the tensor that it
    /// was made from and as itself, and takes only one off when it dies.</param>
    public static long Left(Action action, int parameters = 0)
    {
        // What torch keeps for itself is made once, and what other tests left must not die meanwhile.
        action();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long before = Tensor.TotalCount;
        action();
        return Tensor.TotalCount - before - parameters;
    }
}
