using static TorchSharp.torch;

namespace Ml.Autoencoders.Rows;

/// <summary>
/// A sample from all parts of rows whose number is not known: every one at first, and whenever there is
/// no more room, every second of these and of those that follow.
/// </summary>
internal sealed class RowSample : IDisposable
{
    private const long MaxNumbers = 4 << 20;

    private readonly Tensor _rows;
    private long _kept;
    private long _seen;
    private long _step = 1;

    /// <param name="width">Numbers per row.</param>
    public RowSample(int width)
    {
        // Twice what is enough, because a half is thrown away.
        _rows = empty([2 * MaxRows(width), width], dtype: ScalarType.Float32, device: CPU).DetachFromDisposeScope();
    }

    /// <summary>How many rows of a width are enough.</summary>
    public static long MaxRows(long width) => Math.Clamp(MaxNumbers / width, 32, 4096);

    /// <summary>Adds rows <c>[B, D]</c>, which follow those before.</summary>
    public void Add(Tensor rows)
    {
        long count = rows.shape[0];
        for (long row = (_step - _seen % _step) % _step; row < count; row += _step)
        {
            // There is room for an even number, so that the current row is one of the wider step too.
            if (_kept == _rows.shape[0])
                Halve();
            using Tensor from = rows.select(0, row);
            using Tensor to = _rows.select(0, _kept++);
            to.copy_(from);
        }
        _seen += count;
    }

    /// <summary>A copy of the rows, <c>[n, D]</c>.</summary>
    public Tensor ToTensor()
    {
        using Tensor kept = _rows.narrow(0, 0, _kept);
        return kept.clone();
    }

    public void Dispose() => _rows.Dispose();

    private void Halve()
    {
        using var scope = NewDisposeScope();
        Tensor half = _rows.slice(0, 0, _kept, 2).clone();
        _kept /= 2;
        _step *= 2;
        _rows.narrow(0, 0, _kept).copy_(half);
    }
}
