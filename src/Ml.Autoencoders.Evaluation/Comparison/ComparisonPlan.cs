using Microsoft.ML.Runtime;

namespace Ml.Autoencoders.Evaluation.Comparison;

/// <summary>
/// The options as they are for the rows that there are. What was given has to suit them; a default that asks for more
/// than they have is made smaller, with a warning.
/// </summary>
/// <param name="CodeSizes">Numbers in a code.</param>
/// <param name="JudgedRows">The test rows that neighbourhoods are measured on.</param>
/// <param name="Neighbours">k of trustworthiness and continuity; null where there are too few rows for any.</param>
/// <param name="NearestNeighbours">That the classifier asks.</param>
internal sealed record ComparisonPlan(
    IReadOnlyList<int> CodeSizes, int JudgedRows, int? Neighbours, int NearestNeighbours)
{
    private const string Options = nameof(PcaComparisonOptions);

    /// <exception cref="ArgumentException">An option was given and does not suit the rows.</exception>
    public static ComparisonPlan Of(ComparisonData data, PcaComparisonOptions options, IChannel channel)
    {
        int judged = Math.Min(options.NeighbourhoodRows, data.Test.Rows.Length);
        int nearest = data.TrainingKeys is { } keys
            ? NearestNeighboursOf(keys.Length, options, channel)
            : options.NearestNeighbours;
        return new ComparisonPlan(
            CodeSizesOf(data, options, channel), judged, NeighboursOf(judged, options, channel), nearest);
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

    private static int? NeighboursOf(int judged, PcaComparisonOptions options, IChannel channel)
    {
        // Below half of them.
        int most = (judged - 1) / 2;
        string rows = Rows(judged, "test");
        if (options.GivenNeighbours is { } given)
        {
            if (most == 0)
            {
                throw TooFew(nameof(options.Neighbours), FormattableString.Invariant(
                    $"is {given}, and there {(judged == 1 ? "is" : "are")} {rows}; ") + FormattableString.Invariant(
                    $"neighbourhoods need at least {PcaComparisonOptions.LeastNeighbourhoodRows}."));
            }
            Require.Within(given, 1, most, $"{Options}, neighbourhoods among {rows}", nameof(options.Neighbours));
            return given;
        }
        if (most == 0)
            return null;
        if (options.Neighbours > most)
        {
            Warn(channel, nameof(options.Neighbours), $"{most}", $"{options.Neighbours}",
                $"neighbourhoods among {rows}");
        }
        return Math.Min(options.Neighbours, most);
    }

    private static int NearestNeighboursOf(int training, PcaComparisonOptions options, IChannel channel)
    {
        string rows = Rows(training, "training");
        if (options.GivenNearestNeighbours is { } given)
        {
            Require.Within(given, 1, training, $"{Options}, {rows}", nameof(options.NearestNeighbours));
            return given;
        }
        if (options.NearestNeighbours > training)
            Warn(channel, nameof(options.NearestNeighbours), $"{training}", $"{options.NearestNeighbours}", rows);
        return Math.Min(options.NearestNeighbours, training);
    }

    /// <summary>Says that a default was made smaller.</summary>
    private static void Warn(IChannel channel, string option, string value, string usual, string because) =>
        channel.Warning(MessageSensitivity.None,
            $"{Options}.{option} is {value} here, not the default {usual}, which is too much for {because}.");

    private static ArgumentOutOfRangeException TooFew(string option, string what) =>
        new(option, $"{Options}: {option} {what}");

    private static string Rows(int count, string use) =>
        FormattableString.Invariant($"{count} {use} {(count == 1 ? "row" : "rows")}");

    private static string List(IEnumerable<int> sizes) => string.Join(", ", sizes);
}
