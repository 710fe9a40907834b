namespace Ml.Autoencoders;

/// <summary>
/// A description that equals another of its type where both say the same. The compiler makes as much of a record, but
/// with members that would then belong to the public contract of the class.
/// </summary>
internal interface IByValue
{
    /// <summary>All that it says.</summary>
    IReadOnlyList<object?> Values { get; }
}
