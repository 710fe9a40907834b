namespace Ml.Autoencoders.Kernels;

/// <summary>Rows that begin anywhere.</summary>
/// <param name="places">The place of each.</param>
internal readonly struct ListedPlaces(int[] places) : IPlaces
{
    public nint Of(int row) => places[row];
}
