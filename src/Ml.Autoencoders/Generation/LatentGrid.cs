namespace Ml.Autoencoders.Generation;

/// <summary>Codes in a plane through the origin, for a picture of what each place in it stands for.</summary>
internal static class LatentGrid
{
    /// <summary>
    /// A code for each pair, in the reading order of a picture: the top row has the greatest y, the left column the
    /// least x, in whatever order they are given. The other dimensions are 0.
    /// </summary>
    /// <exception cref="ArgumentException">A dimension is not one of a code, or both are the same.</exception>
    public static float[][] Plane(float[] x, float[] y, int codeSize, int xDimension, int yDimension)
    {
        Require.Within(xDimension, 0, codeSize - 1, "LatentGrid", nameof(xDimension));
        Require.Within(yDimension, 0, codeSize - 1, "LatentGrid", nameof(yDimension));
        if (xDimension == yDimension)
            throw new ArgumentException($"LatentGrid: both dimensions are {xDimension}; a plane needs two.",
                nameof(yDimension));
        return [.. from up in y.OrderDescending()
                   from right in x.Order()
                   select Code(codeSize, (xDimension, right), (yDimension, up))];
    }

    private static float[] Code(int size, params ReadOnlySpan<(int Dimension, float Value)> numbers)
    {
        var code = new float[size];
        foreach ((int dimension, float value) in numbers)
            code[dimension] = value;
        return code;
    }
}
