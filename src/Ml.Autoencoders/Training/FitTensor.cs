using static TorchSharp.torch;

namespace Ml.Autoencoders.Training;

/// <summary>A tensor that a fit goes on from.</summary>
/// <param name="Name">No other of the fit has it.</param>
/// <param name="Values">The tensor itself, no copy.</param>
internal sealed record FitTensor(string Name, Tensor Values)
{
    /// <summary>
    /// Whether its numbers may overflow in a fit that goes well, as the squares of large gradients do: their
    /// weights then no longer move. Nothing else that is remembered can, and nothing can be NaN, without making the
    /// weights so in the same update.
    /// </summary>
    public bool MayBeInfinite { get; init; }
}
