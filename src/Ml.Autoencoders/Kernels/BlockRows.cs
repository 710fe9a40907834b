using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ml.Autoencoders.Kernels;

/// <summary>Rows at equal distances in one piece of memory, read where they lie.</summary>
/// <param name="values">The memory, from the first row on.</param>
/// <param name="stride">From one row to the next.</param>
internal readonly ref struct BlockRows(ReadOnlySpan<float> values, int stride)
{
    private readonly ReadOnlySpan<float> _values = values;

    /// <summary>From one row to the next.</summary>
    public int Stride => stride;

    /// <summary>The first number of a row; the others follow it. Not to be written to.</summary>
    public ref float First(int row) => ref Unsafe.Add(ref MemoryMarshal.GetReference(_values), (nint)row * stride);

    /// <summary>The numbers of a row.</summary>
    public ReadOnlySpan<float> Row(int row, int size) => _values.Slice(row * stride, size);

    /// <summary>Whether so many rows of so many numbers are there. <see cref="First"/> does not check.</summary>
    /// <exception cref="ArgumentException">They are not.</exception>
    public void Require(int count, int size)
    {
        if (count > 0 && (count - 1L) * stride + size > _values.Length)
            throw new ArgumentException(FormattableString.Invariant(
                $"{count} rows of {size} numbers, {stride} apart, are more than the {_values.Length} that there are."));
    }

    /// <summary>The parts of rows that have nothing but these, each as a row.</summary>
    /// <param name="count">How many a row has.</param>
    /// <param name="size">From one to the next.</param>
    /// <exception cref="ArgumentException">Rows are not made of them.</exception>
    public BlockRows Parts(int count, int size) => (long)count * size == stride ? new(_values, size)
        : throw new ArgumentException(FormattableString.Invariant(
            $"Rows {stride} apart are not made of {count} parts, {size} apart."));

    /// <summary>The rows from one on.</summary>
    public BlockRows From(int row) => new(_values[(row * stride)..], stride);
}
