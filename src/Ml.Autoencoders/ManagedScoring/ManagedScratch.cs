using System.Buffers;

namespace Ml.Autoencoders.ManagedScoring;

/// <summary>Memory that a block of rows needs on its way, rented for one call.</summary>
internal readonly struct ManagedScratch : IDisposable
{
    private readonly float[] _rented;
    private readonly int _inputs;
    private readonly int _codes;
    private readonly int _block;

    /// <param name="rows">Rows of a block.</param>
    /// <param name="inputs">Numbers per row that are kept beside the rows.</param>
    /// <param name="codes">Numbers of a code, and of what is read with it.</param>
    /// <param name="stride">From one row to the next where rows are widest between layers.</param>
    public ManagedScratch(int rows, int inputs, int codes, int stride)
    {
        (_inputs, _codes, _block) = (checked(rows * inputs), checked(rows * codes), checked(rows * stride));
        _rented = ArrayPool<float>.Shared.Rent(checked(_inputs + _codes + 2 * _block));
    }

    public Span<float> Inputs => _rented.AsSpan(0, _inputs);

    public Span<float> Read => _rented.AsSpan(_inputs, _codes);

    /// <summary>One of two places that layers write to in turn.</summary>
    public Span<float> First => _rented.AsSpan(_inputs + _codes, _block);

    public Span<float> Second => _rented.AsSpan(_inputs + _codes + _block, _block);

    public void Dispose() => ArrayPool<float>.Shared.Return(_rented);
}
