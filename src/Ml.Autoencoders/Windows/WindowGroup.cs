using System.Globalization;

namespace Ml.Autoencoders;

/// <summary>The group that a row belongs to, for <see cref="WindowTracker"/>: a text, or an integer. A key is the
/// number of its value, which starts at 1.</summary>
/// <remarks>The default value says that there is no group.</remarks>
public readonly record struct WindowGroup
{
    private readonly bool _isThere;

    private WindowGroup(string? text, Int128 number)
    {
        _isThere = true;
        Text = text;
        Number = number;
    }

    /// <summary>Null for an integer.</summary>
    internal string? Text { get; }

    internal Int128 Number { get; }

    internal bool IsThere => _isThere;

    /// <summary>A group with a text as its name.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static implicit operator WindowGroup(string text) => FromString(text);

    /// <summary>A group with a number, or the number of a key.</summary>
    public static implicit operator WindowGroup(long number) => FromInt64(number);

    /// <summary>A group with a text as its name.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static WindowGroup FromString(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new(text, 0);
    }

    /// <summary>A group with a number, or the number of a key.</summary>
    public static WindowGroup FromInt64(long number) => new(null, number);

    /// <inheritdoc cref="FromInt64"/>
    public static WindowGroup FromUInt64(ulong number) => new(null, number);

    internal static WindowGroup Of(Int128 number) => new(null, number);

    /// <summary><c>'pump 1'</c> for a text, <c>3</c> for a number.</summary>
    public override string ToString() => !_isThere ? "no group"
        : Text is null ? Number.ToString(CultureInfo.InvariantCulture)
        : $"'{Text}'";
}
