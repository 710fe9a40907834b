using Ml.Autoencoders.Columns;

namespace Ml.Autoencoders.Windows;

/// <summary>The last rows of a group, as many as a window has: a ring that grows with them.</summary>
/// <param name="length">Rows of a window.</param>
/// <param name="channels">Numbers of a row.</param>
internal sealed class WindowRows(int length, int channels) : GroupRows
{
    private const int FirstRows = 4;

    private float[] _ring = [];

    /// <summary>Where the oldest row is; not 0 only where there are as many as a window has.</summary>
    private int _oldest;

    /// <summary>Rows since windows started anew, up to the length of one.</summary>
    public int Count { get; private set; }

    /// <summary>Forgets the rows: a window does not reach back over a gap.</summary>
    public void Clear() => (Count, _oldest) = (0, 0);

    /// <summary>Adds a row, in the place of the oldest where there are enough for a window.</summary>
    public void Add(ReadOnlySpan<float> row)
    {
        if (Count == length)
        {
            row.CopyTo(At(_oldest));
            _oldest = (_oldest + 1) % length;
            return;
        }
        if (_ring.Length < (Count + 1) * channels)
            Array.Resize(ref _ring, channels * (int)Math.Min(length, Math.Max(FirstRows, 2L * Count)));
        row.CopyTo(At(Count++));
    }

    /// <summary>Writes the window that ends with the last row.</summary>
    public void CopyTo(Span<float> window, WindowStart start)
    {
        int missing = length - Count;
        if (missing > 0 && start == WindowStart.NoWindow)
        {
            WindowColumn.MarkMissing(window);
            return;
        }
        for (int step = 0; step < missing; step++)
            At(0).CopyTo(window[(step * channels)..]);
        CopyRows(window[(missing * channels)..]);
    }

    /// <summary>Writes the rows, the oldest first.</summary>
    public void CopyRows(Span<float> rows)
    {
        int first = (Count - _oldest) * channels;
        _ring.AsSpan(_oldest * channels, first).CopyTo(rows);
        _ring.AsSpan(0, _oldest * channels).CopyTo(rows[first..]);
    }

    private Span<float> At(int row) => _ring.AsSpan(row * channels, channels);
}
