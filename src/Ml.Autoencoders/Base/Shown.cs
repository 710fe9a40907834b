using static System.FormattableString;

namespace Ml.Autoencoders;

/// <summary>The contents of files, as messages show them: a file may hold texts and lists of any length, and a message
/// is copied again and again.</summary>
internal static class Shown
{
    /// <summary>Characters of a message that is quoted in another.</summary>
    private const int MaxCharacters = 1_000;

    /// <summary>Elements of a list.</summary>
    private const int MaxElements = 12;

    /// <summary>A text, cut where it is too long.</summary>
    public static string Text(string text, int most = MaxCharacters) =>
        text.Length > most ? $"{text[..most]}..." : text;

    /// <summary><c>3, 4</c>; of many, the first and their number.</summary>
    public static string List<T>(IReadOnlyCollection<T> elements, string separator = ", ",
        Func<T, string>? show = null)
    {
        string listed = string.Join(separator,
            elements.Take(MaxElements).Select(element => show is null ? Invariant($"{element}") : show(element)));
        return elements.Count > MaxElements
            ? Invariant($"{listed}{separator}... ({elements.Count} in all)")
            : listed;
    }
}
