namespace Ml.Autoencoders;

/// <summary>Options of <see cref="Microsoft.ML.TableCatalogExtensions.FeaturizeTable(Microsoft.ML.TransformsCatalog,
/// string, TableFeaturizingOptions, string[])"/>.</summary>
public sealed record TableFeaturizingOptions
{
    /// <summary>The most values of a column of categories that get a slot: the most frequent ones. Rows with any other
    /// have 0 in all slots of the column, as those with a value that no row of the fit has.</summary>
    /// <value>At least 1, at most 1,000,000. The default is 1,000.</value>
    public int MaximumCategories { get; init; } = 1_000;

    /// <summary>What becomes of a category that is missing.</summary>
    /// <value>The default is <see cref="MissingCategoryHandling.Category"/>.</value>
    public MissingCategoryHandling MissingCategories { get; init; }

    /// <summary>Which columns of numbers hold categories, such as codes of countries: each of their values gets a slot,
    /// and NaN is a missing one. Columns of texts and keys are categories without being listed.</summary>
    /// <value>Names among those of the input columns. The default is none.</value>
    public IReadOnlyList<string> CategoryColumns { get; init => field = EqualList<string>.Of(value); } = [];

    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    internal void Check(IReadOnlyList<string> inputs)
    {
        Place place = nameof(TableFeaturizingOptions);
        Require.Within(MaximumCategories, 1, Limits.Categories, place, nameof(MaximumCategories));
        Require.Defined(MissingCategories, place, nameof(MissingCategories));
        Require.NotNull(CategoryColumns, place, nameof(CategoryColumns));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in CategoryColumns)
        {
            Require.ColumnName(name, place, nameof(CategoryColumns));
            if (!inputs.Contains(name, StringComparer.Ordinal))
                throw place.Wrong(nameof(CategoryColumns),
                    $"has '{name}', which is not among the input columns: {Shown.List(inputs)}.");
            if (!seen.Add(name))
                throw place.Wrong(nameof(CategoryColumns), $"has '{name}' twice.");
        }
    }
}
