namespace Ml.Autoencoders.Kernels;

/// <summary>Rows at equal distances.</summary>
/// <param name="stride">From one row to the next.</param>
internal readonly struct EvenPlaces(int stride) : IPlaces
{
    public nint Of(int row) => (nint)row * stride;
}
