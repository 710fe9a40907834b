namespace Ml.Autoencoders.Kernels;

/// <summary>A computation on rows in managed memory that writes its results elsewhere. It knows sizes and numbers, and
/// no layers.</summary>
/// <param name="inputs">Numbers of a row that it reads.</param>
/// <param name="stride">From one row of the result to the next.</param>
internal abstract class BlockOperation(int inputs, int stride)
{
    public int Inputs => inputs;

    public int Stride => stride;

    /// <summary>Computes some rows. The bits of a row do not depend on the others.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="count">How many of them, B.</param>
    /// <param name="labels">The index of each row's label; empty where there is none.</param>
    /// <param name="output">The result, <c>[B, stride]</c>.</param>
    /// <exception cref="ArgumentException">Rows or room are less than that.</exception>
    public void Run(BlockRows rows, int count, ReadOnlySpan<long> labels, Span<float> output)
    {
        rows.Require(count, inputs);
        if (output.Length < (long)count * stride)
            throw new ArgumentException(FormattableString.Invariant(
                $"{count} rows of {stride} numbers need more room than {output.Length}."));
        Compute(rows, count, labels, output);
    }

    /// <summary>The same, of what is there.</summary>
    protected abstract void Compute(BlockRows rows, int count, ReadOnlySpan<long> labels, Span<float> output);
}
