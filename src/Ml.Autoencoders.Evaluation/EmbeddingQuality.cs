using System.Globalization;

namespace Ml.Autoencoders.Evaluation;

/// <summary>How much of rows is left in their codes.</summary>
public static class EmbeddingQuality
{
    /// <summary>
    /// The share of the rows' variance that their reconstructions hold, 1 - Σ|x - y|² / Σ|x - mean|²: 1 for perfect
    /// ones, 0 for the mean row, below 0 for worse. NaN for rows that are all the same.
    /// </summary>
    /// <param name="rows">The rows, all of one length.</param>
    /// <param name="reconstructions">One for each, of that length.</param>
    /// <exception cref="ArgumentException">There are no rows, or lengths differ.</exception>
    public static double ExplainedVariance(IReadOnlyList<float[]> rows, IReadOnlyList<float[]> reconstructions)
    {
        RequireTable(rows, nameof(rows));
        RequireTable(reconstructions, nameof(reconstructions));
        RequireAsMany(rows, reconstructions, nameof(reconstructions));
        if (rows[0].Length != reconstructions[0].Length)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"The rows have {rows[0].Length} numbers and the reconstructions {reconstructions[0].Length}; they " +
                $"need the same length."), nameof(reconstructions));
        }
        double[] mean = MeanRow.Of(rows);
        double variation = Squares.OfDeviations(rows, mean);
        return variation == 0 ? double.NaN : 1 - Squares.OfDifferences(rows, reconstructions) / variation;
    }

    /// <summary>
    /// Whether rows that are neighbors by their codes are neighbors: 1 if so, lower the farther away the intruders are.
    /// T(k) = 1 - 2 / (n k (2n - 3k - 1)) Σi Σj (r(i, j) - k), where j runs over the rows that are among the k nearest
    /// to i by their codes only, and r(i, j) is the rank of j among the rows by nearness to i (Venna and Kaski 2001,
    /// "Neighborhood Preservation in Nonlinear Projection Methods"). Of equally near rows, the earlier counts as
    /// nearer.
    /// </summary>
    /// <param name="rows">The rows, all of one length.</param>
    /// <param name="codes">One for each, all of one length.</param>
    /// <param name="neighbors">k, at least 1 and below half of the number of rows.</param>
    /// <exception cref="ArgumentException">Lengths differ, or there are too few rows.</exception>
    public static double Trustworthiness(IReadOnlyList<float[]> rows, IReadOnlyList<float[]> codes, int neighbors = 12)
    {
        RequireNeighborhoods(rows, codes, neighbors, nameof(Trustworthiness));
        return Neighborhoods.WithoutIntruders([.. rows], [.. codes], neighbors);
    }

    /// <summary>
    /// Whether neighbors are still neighbors by their codes: 1 if so, lower the farther away the missing ones are. It
    /// is <see cref="Trustworthiness"/> with rows and codes swapped (Venna and Kaski 2001).
    /// </summary>
    /// <param name="rows">The rows, all of one length.</param>
    /// <param name="codes">One for each, all of one length.</param>
    /// <param name="neighbors">k, at least 1 and below half of the number of rows.</param>
    /// <exception cref="ArgumentException">Lengths differ, or there are too few rows.</exception>
    public static double Continuity(IReadOnlyList<float[]> rows, IReadOnlyList<float[]> codes, int neighbors = 12)
    {
        RequireNeighborhoods(rows, codes, neighbors, nameof(Continuity));
        return Neighborhoods.WithoutIntruders([.. codes], [.. rows], neighbors);
    }

    private static void RequireNeighborhoods(IReadOnlyList<float[]> rows, IReadOnlyList<float[]> codes,
        int neighbors, string where)
    {
        RequireTable(rows, nameof(rows));
        RequireTable(codes, nameof(codes));
        RequireAsMany(rows, codes, nameof(codes));
        Require.AtLeast(neighbors, 1, where, nameof(neighbors));
        if (neighbors >= rows.Count / 2.0)
        {
            throw new ArgumentOutOfRangeException(nameof(neighbors), FormattableString.Invariant(
                $"{where}: neighbors is {neighbors}; it must be below half of the number of rows, {rows.Count}."));
        }
    }

    private static void RequireTable(IReadOnlyList<float[]> table, string name)
    {
        ArgumentNullException.ThrowIfNull(table, name);
        if (table.Count == 0)
            throw new ArgumentException($"There are no {name}.", name);
        for (int i = 0; i < table.Count; i++)
        {
            if (table[i]?.Length != table[0].Length)
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                    $"The {name} differ in length: number 0 has {table[0].Length} numbers, number {i} has " +
                    $"{table[i]?.Length ?? 0}."), name);
            }
        }
    }

    private static void RequireAsMany(IReadOnlyList<float[]> rows, IReadOnlyList<float[]> others, string name)
    {
        if (rows.Count != others.Count)
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"There are {rows.Count} rows and {others.Count} {name}; there must be one for each."), name);
    }
}
