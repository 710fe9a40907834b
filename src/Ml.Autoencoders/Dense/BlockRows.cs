using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ml.Autoencoders.Dense;

/// <summary>Rows at equal distances in one piece of memory.</summary>
/// <param name="values">The memory, from the first row on.</param>
/// <param name="stride">From one row to the next.</param>
internal readonly ref struct BlockRows(ReadOnlySpan<float> values, int stride) : IRows<BlockRows>
{
    private readonly ReadOnlySpan<float> _values = values;

    public ref float First(int row) => ref Unsafe.Add(ref MemoryMarshal.GetReference(_values), (nint)row * stride);

    public BlockRows From(int row) => new(_values[(row * stride)..], stride);
}
