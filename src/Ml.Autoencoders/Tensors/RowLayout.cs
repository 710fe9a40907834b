namespace Ml.Autoencoders.Tensors;

/// <summary>What a row of a fit is made of.</summary>
/// <param name="Width">Numbers that are encoded, D.</param>
/// <param name="TargetWidth">Numbers that are reconstructed, D', where these are others.</param>
/// <param name="HasLabel">Whether there is a condition.</param>
internal readonly record struct RowLayout(int Width, int? TargetWidth, bool HasLabel)
{
    /// <summary>The memory of a row.</summary>
    public long Bytes => sizeof(float) * ((long)Width + (TargetWidth ?? 0)) + (HasLabel ? sizeof(long) : 0);
}
