namespace Ml.Autoencoders.Music.Abc;

/// <summary>A field of information: a letter, a colon and a text.</summary>
internal readonly record struct AbcField(char Kind, string Text)
{
    /// <summary>The field that a line is; null where it is music.</summary>
    /// <remarks>A note before a repeat sign, as in <c>A:|</c>, is no field.</remarks>
    public static AbcField? Of(string line) =>
        line is [var kind, ':', ..] && (char.IsAsciiLetter(kind) || kind == '+') && line is not [_, _, '|' or ':', ..]
            ? new AbcField(kind, line[2..].Trim()) : null;
}
