namespace Ml.Autoencoders;

/// <summary>
/// Which slots of the input column make categories: slots side by side of which one is 1 and the others are 0, or all
/// are 0, which is a class of its own, such as a value that the fit did not see. They are reconstructed as the
/// probabilities of the classes, and their error is a cross-entropy, not a squared distance.
/// </summary>
public sealed class Categories : IByValue
{
    private Categories(IReadOnlyList<string> names) => Names = [.. names];

    /// <summary>None: all slots are numbers.</summary>
    public static Categories None { get; } = new([]);

    /// <summary>Those that the column's annotation <c>CategoricalSlotRanges</c> names, as <c>FeaturizeTable</c> and
    /// ML.NET's <c>OneHotEncoding</c> write it and <c>Concatenate</c> keeps it; none where there is no
    /// annotation. ML.NET's normalizers and <c>ReplaceMissingValues</c> drop it: use them before.</summary>
    public static Categories Annotated { get; } = new([]) { AreAnnotated = true };

    internal bool AreAnnotated { get; private init; }

    internal IReadOnlyList<string> Names { get; }

    IReadOnlyList<object?> IByValue.Values => [AreAnnotated, .. Names];

    /// <summary>Whether both are equal.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Categories? left, Categories? right) => ByValue.Same(left, right);

    /// <summary>Whether they differ.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Categories? left, Categories? right) => !(left == right);

    /// <summary>Those of columns whose slots are named after them: of <c>Region</c> the slots <c>Region.north</c>,
    /// <c>Region.south</c>, ..., or one slot <c>Region</c>.</summary>
    /// <param name="columns">The names of the columns.</param>
    /// <exception cref="ArgumentException">There are none, one is null or empty, or two are the same.</exception>
    public static Categories Of(params string[] columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        Place place = Place.Call($"{nameof(Categories)}.{nameof(Of)}");
        if (columns.Length == 0)
            throw place.Wrong(nameof(columns), "is empty; name at least one column, or use Categories.None.");
        foreach (string column in columns)
            Require.ColumnName(column, place, nameof(columns));
        return columns.GroupBy(name => name, StringComparer.Ordinal)
            .FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw place.Wrong(nameof(columns), $"names '{twice.Key}' twice.")
            : new Categories(columns);
    }

    /// <summary>Whether the other is equal.</summary>
    /// <param name="obj">The other.</param>
    public override bool Equals(object? obj) => ByValue.Same(this, obj as Categories);

    /// <summary>The same for equal ones.</summary>
    public override int GetHashCode() => ByValue.Hash(this);

    /// <summary>How options show it.</summary>
    public override string ToString() => AreAnnotated ? nameof(Annotated)
        : Names.Count == 0 ? nameof(None) : $"{nameof(Of)}({string.Join(", ", Names.Select(name => $"'{name}'"))})";
}
