using Ml.Autoencoders.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Objectives;

/// <summary>
/// Sums over the rows of a batch to which each row adds what it finds in all of them, so that memory for all at once
/// would grow with the batch squared. They are computed a block of rows at a time, and so are their gradients, which
/// are all that is kept of a block.
/// </summary>
internal static class RowBlocks
{
    /// <summary>In a tensor of one block, 4 MiB.</summary>
    private const long MaxNumbers = 1 << 20;

    /// <summary>What a block adds to each of the sums, as scalars.</summary>
    /// <param name="inputs">What the sums are computed from.</param>
    /// <param name="start">The block's first row.</param>
    /// <param name="count">Its rows.</param>
    public delegate Tensor[] Block(Tensor[] inputs, long start, long count);

    /// <summary>The sums over all rows, scalars through which gradients reach <paramref name="inputs"/>.</summary>
    /// <param name="rows">How many there are.</param>
    /// <param name="numbers">That one of them takes.</param>
    /// <param name="inputs">What the sums are computed from.</param>
    /// <param name="block">Computes; every sum from every input.</param>
    public static Tensor[] Sum(long rows, long numbers, Tensor[] inputs, Block block)
    {
        long size = Math.Clamp(MaxNumbers / numbers, 1, rows);
        if (size == rows)
            return block(inputs, 0, rows);

        bool follows = is_grad_enabled();
        Tensor[] copies = [.. inputs.Select(input => input.detach().requires_grad_(follows && input.requires_grad))];
        Tensor[] moving = [.. inputs.Where((_, i) => copies[i].requires_grad)];
        Tensor[] leaves = [.. copies.Where(copy => copy.requires_grad)];
        Tensor[]? sums = null;
        Tensor[][]? gradients = null;
        for (long start = 0; start < rows; start += size)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor[] parts = block(copies, start, Math.Min(size, rows - start));
            Tensor[][] slopes = [.. parts.Select((part, i) => Slopes(part, leaves, isLast: i == parts.Length - 1))];
            using IDisposable noGrad = no_grad();
            sums = Add(sums, [.. parts.Select(part => part.detach())]);
            gradients = [.. slopes.Select((slope, i) => Add(gradients?[i], slope))];
        }
        return [.. sums!.Select((sum, i) => With(sum, moving, gradients![i]))];
    }

    private static Tensor[] Slopes(Tensor part, Tensor[] leaves, bool isLast) =>
        leaves.Length == 0 ? [] : [.. autograd.grad([part], leaves, retain_graph: !isLast)];

    /// <summary>Adds in place. The first ones outlive their block.</summary>
    private static Tensor[] Add(Tensor[]? sums, Tensor[] values)
    {
        if (sums is null)
            return [.. values.Select(value => value.clone().MoveToOuterDisposeScope())];
        foreach ((Tensor sum, Tensor value) in sums.Zip(values))
            sum.PlusInPlace(value);
        return sums;
    }

    /// <summary>The number <paramref name="sum"/> with the gradients that it has: Σ g x - Σ g x is 0, and its gradient
    /// is g where only the first is followed back.</summary>
    private static Tensor With(Tensor sum, Tensor[] inputs, Tensor[] gradients) =>
        inputs.Zip(gradients, (input, gradient) => (input * gradient).sum())
            .Aggregate(sum, (whole, linear) => whole.Plus(linear - linear.detach()));
}
