using System.Globalization;
using Microsoft.ML;
using Ml.Autoencoders.Evaluation.Comparison;

namespace Ml.Autoencoders.Evaluation;

/// <summary>The options of a comparison with PCA.</summary>
/// <remarks>Options are read when the comparison starts, which throws <see cref="ArgumentException"/> for a value that
/// is out of its range, or that is too much for the rows that there are. For few or narrow rows, defaults ask for less,
/// with a warning in the context's log.</remarks>
public sealed record PcaComparisonOptions
{
    /// <summary>Of three rows one is nearer than the other.</summary>
    internal const int MinNeighborhoodRows = 3;

    /// <summary>So many rows have ten billion pairs.</summary>
    private const int MaxNeighborhoodRows = 100_000;

    private const float DefaultTestFraction = 0.2f;
    private const int DefaultNeighbors = 12;
    private const int DefaultNearestNeighbors = 10;

    internal static readonly int[] DefaultCodeSizes = [2, 8, 16, 32];

    /// <summary>Numbers in a code; everything is fitted again for each.</summary>
    /// <value>Each at least 1, at most the size of the feature column, and given once. The default is null: those of 2,
    /// 8, 16 and 32 that are at most that size, and 1 where it is 1.</value>
    public IReadOnlyList<int>? CodeSizes { get; init => field = EqualList<int>.Of(value); }

    /// <summary>The labels that classifiers are to read from the codes: a column of keys, texts, Booleans or numbers.
    /// Where they are all the same, there is nothing to read.</summary>
    /// <value>The default is null: no classifiers.</value>
    public string? LabelColumnName { get; init; }

    /// <summary>The autoencoders that PCA is compared with.</summary>
    /// <value>The default is null: a plain, a denoising and a variational autoencoder with their own defaults.</value>
    public IReadOnlyList<ComparedAutoencoder>? Autoencoders
    {
        get;
        init => field = EqualList<ComparedAutoencoder>.Of(value);
    }

    /// <summary>The rows to measure on, with the columns of the training data.</summary>
    /// <value>The default is null: <see cref="TestFraction"/> of the data.</value>
    public IDataView? TestData { get; init; }

    /// <summary>The share of the rows, drawn at random, that is measured on and not trained on. Without effect beside
    /// <see cref="TestData"/>.</summary>
    /// <value>Above 0 and below 1. The default is 0.2, and one row where that would be none.</value>
    public float TestFraction
    {
        get => GivenTestFraction ?? DefaultTestFraction;
        init => GivenTestFraction = value;
    }

    /// <summary>The seed of the split, of ML.NET's PCA, the classifiers and the default autoencoders.</summary>
    /// <value>The default is 1.</value>
    public int Seed { get; init; } = 1;

    /// <summary>The size of a neighborhood for trustworthiness and continuity, k.</summary>
    /// <value>At least 1, and below half of the rows that they are measured on. The default is 12, or as many as those
    /// rows allow.</value>
    public int Neighbors
    {
        get => GivenNeighbors ?? DefaultNeighbors;
        init => GivenNeighbors = value;
    }

    /// <summary>
    /// How many test rows, the first ones, trustworthiness and continuity are measured on: their
    /// cost grows with the square.
    /// </summary>
    /// <value>At least 3, at most 100,000. The default is 2000.</value>
    public int NeighborhoodRows { get; init; } = 2000;

    /// <summary>How many neighbors the nearest-neighbor classifier uses.</summary>
    /// <value>At least 1, at most the number of training rows. The default is 10, or that number.</value>
    public int NearestNeighbors
    {
        get => GivenNearestNeighbors ?? DefaultNearestNeighbors;
        init => GivenNearestNeighbors = value;
    }

    /// <summary>How many test rows, the first ones, are kept with their reconstructions.</summary>
    /// <value>At least 0. The default is 10.</value>
    public int Examples { get; init; } = 10;

    /// <summary>Called with a line of text before each step: <c>PCA (exact), 8 numbers: classifiers</c>.</summary>
    /// <value>The default is null.</value>
    public Action<string>? OnProgress { get; init; }

    /// <summary>Null where the default applies.</summary>
    internal float? GivenTestFraction { get; private init; }

    /// <summary>Null where the default applies.</summary>
    internal int? GivenNeighbors { get; private init; }

    /// <summary>Null where the default applies.</summary>
    internal int? GivenNearestNeighbors { get; private init; }

    internal void Check()
    {
        const string Where = nameof(PcaComparisonOptions);
        if (CodeSizes is { } sizes)
        {
            Require.Sizes(sizes, Limits.Width, Where, nameof(CodeSizes));
            if (sizes.Count == 0)
                throw new ArgumentException($"{Where}: CodeSizes is empty; it needs at least one.", nameof(CodeSizes));
            RequireDistinct(sizes, nameof(CodeSizes));
        }
        if (!(TestFraction is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(TestFraction), FormattableString.Invariant(
                $"{Where}: TestFraction is {TestFraction}; it must be above 0 and below 1."));
        }
        if (LabelColumnName is not null)
            Require.ColumnName(LabelColumnName, Where, nameof(LabelColumnName));
        Require.AtLeast(Neighbors, 1, Where, nameof(Neighbors));
        Require.Within(NeighborhoodRows, MinNeighborhoodRows, MaxNeighborhoodRows, Where,
            nameof(NeighborhoodRows));
        Require.AtLeast(NearestNeighbors, 1, Where, nameof(NearestNeighbors));
        Require.AtLeast(Examples, 0, Where, nameof(Examples));
        CheckAutoencoders(Where);
    }

    /// <summary>Those for a feature column of a size.</summary>
    internal IReadOnlyList<int> CodeSizesFor(int features) =>
        CodeSizes ?? [.. DefaultCodeSizes.Where(size => size <= features).DefaultIfEmpty(1)];

    private void CheckAutoencoders(string where)
    {
        foreach (ComparedAutoencoder autoencoder in Autoencoders ?? [])
        {
            Require.NotNull(autoencoder, where, nameof(Autoencoders));
            if (string.IsNullOrWhiteSpace(autoencoder.Name))
                throw new ArgumentException($"{where}: one of the Autoencoders has no name; the table needs one.");
            if (autoencoder.Name is ExactPca.MethodName or MlNetPca.MethodName)
                throw new ArgumentException(
                    $"{where}: one of the Autoencoders is named '{autoencoder.Name}', as one of the PCAs is; it " +
                    "needs its own name.");
            Require.NotNull(autoencoder.Create, $"{where}.Autoencoders, '{autoencoder.Name}'",
                nameof(autoencoder.Create));
        }
        RequireDistinct([.. (Autoencoders ?? []).Select(autoencoder => autoencoder.Name)], nameof(Autoencoders));
    }

    private static void RequireDistinct<T>(IReadOnlyList<T> values, string name)
    {
        foreach (IGrouping<T, T> group in values.GroupBy(value => value).Where(group => group.Count() > 1))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"{nameof(PcaComparisonOptions)}: {name} has '{group.Key}' {group.Count()} times; it must " +
                $"appear once."), name);
        }
    }
}
