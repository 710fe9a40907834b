namespace Ml.Autoencoders.Music.Abc;

/// <summary>Which letters a key raises and lowers.</summary>
internal sealed class AbcKey
{
    private const string Letters = "CDEFGAB";

    /// <summary>The order in which keys raise letters; the reverse of that in which they lower them.</summary>
    private const string Sharps = "FCGDAEB";

    private static readonly (string Name, int Sharps)[] Modes =
    [
        ("maj", 0), ("ion", 0), ("mix", -1), ("dor", -2), ("min", -3), ("aeo", -3), ("phr", -4), ("loc", -5),
        ("lyd", 1),
    ];

    private readonly int[] _shifts;

    private AbcKey(int[] shifts) => _shifts = shifts;

    /// <summary>What a field <c>K:</c> says: a tonic and a mode, such as <c>D</c>, <c>Dmix</c>, <c>A dorian</c>,
    /// <c>Bm</c>, <c>F#m</c>, then accidentals such as <c>^g</c>; or none, or that of bagpipes (<c>HP</c>, <c>Hp</c>).
    /// Clefs and the like are passed over.</summary>
    /// <exception cref="FormatException">It is not a key.</exception>
    public static AbcKey Of(string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is [])
            return new AbcKey(new int[Letters.Length]);
        int sharps = words[0] switch
        {
            "none" => 0,
            "HP" or "Hp" => 2,
            _ when words[0].Contains('=', StringComparison.Ordinal) => 0,
            _ => SharpsOf(words, text),
        };
        // With n sharps a letter at place i of their order is raised once for each round of seven that reaches it.
        int[] shifts = [.. Letters.Select(letter =>
            (int)Math.Floor((sharps + 6.0 - Sharps.IndexOf(letter, StringComparison.Ordinal)) / Letters.Length))];
        foreach (string word in words)
        {
            if (word is ['^' or '_' or '=', .., var letter]
                && Letters.IndexOf(char.ToUpperInvariant(letter), StringComparison.Ordinal) is >= 0 and var place)
                shifts[place] = Shift(word.AsSpan(..^1));
        }
        return new AbcKey(shifts);
    }

    /// <summary>Semitones by which it moves a letter, from C to B.</summary>
    public int this[char letter] => _shifts[Letters.IndexOf(letter, StringComparison.Ordinal)];

    /// <summary>Semitones of accidentals: <c>^</c>, <c>^^</c>, <c>=</c>, <c>_</c>, <c>__</c>.</summary>
    public static int Shift(ReadOnlySpan<char> accidentals) => accidentals.Count('^') - accidentals.Count('_');

    private static int SharpsOf(string[] words, string text)
    {
        string first = words[0];
        int tonic = Sharps.IndexOf(char.ToUpperInvariant(first[0]), StringComparison.Ordinal) - 1;
        int used = 1;
        if (first is [_, '#' or 'b', ..])
        {
            tonic += first[1] == '#' ? Letters.Length : -Letters.Length;
            used++;
        }
        string mode = first[used..];
        if (mode.Length == 0 && words.Length > 1 && ModeOf(words[1]) is not null)
            mode = words[1];
        return Sharps.Contains(char.ToUpperInvariant(first[0]), StringComparison.Ordinal)
            && ModeOf(mode) is { } added
            ? tonic + added
            : throw new FormatException(
                $"K: is '{AbcFile.Clean(text)}'; it must be a key, such as D, Bm, Dmix or none.");
    }

    private static int? ModeOf(string mode)
    {
        if (mode.Length == 0)
            return 0;
        if (mode is "m" or "M")
            return mode == "m" ? -3 : 0;
        (string Name, int Sharps) found = Modes.FirstOrDefault(each =>
            mode.Length >= 3 && mode.StartsWith(each.Name, StringComparison.OrdinalIgnoreCase));
        return found.Name is null ? null : found.Sharps;
    }
}
