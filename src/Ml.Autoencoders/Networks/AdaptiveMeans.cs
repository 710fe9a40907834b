using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Networks;

/// <summary>
/// Feature maps as vectors: of each channel the means over a grid of cells, at most <see cref="MaxCells"/> along an
/// axis. Cells are those of adaptive average pooling in PyTorch: where a size is not a multiple of their number, they
/// overlap.
/// </summary>
internal static class AdaptiveMeans
{
    public const int MaxCells = 4;

    /// <summary>How many cells an axis has.</summary>
    public static int Cells(int size) => Math.Min(size, MaxCells);

    /// <summary>The places along an axis that a cell is the mean of: from floor(i n / k) to ceil((i + 1) n / k), of
    /// n places and k cells.</summary>
    public static Range Window(int size, int cell)
    {
        (long places, long cells) = (size, Cells(size));
        return (int)(cell * places / cells)..(int)(((cell + 1) * places + cells - 1) / cells);
    }

    /// <summary>The shape of the means of rows of a shape; vectors are left as they are.</summary>
    public static Shape Of(Shape shape) => new([shape.Dimensions[0], .. shape.Axes.ToArray().Select(Cells)]);

    /// <summary><c>[B, C, H, W]</c> to <c>[B, C h w]</c>, <c>[B, C, T]</c> to <c>[B, C t]</c>; the cells of a channel
    /// follow each other.</summary>
    /// <param name="maps">The maps.</param>
    /// <param name="shape">The shape of a row of them.</param>
    public static T Of<T>(T maps, Shape shape) where T : struct, IArray<T>
    {
        Shape means = Of(shape);
        if (means.Equals(shape))
            return shape.IsVector ? maps : maps.Flatten();
        long[] sizes = [.. shape.Axes.ToArray().Select(size => (long)size)];
        long[] turn = [0, sizes.Length, .. Enumerable.Range(1, sizes.Length - 1).Select(axis => (long)axis)];
        T values = maps.Reshape([-1, .. sizes]);                                       // [B C, H, W]
        // The last axis becomes the first, as often as there are axes: then they are in order again.
        foreach (int size in shape.Axes.ToArray().Reverse())
        {
            int cells = Cells(size);
            values = values.Reshape(-1, size)
                .Linear(values.Constant(Weights(size), cells, size), values.Constant(new float[cells], cells),
                    ForwardMode.Prediction);
            sizes = [cells, .. sizes[..^1]];
            values = values.Reshape([-1, .. sizes[1..], cells]).Permute(turn);
        }
        return values.Reshape(-1, means.Count);
    }

    /// <summary>The means as a product with each row of a matrix, <c>[cells, size]</c>.</summary>
    private static float[] Weights(int size)
    {
        var weights = new float[Cells(size) * size];
        for (int cell = 0; cell < Cells(size); cell++)
        {
            Span<float> window = weights.AsSpan(cell * size, size)[Window(size, cell)];
            window.Fill(1f / window.Length);
        }
        return weights;
    }
}
