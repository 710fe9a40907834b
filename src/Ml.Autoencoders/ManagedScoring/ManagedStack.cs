using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Networks;

namespace Ml.Autoencoders.ManagedScoring;

/// <summary>
/// An encoder or decoder in the form in which it computes fastest over managed memory, in prediction: the counterpart
/// of <see cref="BoundStack"/> that needs no torch. Planned by <see cref="ManagedCompiler"/>.
/// </summary>
/// <param name="inputs">Numbers of a row before the first operation, without a label's.</param>
/// <param name="outputs">Numbers of a row after the last.</param>
/// <param name="operations">The operations, at least one, and the steps after each.</param>
internal sealed class ManagedStack(int inputs, int outputs,
    (BlockOperation Operation, ManagedStep[] Steps)[] operations)
{
    public int Inputs => inputs;

    public int Outputs => outputs;

    /// <summary>From one row of the result to the next.</summary>
    public int Stride => operations[^1].Operation.Stride;

    /// <summary>From one row to the next where rows are widest.</summary>
    public int MaxStride { get; } = operations.Max(operation => operation.Operation.Stride);

    /// <summary>All layers.</summary>
    /// <param name="rows">The rows; they are not written to.</param>
    /// <param name="count">How many, B.</param>
    /// <param name="labels">The index of each row's label; empty where there is none.</param>
    /// <param name="first">Room for B times <see cref="MaxStride"/> numbers.</param>
    /// <param name="second">As much again.</param>
    /// <param name="hidden">Where hidden activations go, if they are requested.</param>
    /// <returns>A part of one of the two, <c>[B, stride]</c>.</returns>
    public Span<float> Run(BlockRows rows, int count, ReadOnlySpan<long> labels, Span<float> first,
        Span<float> second, HiddenRows hidden = default)
    {
        Span<float> block = default;
        bool isInFirst = false;
        foreach ((BlockOperation operation, ManagedStep[] steps) in operations)
        {
            isInFirst = !isInFirst;
            block = (isInFirst ? first : second)[..(count * operation.Stride)];
            operation.Run(rows, count, labels, block);
            foreach (ManagedStep step in steps)
            {
                step.Run(block, operation.Stride);
                if (hidden.AreWanted)
                    step.Collect(block, operation.Stride, hidden);
            }
            rows = new BlockRows(block, operation.Stride);
        }
        return block;
    }
}
