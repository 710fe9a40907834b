using Microsoft.ML.Runtime;

namespace Ml.Autoencoders.Evaluation.Comparison;

/// <summary>
/// The options for the rows that there are. Options that were given have to suit them; a default that is too large for
/// them is made smaller, with a warning.
/// </summary>
/// <param name="CodeSizes">Numbers in a code.</param>
/// <param name="JudgedRows">The test rows that neighborhoods are measured on.</param>
/// <param name="Neighbors">k of trustworthiness and continuity; null where there are too few rows for any.</param>
/// <param name="NearestNeighbors">How many the classifier uses.</param>
internal sealed record ComparisonPlan(
    IReadOnlyList<int> CodeSizes, int JudgedRows, int? Neighbors, int NearestNeighbors)
{
    private const string Options = nameof(PcaComparisonOptions);

    /// <exception cref="ArgumentException">An option was given and does not suit the rows.</exception>
    public static ComparisonPlan Of(ComparisonData data, PcaComparisonOptions options, IChannel channel)
    {
        int judged = Math.Min(options.NeighborhoodRows, data.Test.Rows.Length);
        int nearest = data.TrainingKeys is { } keys
            ? NearestNeighborsOf(keys.Length, options, channel)
            : options.NearestNeighbors;
        return new ComparisonPlan(
            CodeSizesOf(data, options, channel), judged, NeighborsOf(judged, options, channel), nearest);
    }

    private static IReadOnlyList<int> CodeSizesOf(ComparisonData data, PcaComparisonOptions options, IChannel channel)
    {
        string column = FormattableString.Invariant($"column '{data.FeatureColumn}' of {data.FeatureCount} numbers");
        if (options.CodeSizes is { } given)
        {
            foreach (int size in given)
                Require.Within(size, 1, data.FeatureCount, $"{Options}, {column}", nameof(options.CodeSizes));
            return given;
        }
        IReadOnlyList<int> sizes = options.CodeSizesFor(data.FeatureCount);
        if (!sizes.SequenceEqual(PcaComparisonOptions.DefaultCodeSizes))
            Warn(channel, nameof(options.CodeSizes), List(sizes), List(PcaComparisonOptions.DefaultCodeSizes), column);
        return sizes;
    }

    private static int? NeighborsOf(int judged, PcaComparisonOptions options, IChannel channel)
    {
        // Below half of them.
        int most = (judged - 1) / 2;
        string rows = Rows(judged, "test");
        if (options.GivenNeighbors is { } given)
        {
            if (most == 0)
            {
                throw TooFew(nameof(options.Neighbors), FormattableString.Invariant(
                    $"is {given}, and there {(judged == 1 ? "is" : "are")} {rows}; ") + FormattableString.Invariant(
                    $"neighborhoods need at least {PcaComparisonOptions.MinNeighborhoodRows}."));
            }
            Require.Within(given, 1, most, $"{Options}, neighborhoods among {rows}", nameof(options.Neighbors));
            return given;
        }
        if (most == 0)
            return null;
        if (options.Neighbors > most)
        {
            Warn(channel, nameof(options.Neighbors), $"{most}", $"{options.Neighbors}",
                $"neighborhoods among {rows}");
        }
        return Math.Min(options.Neighbors, most);
    }

    private static int NearestNeighborsOf(int training, PcaComparisonOptions options, IChannel channel)
    {
        string rows = Rows(training, "training");
        if (options.GivenNearestNeighbors is { } given)
        {
            Require.Within(given, 1, training, $"{Options}, {rows}", nameof(options.NearestNeighbors));
            return given;
        }
        if (options.NearestNeighbors > training)
            Warn(channel, nameof(options.NearestNeighbors), $"{training}", $"{options.NearestNeighbors}", rows);
        return Math.Min(options.NearestNeighbors, training);
    }

    /// <summary>Warns that a default was made smaller.</summary>
    private static void Warn(IChannel channel, string option, string value, string usual, string because) =>
        channel.Warning(MessageSensitivity.None,
            $"{Options}.{option} is {value} here, not the default {usual}, which is too much for {because}.");

    private static ArgumentOutOfRangeException TooFew(string option, string what) =>
        new(option, $"{Options}: {option} {what}");

    private static string Rows(int count, string use) =>
        FormattableString.Invariant($"{count} {use} {(count == 1 ? "row" : "rows")}");

    private static string List(IEnumerable<int> sizes) => string.Join(", ", sizes);
}
