using System.Text.Json.Serialization;

namespace Ml.Autoencoders.Networks;

/// <summary>
/// The shape of one row between two layers, without the batch dimension: <c>784</c>, <c>16 x 70</c> or
/// <c>16 x 14 x 14</c>.
/// </summary>
internal sealed class Shape : IEquatable<Shape>
{
    [JsonConstructor]
    public Shape(int[] dimensions) => Dimensions = dimensions;

    /// <summary>The sizes, channels first: <c>[D]</c> for a vector, <c>[C, T]</c> for a sequence, <c>[C, H, W]</c> for
    /// an image.</summary>
    public int[] Dimensions { get; }

    /// <summary>How many numbers a row holds.</summary>
    [JsonIgnore]
    public long Count => Dimensions.Aggregate(1L, (product, size) => checked(product * size));

    [JsonIgnore]
    public bool IsVector => Dimensions.Length == 1;

    [JsonIgnore]
    public bool IsSequence => Dimensions.Length == 2;

    [JsonIgnore]
    public bool IsImage => Dimensions.Length == 3;

    /// <summary>What such a row is, in messages.</summary>
    [JsonIgnore]
    public string Kind => IsVector ? "a vector" : IsSequence ? "a sequence" : IsImage ? "an image" : "a row";

    /// <summary>The sizes after the channels: none, steps, or height and width.</summary>
    [JsonIgnore]
    public ReadOnlySpan<int> Axes => Dimensions.AsSpan(1);

    /// <summary>Why a row cannot have this shape; null where it can.</summary>
    [JsonIgnore]
    public string? Fault
    {
        get
        {
            if (Dimensions.Length is 0 or > Limits.Rank)
                return $"is [{Shown.List(Dimensions)}]; " +
                    "it must have at least one dimension (a vector), and at most " +
                    FormattableString.Invariant($"{Limits.Rank}.");
            if (Dimensions.Any(size => size < 1))
                return $"is {this}; each dimension must be at least 1.";
            // In floating point, because the product may overflow any integer.
            double count = Dimensions.Aggregate(1.0, (product, size) => product * size);
            return count > Limits.Numbers
                ? FormattableString.Invariant(
                    $"is {this}, which is {count:N0} numbers; at most {Limits.Numbers:N0} are possible.")
                : null;
        }
    }

    public static Shape Vector(int size) => new([size]);

    public static Shape Sequence(int channels, int steps) => new([channels, steps]);

    public static Shape Image(int channels, int height, int width) => new([channels, height, width]);

    /// <summary>The shape with a batch dimension of any size in front, as torch's <c>reshape</c> takes it.</summary>
    public long[] WithBatch() => [-1, .. Dimensions.Select(size => (long)size)];

    /// <summary>The same sizes of each channel, and another number of those.</summary>
    public Shape OfChannels(int channels) => new([channels, .. Axes]);

    /// <summary>Whether a row can have this shape.</summary>
    /// <param name="place">Where it is.</param>
    /// <param name="name">Under which name.</param>
    public void Check(Place place, string name)
    {
        if (Fault is { } fault)
            throw place.Part(name).Error(nameof(Dimensions), fault);
    }

    public bool Equals(Shape? other) => other is not null && Dimensions.AsSpan().SequenceEqual(other.Dimensions);

    public override bool Equals(object? obj) => Equals(obj as Shape);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (int size in Dimensions)
            hash.Add(size);
        return hash.ToHashCode();
    }

    public override string ToString() => Shown.List(Dimensions, " x ");
}
