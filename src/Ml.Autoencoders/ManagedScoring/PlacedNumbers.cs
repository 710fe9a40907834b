using Ml.Autoencoders.Kernels;

namespace Ml.Autoencoders.ManagedScoring;

/// <summary>The numbers of layers in the order in which the numbers of rows lie.</summary>
internal static class PlacedNumbers
{
    /// <summary>Rows of weights in the order in which their results lie.</summary>
    public static float[] Ordered(float[] numbers, PictureLayout to, int size)
    {
        var ordered = new float[numbers.Length];
        for (int output = 0; output < to.Count; output++)
            numbers.AsSpan(output * size, size).CopyTo(ordered.AsSpan(to.Place(output) * size));
        return ordered;
    }

    /// <summary>The columns of weights in the order in which inputs lie; those of labels stay last.</summary>
    public static float[] Columns(float[] weight, int outputs, PictureLayout from, int labels)
    {
        var ordered = new float[weight.Length];
        int size = from.Count + labels;
        for (int output = 0; output < outputs; output++)
        {
            ReadOnlySpan<float> row = weight.AsSpan(output * size, size);
            Span<float> to = ordered.AsSpan(output * size, size);
            for (int input = 0; input < from.Count; input++)
                to[from.Place(input)] = row[input];
            row[from.Count..].CopyTo(to[from.Count..]);
        }
        return ordered;
    }

    /// <summary>A number for each place of a row.</summary>
    /// <param name="features">One for each number of the row, or for several that are counted one after the
    /// other.</param>
    /// <param name="layout">Where the numbers of the row lie.</param>
    /// <param name="shared">For how many.</param>
    public static float[] PerPlace(float[] features, PictureLayout layout, int shared)
    {
        if (layout.IsPlain && shared == 1)
            return features;
        var placed = new float[layout.Reach];
        for (int number = 0; number < layout.Count; number++)
            placed[layout.Place(number)] = features[number / shared];
        return placed;
    }
}
