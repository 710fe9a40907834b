using System.Text.Json;

namespace Ml.Autoencoders.Persistence;

/// <summary>Consecutive epochs with the same fields, as those of a fit are: each field as a list of its
/// values.</summary>
/// <param name="First">The number of the first.</param>
/// <param name="Asked">How many were requested.</param>
/// <param name="Training">The losses over training rows.</param>
/// <param name="Validation">Those over validation rows, where there are any.</param>
/// <param name="LearningRate">Of the last batch.</param>
/// <param name="RowsPerSecond">Training rows.</param>
/// <param name="Elapsed">Since the first batch of the fit, in 100 nanoseconds.</param>
/// <param name="Best">The numbers of those that were the best so far.</param>
internal sealed record HistoryRun(
    int First,
    int Asked,
    HistoryRun.Losses Training,
    HistoryRun.Losses? Validation,
    IReadOnlyList<double> LearningRate,
    IReadOnlyList<double> RowsPerSecond,
    IReadOnlyList<long> Elapsed,
    IReadOnlyList<int> Best)
{
    /// <summary>As few as there can be: one, where the fields never change.</summary>
    public static IEnumerable<HistoryRun> Of(IReadOnlyList<TrainingEpoch> history)
    {
        for (int start = 0, end; start < history.Count; start = end)
        {
            for (end = start + 1; end < history.Count && Continues(history[end - 1], history[end]);)
                end++;
            yield return OfLikes([.. history.Skip(start).Take(end - start)]);
        }
    }

    /// <exception cref="JsonException">The lists are not of equal length, or hold what no epoch can.</exception>
    public IEnumerable<TrainingEpoch> Epochs()
    {
        int count = LearningRate.Count;
        if (count == 0 || First < 1 || First > int.MaxValue - count
            || RowsPerSecond.Count != count || Elapsed.Count != count
            || !Training.HasLength(count) || Validation?.HasLength(count) == false)
        {
            throw new JsonException("The lists of a history are not of equal length, or do not begin with an epoch.");
        }
        HashSet<int> best = [.. Best];
        for (int i = 0; i < count; i++)
        {
            yield return new TrainingEpoch(
                First + i, Asked, Training.At(i), Validation?.At(i), LearningRate[i], RowsPerSecond[i],
                TimeSpan.FromTicks(Elapsed[i]), best.Contains(First + i));
        }
    }

    private static HistoryRun OfLikes(TrainingEpoch[] epochs) => new(
        epochs[0].Epoch,
        epochs[0].Epochs,
        Losses.Of(epochs, epoch => epoch.Training),
        epochs[0].Validation is null ? null : Losses.Of(epochs, epoch => epoch.Validation!),
        [.. epochs.Select(epoch => epoch.LearningRate)],
        [.. epochs.Select(epoch => epoch.RowsPerSecond)],
        [.. epochs.Select(epoch => epoch.Elapsed.Ticks)],
        [.. epochs.Where(epoch => epoch.IsBest).Select(epoch => epoch.Epoch)]);

    private static bool Continues(TrainingEpoch one, TrainingEpoch next) =>
        next.Epoch == one.Epoch + 1 && next.Epochs == one.Epochs
        && AreAlike(one.Training, next.Training) && AreAlike(one.Validation, next.Validation);

    private static bool AreAlike(EpochLoss? one, EpochLoss? other) =>
        one is null || other is null
            ? one == other
            : one.Terms.Keys.SequenceEqual(other.Terms.Keys, StringComparer.Ordinal);

    /// <summary>Losses of all epochs.</summary>
    /// <param name="Total">Of each.</param>
    /// <param name="Terms">By name, of each.</param>
    internal sealed record Losses(IReadOnlyList<double> Total, IReadOnlyDictionary<string, IReadOnlyList<double>> Terms)
    {
        public static Losses Of(TrainingEpoch[] epochs, Func<TrainingEpoch, EpochLoss> loss) => new(
            [.. epochs.Select(epoch => loss(epoch).Total)],
            loss(epochs[0]).Terms.Keys.ToDictionary(
                name => name,
                IReadOnlyList<double> (name) => [.. epochs.Select(epoch => loss(epoch).Terms[name])],
                StringComparer.Ordinal));

        public bool HasLength(int count) => Total.Count == count && Terms.Values.All(values => values?.Count == count);

        public EpochLoss At(int index) =>
            new(Total[index], Terms.ToDictionary(term => term.Key, term => term.Value[index], StringComparer.Ordinal));
    }
}
