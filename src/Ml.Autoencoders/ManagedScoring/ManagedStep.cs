namespace Ml.Autoencoders.ManagedScoring;

/// <summary>A step between two operations, in place.</summary>
internal abstract class ManagedStep
{
    /// <param name="block">Rows, <c>[B, stride]</c>; what follows the numbers of a row is unused.</param>
    /// <param name="stride">From one row to the next.</param>
    public abstract void Run(Span<float> block, int stride);

    /// <summary>Called after it where hidden activations are requested.</summary>
    /// <param name="block">Rows, <c>[B, stride]</c>; what follows the numbers of a row is unused.</param>
    /// <param name="stride">From one row to the next.</param>
    /// <param name="hidden">Where these go.</param>
    public virtual void Collect(ReadOnlySpan<float> block, int stride, HiddenRows hidden)
    {
    }
}
