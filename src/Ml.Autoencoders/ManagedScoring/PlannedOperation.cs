using Ml.Autoencoders.Kernels;

namespace Ml.Autoencoders.ManagedScoring;

/// <summary>An operation whose sizes are known, and which is made once the numbers are.</summary>
/// <param name="Stride">From one row of its result to the next.</param>
/// <param name="Weights">Numbers that its weights take as they are laid out.</param>
/// <param name="Make">Makes it.</param>
internal sealed record PlannedOperation(long Stride, long Weights, Func<NumbersOf, BlockOperation> Make)
{
    /// <summary>The steps after it.</summary>
    public List<Func<NumbersOf, ManagedStep>> Steps { get; } = [];
}
