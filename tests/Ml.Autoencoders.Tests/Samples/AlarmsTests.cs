using Heartbeats;

namespace Ml.Autoencoders.Tests.Samples;

/// <summary>Scores of rows become alarms, each with its ends and its peak.</summary>
internal sealed class AlarmsTests
{
    private static readonly float[] Scores = [float.NaN, 3, 1, 5, 2, 0, 0, 0, 9, float.NaN, 8];

    [TestCase(1, new[] { 1, 1, 1, 3, 4, 3, 8, 8, 8, 10, 10, 10 })]
    [TestCase(2, new[] { 1, 4, 3, 8, 10, 8 })]
    [TestCase(4, new[] { 1, 10, 8 })]
    public void Rows_above_the_threshold_that_are_near_each_other_are_one_alarm(int apart, int[] expected)
    {
        IReadOnlyList<Alarm> alarms = Alarms.Of([.. Enumerable.Range(0, Scores.Length)], Scores, threshold: 1, apart);

        Assert.That(alarms.SelectMany(alarm => new[] { alarm.First, alarm.Last, alarm.Peak }), Is.EqualTo(expected));
        Assert.That(alarms.Select(alarm => alarm.Score), Is.EqualTo(alarms.Select(alarm => Scores[alarm.Peak])));
    }

    [Test]
    public void Rows_of_other_series_in_between_do_not_count()
    {
        Assert.That(Alarms.Of([1, 8], Scores, threshold: 1, apart: 1), Is.EqualTo(new[] { new Alarm(1, 8, 8, 9) }));
        Assert.That(Alarms.Of([0, 9], Scores, threshold: 1, apart: 1), Is.Empty);
    }
}
