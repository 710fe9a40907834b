using TorchSharp;

namespace Ml.Autoencoders.Tests;

/// <summary>Counts the tensors that this thread has made and not disposed.</summary>
/// <remarks>Not <c>Tensor.TotalCount</c>: that goes up for ever by one with each <c>Parameter</c>, which takes the
/// place of the tensor that it is made from.</remarks>
internal static class LiveTensors
{
    public static long Now => DisposeScopeManager.Statistics.ThreadTotalLiveCount;

    /// <summary>How many more tensors live after <paramref name="action"/> than before it.</summary>
    /// <param name="action">Is run twice: what torch keeps for itself is made once.</param>
    public static long Left(Action action)
    {
        action();
        long before = Now;
        action();
        return Now - before;
    }
}
