namespace Ml.Autoencoders.Kernels;

/// <summary>Where rows begin in one piece of memory.</summary>
internal interface IPlaces
{
    /// <summary>How far after the first number of the memory a row begins.</summary>
    nint Of(int row);
}
