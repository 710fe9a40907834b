using static TorchSharp.torch;

namespace Ml.Autoencoders.Training;

/// <summary>A tensor that a fit resumes from.</summary>
/// <param name="Name">Unique within the fit.</param>
/// <param name="Values">The tensor itself, not a copy.</param>
internal sealed record FitTensor(string Name, Tensor Values)
{
    /// <summary>
    /// Whether its numbers may overflow in a fit that goes well, as the squares of large gradients do: their
    /// weights then no longer move. Nothing else that is remembered can overflow, and nothing can be NaN, without
    /// spoiling the weights in the same update.
    /// </summary>
    public bool MayBeInfinite { get; init; }
}
