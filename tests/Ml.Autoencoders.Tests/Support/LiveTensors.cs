using TorchSharp;

namespace Ml.Autoencoders.Tests;

/// <summary>Counts the tensors that this thread has made and not disposed.</summary>
/// <remarks>Not <c>Tensor.TotalCount</c>: that goes up for ever by one with each <c>Parameter</c>, which takes the place
/// of the tensor that it is made from.</remarks>
internal static class LiveTensors
{
    public static long Now => DisposeScopeManager.Statistics.ThreadTotalLiveCount;
}
