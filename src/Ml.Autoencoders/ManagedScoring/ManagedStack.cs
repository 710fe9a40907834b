using System.Runtime.InteropServices;
using Ml.Autoencoders.Kernels;
using Ml.Autoencoders.Networks;

namespace Ml.Autoencoders.ManagedScoring;

/// <summary>
/// A dense encoder or decoder in the form in which it computes fastest over managed memory, in prediction: the
/// counterpart of <see cref="BoundStack"/> that needs no torch. Made by <see cref="ManagedCompiler"/>.
/// </summary>
/// <param name="inputs">Numbers of a row before the first layer, without a label's.</param>
/// <param name="outputs">Numbers of a row after the last.</param>
/// <param name="before">The steps before the first linear layer.</param>
/// <param name="linears">The linear layers, and the steps after each.</param>
internal sealed class ManagedStack(int inputs, int outputs, ManagedStep[] before,
    (PackedLinear Linear, ManagedStep[] Behind)[] linears)
{
    private readonly int _inputStride = PackedLinear.StrideOf(inputs);

    /// <summary>Whether the first linear layer can take rows where they lie.</summary>
    private readonly bool _readsInPlace = before.Length == 0 && linears.Length > 0;

    public int Inputs => inputs;

    public int Outputs => outputs;

    /// <summary>From one row of the result to the next.</summary>
    public int Stride => linears is [.., var last] ? last.Linear.Stride : _inputStride;

    /// <summary>From one row to the next where rows are widest.</summary>
    public int MaxStride { get; } = linears.Select(linear => linear.Linear.Stride)
        .Append(before.Length == 0 && linears.Length > 0 ? 0 : PackedLinear.StrideOf(inputs)).Max();

    /// <summary>All layers.</summary>
    /// <param name="rows">The rows; they are not written to.</param>
    /// <param name="count">How many, B.</param>
    /// <param name="labels">The index of each row's label; empty where there is none.</param>
    /// <param name="first">Room for B times <see cref="MaxStride"/> numbers.</param>
    /// <param name="second">As much again.</param>
    /// <returns>A part of one of the two, <c>[B, stride]</c>.</returns>
    public Span<float> Run<TRows>(TRows rows, int count, ReadOnlySpan<long> labels, Span<float> first,
        Span<float> second)
        where TRows : IRows<TRows>, allows ref struct
    {
        Span<float> block;
        bool isInFirst = true;
        if (_readsInPlace)
        {
            block = RunLinear(0, rows, count, labels, first);
        }
        else
        {
            block = Copy(rows, count, first);
            RunSteps(before, block, _inputStride);
            if (linears.Length == 0)
                return block;
            block = RunLinear(0, new BlockRows(block, _inputStride), count, labels, second);
            isInFirst = false;
        }
        for (int i = 1; i < linears.Length; i++)
        {
            block = RunLinear(i, new BlockRows(block, linears[i - 1].Linear.Stride), count, [],
                isInFirst ? second : first);
            isInFirst = !isInFirst;
        }
        return block;
    }

    private Span<float> RunLinear<TRows>(int index, TRows rows, int count, ReadOnlySpan<long> labels, Span<float> room)
        where TRows : IRows<TRows>, allows ref struct
    {
        (PackedLinear linear, ManagedStep[] behind) = linears[index];
        Span<float> block = room[..(count * linear.Stride)];
        linear.Run(rows, count, labels, block);
        RunSteps(behind, block, linear.Stride);
        return block;
    }

    private static void RunSteps(ManagedStep[] steps, Span<float> block, int stride)
    {
        foreach (ManagedStep step in steps)
            step.Run(block, stride);
    }

    private Span<float> Copy<TRows>(TRows rows, int count, Span<float> room) where TRows : IRows<TRows>,
        allows ref struct
    {
        rows.Require(count, inputs);
        Span<float> block = room[..(count * _inputStride)];
        for (int row = 0; row < count; row++)
            MemoryMarshal.CreateReadOnlySpan(ref rows.First(row), inputs).CopyTo(block[(row * _inputStride)..]);
        return block;
    }
}
