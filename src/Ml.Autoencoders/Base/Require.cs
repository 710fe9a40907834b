using System.Numerics;
using static System.FormattableString;

namespace Ml.Autoencoders;

/// <summary>Checks of values. Every message names the option or the entry of a file, the value found and what was
/// expected.</summary>
internal static class Require
{
    /// <summary>Characters that are shown of a text.</summary>
    private const int ShownCharacters = 40;

    public static void Finite<T>(T value, Place where, string name) where T : INumber<T>
    {
        if (!T.IsFinite(value))
            throw where.Error(name, Invariant($"is {value}; it must be a finite number."));
    }

    public static void AtLeast<T>(T value, T least, Place where, string name) where T : INumber<T>
    {
        Finite(value, where, name);
        if (value < least)
            throw where.Error(name, Invariant($"is {value}; it must be at least {least}."));
    }

    public static void AtMost<T>(T value, T most, Place where, string name) where T : INumber<T>
    {
        Finite(value, where, name);
        if (value > most)
            throw where.Error(name, Invariant($"is {value}; it must be at most {most}."));
    }

    /// <summary>The message names the bound that was passed.</summary>
    public static void Within<T>(T value, T least, T most, Place where, string name) where T : INumber<T>
    {
        AtLeast(value, least, where, name);
        AtMost(value, most, where, name);
    }

    public static void Above<T>(T value, T bound, Place where, string name) where T : INumber<T>
    {
        Finite(value, where, name);
        if (value <= bound)
            throw where.Error(name, Invariant($"is {value}; it must be above {bound}."));
    }

    /// <summary>For a share or a rate, where 1 would leave nothing.</summary>
    public static void BelowOne(float value, Place where, string name)
    {
        if (!(value is >= 0 and < 1))
            throw where.Error(name, Invariant($"is {value}; it must be at least 0 and below 1."));
    }

    /// <summary>For the sizes of layers.</summary>
    public static void Sizes(IEnumerable<int> sizes, int most, Place where, string name)
    {
        foreach (int size in sizes)
            Within(size, 1, most, where, name);
    }

    public static void Defined<T>(T value, Place where, string name) where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
            throw where.Error(name, $"is {value}; it must be one of {string.Join(", ", Enum.GetNames<T>())}.");
    }

    public static void NotNull(object? value, Place where, string name)
    {
        if (value is null)
            throw where.Missing(name);
    }

    /// <summary>For a file or a folder.</summary>
    public static void Path(string path, Place where, string name) => Text(path, Limits.Path, where, name);

    /// <summary>For a column that a call names.</summary>
    public static void ColumnName(string column, Place where, string name) => Text(column, Limits.Name, where, name);

    /// <summary>For columns that a call names, at least one, and each once.</summary>
    public static void ColumnNames(IReadOnlyList<string> columns, Place where, string name)
    {
        NotNull(columns, where, name);
        if (columns.Count == 0)
            throw where.Wrong(name, "is empty; it must name at least one column.");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string column in columns)
        {
            ColumnName(column, where, name);
            if (!seen.Add(column))
                throw where.Wrong(name, $"has '{column}' twice; each column goes in once.");
        }
    }

    /// <summary>What is wrong with a name or a path; null where nothing is.</summary>
    public static string? TextFault(string text, int most) =>
        string.IsNullOrWhiteSpace(text) ? "is empty or white space."
        : text.Contains('\0', StringComparison.Ordinal) ? $"is '{Quoted(text)}', which holds the character NUL."
        : text.Length > most
            ? Invariant($"is '{Quoted(text)}', which is {text.Length} characters long; it must be at most {most}.")
        : null;

    private static void Text(string text, int most, Place where, string name)
    {
        NotNull(text, where, name);
        if (TextFault(text, most) is { } fault)
            throw where.Wrong(name, fault);
    }

    private static string Quoted(string text) =>
        Shown.Text(text, ShownCharacters).Replace("\0", "\\0", StringComparison.Ordinal);
}
