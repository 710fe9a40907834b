using System.Collections;

namespace Ml.Autoencoders;

/// <summary>A copy of a list, which equals another with the same elements in the same order: options hold lists
/// this way.</summary>
internal sealed class EqualList<T>(IEnumerable<T> elements) : IReadOnlyList<T>
{
    private readonly T[] _elements = [.. elements];

    public int Count => _elements.Length;

    public T this[int index] => _elements[index];

    /// <summary>Null for null.</summary>
    public static IReadOnlyList<T> Of(IReadOnlyList<T>? elements) =>
        elements is null ? null! : new EqualList<T>(elements);

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_elements).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override bool Equals(object? obj) => obj is EqualList<T> other && _elements.SequenceEqual(other._elements);

    public override int GetHashCode() => _elements.Aggregate(0, HashCode.Combine);

    public override string ToString() => $"[{Shown.List(_elements)}]";
}
