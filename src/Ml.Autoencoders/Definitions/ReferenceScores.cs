using System.Text.Json.Serialization;

namespace Ml.Autoencoders.Definitions;

/// <summary>The scores of the rows that set a detector's threshold, as far as they are needed to say how unusual
/// another score is among them: p = (k + 1) / (n + 1), where k of the n rows have a score at least as high. It is the
/// chance that a row of the same kind has a score as high as that, whatever their distribution.</summary>
/// <remarks>
/// Of more rows than are kept, they are cut into groups, from the highest score down, and the highest score of each is
/// kept: a group counts as soon as that one does, so p is never too low. A group is a 230th as large as all before it,
/// so that p is too high by less than half a percent of itself, wherever it is.
/// </remarks>
/// <param name="Rows">How many rows there were, n.</param>
/// <param name="Scores">The scores that are kept, the highest first.</param>
internal sealed record ReferenceScores(int Rows, IReadOnlyList<float> Scores)
{
    /// <summary>The most that are kept.</summary>
    public const int Most = 4096;

    /// <summary>The share of all rows before a group that it is as large as: about the least with which the groups of
    /// the most rows that there can be are no more than are kept.</summary>
    private const double Growth = 1.0 / 230;

    private readonly float[] _kept = [.. Scores ?? []];
    private readonly int _infinite = (Scores ?? []).Count(float.IsPositiveInfinity);
    private float[]? _pValues;

    /// <summary>Those of rows.</summary>
    /// <param name="ascending">Their scores, the lowest first; none is NaN.</param>
    public static ReferenceScores Of(float[] ascending)
    {
        int[] ends = [.. Ends(ascending.Length)];
        return new(ascending.Length, [.. ends.Prepend(0).SkipLast(1).Select(before => ascending[^(before + 1)])]);
    }

    /// <summary>p of each number of kept scores that are at least as high as a row's: from 0 to all.</summary>
    public float[] PValues() => _pValues ??=
        [.. Ends(Rows).Prepend(0).Select(count => (float)((count + 1.0) / (Rows + 1.0)))];

    /// <summary>Scores to their p, in their place. NaN stays NaN.</summary>
    public void Judge(Span<float> scores)
    {
        float[] values = PValues();
        foreach (ref float score in scores)
            score = float.IsNaN(score) ? score : values[CountFrom(score)];
    }

    /// <summary>How many rows have an infinite score. A group counts as soon as the highest of it is.</summary>
    [JsonIgnore]
    public int Infinite => _infinite == 0 ? 0 : Ends(Rows).ElementAt(_infinite - 1);

    /// <summary>The lowest rate that a finite score is the threshold of.</summary>
    [JsonIgnore]
    public float LeastRate => PValues()[_infinite];

    /// <summary>The score that exactly the rows with p up to a rate are above.</summary>
    /// <param name="rate">From <see cref="LeastRate"/> to below 1.</param>
    public float ThresholdOf(float rate) => _kept[PValues().Count(value => value <= rate) - 1];

    /// <summary>Checks what a file holds.</summary>
    /// <exception cref="FormatException">It is not valid.</exception>
    public void Check(Place place)
    {
        Require.Within(Rows, 1, Array.MaxLength, place, nameof(Rows));
        int needed = Ends(Rows).Count();
        if (_kept.Length != needed)
            throw place.Error(nameof(Scores), FormattableString.Invariant(
                $"are {_kept.Length}; of {Rows} rows there must be {needed}."));
        for (int i = 0; i < needed; i++)
        {
            if (float.IsNaN(_kept[i]) || i > 0 && _kept[i] > _kept[i - 1])
                throw place.Part(nameof(Scores)).At(i).Fault(FormattableString.Invariant(
                    $"{_kept[i]} must be a number that is not above the one before it."));
        }
    }

    /// <summary>How many kept scores are at least as high.</summary>
    private int CountFrom(float score)
    {
        (int low, int high) = (0, _kept.Length);
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_kept[middle] >= score)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    /// <summary>How many rows there are up to the end of each group.</summary>
    private static IEnumerable<int> Ends(int rows)
    {
        for (int end = 0; end < rows;)
        {
            double next = rows <= Most ? end + 1 : Math.Max(end + 1, Math.Floor(end * (1 + Growth)));
            end = (int)Math.Min(next, rows);
            yield return end;
        }
    }
}
