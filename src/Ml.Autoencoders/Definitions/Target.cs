namespace Ml.Autoencoders.Definitions;

/// <summary>The column that is reconstructed, where it is not the one that is encoded.</summary>
/// <param name="Dimensions">Those of its column.</param>
/// <param name="Image">What picture a row is, where that is known.</param>
internal sealed record Target(IReadOnlyList<int> Dimensions, ImageFormat? Image)
{
    /// <summary>Checks the column and its pictures, for a network that gives <paramref name="size"/>
    /// numbers.</summary>
    /// <exception cref="FormatException">They are not valid, or do not fit it.</exception>
    public void Check(Place place, int size)
    {
        string found = Shown.List(Dimensions, " x ");
        if (Dimensions.Count == 0 || Dimensions.Any(dimension => dimension < 1))
            throw place.Error(nameof(Dimensions),
                $"is [{Shown.List(Dimensions)}]; there must be at least one, and each be at least 1.");
        // In floating point, because the product may overflow any integer.
        if (Dimensions.Aggregate(1.0, (product, dimension) => product * dimension) != size)
            throw place.Error(nameof(Dimensions), $"is {found}; the decoder gives {size} numbers.");
        if (Image is null)
            return;
        Image.Check(place.Part(nameof(Image)));
        if (Image.Shape.Count != size || (Dimensions.Count == Image.Dimensions.Length
            && !Dimensions.SequenceEqual(Image.Dimensions)))
            throw place.Error(nameof(Image), $"is {Image}; dimensions is {found}.");
    }
}
