using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace Ml.Autoencoders.Networks;

/// <summary>
/// A number for each axis of a row after its channels: the same for all of them, or one each, outermost first. The
/// side of a kernel, a stride, a padding.
/// </summary>
[JsonConverter(typeof(PerAxisConverter))]
[CollectionBuilder(typeof(PerAxis), nameof(Of))]
internal sealed class PerAxis : IEquatable<PerAxis>, IReadOnlyList<int>
{
    private readonly int[] _numbers;

    private PerAxis(int[] numbers) => _numbers = numbers;

    /// <summary>Of how many axes there is a number; 1 where it is that of any.</summary>
    public int Count => _numbers.Length;

    /// <summary>The number of an axis.</summary>
    public int this[int axis] => _numbers[_numbers.Length == 1 ? 0 : axis];

    /// <summary>The same for each axis.</summary>
    public static implicit operator PerAxis(int number) => new([number]);

    /// <summary>One each; the same numbers are one for all.</summary>
    public static PerAxis Of(params ReadOnlySpan<int> numbers) =>
        new(numbers.Length > 1 && !numbers.ContainsAnyExcept(numbers[0]) ? [numbers[0]] : numbers.ToArray());

    /// <summary>Whether a row of that many axes has a number for each.</summary>
    public bool Suits(int axes) => Count == 1 || Count == axes;

    /// <summary>A number for each of <paramref name="axes"/>.</summary>
    public long[] For(int axes) => [.. Enumerable.Range(0, axes).Select(axis => (long)this[axis])];

    public bool Equals(PerAxis? other) => other is not null && _numbers.AsSpan().SequenceEqual(other._numbers);

    public override bool Equals(object? obj) => Equals(obj as PerAxis);

    public override int GetHashCode() => _numbers.Aggregate(0, HashCode.Combine);

    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)_numbers).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => Shown.List(_numbers, " x ");
}
