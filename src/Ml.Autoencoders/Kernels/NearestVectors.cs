using System.Buffers;

namespace Ml.Autoencoders.Kernels;

/// <summary>The nearest of some vectors to each vector of a row, in managed memory: of those that are equally near, the
/// first.</summary>
internal sealed class NearestVectors
{
    private readonly float[] _vectors;
    private readonly int _size;
    private readonly PackedPanels _distances;

    /// <param name="vectors"><c>[K, d]</c>, row by row.</param>
    /// <param name="size">Numbers in each, d.</param>
    /// <exception cref="ArgumentException">They are not whole vectors.</exception>
    public NearestVectors(float[] vectors, int size)
    {
        if (size < 1 || vectors.Length == 0 || vectors.Length % size != 0)
            throw new ArgumentException(FormattableString.Invariant(
                $"{vectors.Length} numbers are not vectors of {size}."));
        (_vectors, _size) = (vectors, size);
        // |z|² - 2 z·e + |e|², of which the first is the same for all.
        var squares = new float[vectors.Length / size];
        for (int i = 0; i < vectors.Length; i++)
            squares[i / size] += vectors[i] * vectors[i];
        _distances = new PackedPanels([.. vectors.Select(number => -2 * number)], squares);
    }

    private int Count => _vectors.Length / _size;

    /// <summary>Replaces the vectors of a row by the nearest: <c>[n d]</c> to <c>[n d]</c>, and their indices,
    /// <c>[n]</c>, which are whole numbers below 2^24.</summary>
    public void Replace(Span<float> row, Span<float> indices)
    {
        if (row.Length != (long)indices.Length * _size)
            throw new ArgumentException(FormattableString.Invariant(
                $"{row.Length} numbers are not {indices.Length} vectors of {_size}."));
        float[] rented = ArrayPool<float>.Shared.Rent(LinearKernel.TileRows * _distances.Stride);
        for (int start = 0; start < indices.Length; start += LinearKernel.TileRows)
        {
            int count = Math.Min(LinearKernel.TileRows, indices.Length - start);
            _distances.Run(ref row[start * _size], new EvenPlaces(_size), count, new RowRuns(1, _size, 0), rented);
            for (int i = 0; i < count; i++)
                indices[start + i] = First(rented.AsSpan(i * _distances.Stride, Count));
        }
        ArrayPool<float>.Shared.Return(rented);
        for (int i = 0; i < indices.Length; i++)
            _vectors.AsSpan((int)indices[i] * _size, _size).CopyTo(row[(i * _size)..]);
    }

    private static int First(ReadOnlySpan<float> distances)
    {
        int least = 0;
        for (int i = 1; i < distances.Length; i++)
        {
            if (distances[i] < distances[least])
                least = i;
        }
        return least;
    }
}
