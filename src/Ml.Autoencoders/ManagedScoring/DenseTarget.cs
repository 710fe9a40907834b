namespace Ml.Autoencoders.ManagedScoring;

/// <summary>Something that is asked of rows, and where it goes.</summary>
/// <param name="Output">What.</param>
/// <param name="Values">Room for it, one row behind the other.</param>
internal readonly record struct DenseTarget(DenseOutput Output, float[] Values);
