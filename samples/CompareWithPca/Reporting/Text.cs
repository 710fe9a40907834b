namespace CompareWithPca.Reporting;

/// <summary>Words.</summary>
internal static class Text
{
    /// <summary>A, B and C.</summary>
    public static string List<T>(IReadOnlyList<T> items) where T : notnull => items switch
    {
        [] => "",
        [var one] => $"{one}",
        _ => FormattableString.Invariant($"{string.Join(", ", items.Take(items.Count - 1))} and {items[^1]}"),
    };
}
