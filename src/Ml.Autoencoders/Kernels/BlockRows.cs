using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ml.Autoencoders.Kernels;

/// <summary>Rows at equal distances in one piece of memory.</summary>
/// <param name="values">The memory, from the first row on.</param>
/// <param name="stride">From one row to the next.</param>
internal readonly ref struct BlockRows(ReadOnlySpan<float> values, int stride) : IRows<BlockRows>
{
    private readonly ReadOnlySpan<float> _values = values;

    public ref float First(int row) => ref Unsafe.Add(ref MemoryMarshal.GetReference(_values), (nint)row * stride);

    public void Require(int count, int size)
    {
        if (count > 0 && (count - 1L) * stride + size > _values.Length)
            throw new ArgumentException(FormattableString.Invariant(
                $"{count} rows of {size} numbers, {stride} apart, are more than the {_values.Length} that there are."));
    }

    public BlockRows From(int row) => new(_values[(row * stride)..], stride);
}
