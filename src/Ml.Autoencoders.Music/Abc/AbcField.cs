namespace Ml.Autoencoders.Music.Abc;

/// <summary>A field of information: a letter, a colon and a text.</summary>
internal readonly record struct AbcField(char Kind, string Text)
{
    /// <summary>The field that a line is; null where it is music.</summary>
    /// <remarks>A note before a repeat sign, as in <c>A:|</c>, is not a field.</remarks>
    public static AbcField? Of(ReadOnlySpan<char> line) =>
        IsAt(line) ? new AbcField(line[0], line[2..].Trim().ToString()) : null;

    /// <summary>Whether one begins where a text does.</summary>
    public static bool IsAt(ReadOnlySpan<char> text) =>
        text is [var kind, ':', ..] && (char.IsAsciiLetter(kind) || kind == '+') && text is not [_, _, '|' or ':', ..];
}
