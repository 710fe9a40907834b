namespace Ml.Autoencoders.ManagedScoring;

/// <summary>What happens to numbers between two linear layers, in place.</summary>
internal abstract class DenseStep
{
    /// <param name="block">Rows, <c>[B, stride]</c>; what is behind the numbers of a row is nobody's.</param>
    /// <param name="stride">From one row to the next.</param>
    public abstract void Run(Span<float> block, int stride);
}
