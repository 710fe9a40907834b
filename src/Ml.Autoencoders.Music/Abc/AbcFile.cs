namespace Ml.Autoencoders.Music.Abc;

/// <summary>Divides a file into tunes, as the standard of ABC notation (version 2.1, part 2) has it.</summary>
internal static class AbcFile
{
    private const int MostTunes = 100_000;

    /// <summary>Longer ones are cut where they are shown.</summary>
    private const int ShownCharacters = 60;

    /// <summary>The tunes of a file. Text between tunes is passed over.</summary>
    /// <exception cref="FormatException">There is none, or there are too many.</exception>
    public static IReadOnlyList<AbcTune> Tunes(string text)
    {
        var tunes = new List<AbcTune>();
        var header = new Dictionary<char, (int, string)>();
        List<(int, string)>? lines = null;
        bool hasBegun = false;
        int number = 0;
        foreach (ReadOnlySpan<char> each in text.AsSpan().EnumerateLines())
        {
            number++;
            string line = WithoutComment(each).Trim().ToString();
            if (line.StartsWith("X:", StringComparison.Ordinal))
            {
                if (tunes.Count == MostTunes)
                    throw new FormatException($"the file has more than {MostTunes} tunes; at most so many are read.");
                lines = [.. header.Values];
                hasBegun = true;
                tunes.Add(new AbcTune(Clean(line[2..]), lines));
            }
            // A line of nothing but a comment does not end a tune.
            else if (line.Length == 0)
                lines = each.IsWhiteSpace() ? null : lines;
            else if (lines is not null)
                lines.Add((number, line));
            else if (!hasBegun && AbcField.Of(line) is { Kind: 'L' or 'M' } field)
                header[field.Kind] = (number, line);
        }
        return tunes.Count > 0 ? tunes
            : throw new FormatException("the file has no tune; a tune begins with a field X:, such as X:1.");
    }

    /// <summary>A text of the file as it can be shown: one line of characters that control nothing.</summary>
    public static string Clean(string text) =>
        Shown.Text(string.Concat(text.Trim().Select(each => char.IsControl(each) ? '?' : each)), ShownCharacters);

    private static ReadOnlySpan<char> WithoutComment(ReadOnlySpan<char> line)
    {
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '%' && (i == 0 || line[i - 1] != '\\'))
                return line[..i];
        }
        return line;
    }
}
