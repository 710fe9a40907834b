using System.Globalization;

namespace Ml.Autoencoders;

/// <summary>What descriptions that are compared by value have in common; see <see cref="IByValue"/>.</summary>
internal static class ByValue
{
    public static bool Same(IByValue? left, IByValue? right) => ReferenceEquals(left, right)
        || (left is not null && right is not null && left.GetType() == right.GetType()
            && left.Values.SequenceEqual(right.Values));

    public static int Hash(IByValue description)
    {
        var hash = default(HashCode);
        hash.Add(description.GetType());
        foreach (object? value in description.Values)
            hash.Add(value);
        return hash.ToHashCode();
    }

    /// <summary><c>MaskingNoise(0.5)</c>.</summary>
    public static string Text(IByValue description)
    {
        IEnumerable<string?> values =
            description.Values.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture));
        return $"{description.GetType().Name}({string.Join(", ", values)})";
    }
}
