namespace Ml.Autoencoders.Kernels;

/// <summary>An operation to which each of several parts of a row is a row.</summary>
/// <param name="operation">The operation.</param>
/// <param name="parts">Parts of a row.</param>
/// <param name="from">From one part to the next, in what is read.</param>
internal sealed class PerPart(BlockOperation operation, int parts, int from)
    : BlockOperation(checked((parts - 1) * from + operation.Inputs), checked(parts * operation.Stride))
{
    protected override void Compute(BlockRows rows, int count, ReadOnlySpan<long> labels, Span<float> output) =>
        operation.Run(rows.Parts(parts, from), checked(count * parts), labels, output);
}
