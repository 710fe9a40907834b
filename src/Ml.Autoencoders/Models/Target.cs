namespace Ml.Autoencoders.Models;

/// <summary>What is reconstructed, where that is not what is encoded.</summary>
/// <param name="Dimensions">Those of its column.</param>
/// <param name="Image">What picture a row is, where that is known.</param>
internal sealed record Target(IReadOnlyList<int> Dimensions, ImageFormat? Image);
