namespace Ml.Autoencoders;

/// <summary>
/// A description that equals another of its type where all values are equal. The compiler does as much for a record,
/// but with members that would then belong to the public contract of the class.
/// </summary>
internal interface IByValue
{
    /// <summary>All its values.</summary>
    IReadOnlyList<object?> Values { get; }
}
