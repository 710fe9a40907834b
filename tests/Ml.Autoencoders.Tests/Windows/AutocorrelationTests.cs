using Ml.Autoencoders.Windows;

namespace Ml.Autoencoders.Tests.Windows;

/// <summary>The autocorrelation against closed forms and by hand.</summary>
internal sealed class AutocorrelationTests
{
    [Test]
    public void Numbers_that_alternate()
    {
        const int count = 40;
        double[] found = Of([.. Enumerable.Range(0, count).Select(i => i % 2 == 0 ? 7f : 3f)], lags: 12);
        Assert.That(found, Is.EqualTo(Enumerable.Range(0, 13)
            .Select(lag => (lag % 2 == 0 ? 1 : -1) * (double)(count - lag) / count)).Within(1e-12));
    }

    /// <summary>Over whole periods the sum of cos(wt) cos(w(t + k)) is that of cos(wk) / 2 over n - k steps, less
    /// half the sum of cos(2wt + wk) over the last k, which is sin(wk) cos(w(2n - 1)) / sin(w) / 2.</summary>
    [Test]
    public void A_cosine()
    {
        const int count = 200, period = 20;
        const double w = 2 * Math.PI / period;
        double[] found = Of([.. Enumerable.Range(0, count).Select(i => (float)Math.Cos(w * i))], lags: 50);
        Assert.That(found, Is.EqualTo(Enumerable.Range(0, 51).Select(lag => ((count - lag) * Math.Cos(w * lag)
            - Math.Sin(w * lag) * Math.Cos(w * (2 * count - 1)) / Math.Sin(w)) / count)).Within(1e-6));
    }

    /// <summary>Mean 2.5: -1.5, -0.5, 0.5, 1.5.</summary>
    [Test]
    public void Four_numbers_by_hand() => Assert.That(Of([1, 2, 3, 4], lags: 10),
        Is.EqualTo(new[] { 1, 1.25 / 5, -1.5 / 5, -2.25 / 5 }).Within(1e-12));

    /// <summary>0 in the place of the mean.</summary>
    [Test]
    public void A_missing_number_counts_as_the_mean() => Assert.That(Of([1, float.NaN, 3], lags: 2),
        Is.EqualTo(new[] { 1, 0, -0.5 }).Within(1e-12));

    /// <summary>-1, 1 and -1, 1, 0 around means of their own: 4 squares; products of neighbors -1, -1, 0; 0 of the next
    /// but one.</summary>
    [Test]
    public void Series_have_means_of_their_own_and_do_not_touch() =>
        Assert.That(Autocorrelation.Of([[[1f, 3f]], [[10f, 12f, 11f]]], 5),
            Is.EqualTo(new[] { 1, -0.5, 0 }).Within(1e-12));

    /// <summary>-2, -1 and 0, 3 around the mean of both: 14; products 2 and 0.</summary>
    [Test]
    public void Stretches_have_one_mean_and_do_not_touch() =>
        Assert.That(Autocorrelation.Of([[[0f, 1f], [2f, 5f]]], 5), Is.EqualTo(new[] { 1, 2.0 / 14 }).Within(1e-12));

    [Test]
    public void Numbers_that_never_change_have_none()
    {
        Assert.That(Of([3, 3, 3], lags: 2), Is.Empty);
        Assert.That(Of([], lags: 2), Is.Empty);
        Assert.That(Of([float.NaN, float.NaN], lags: 2), Is.Empty);
    }

    private static double[] Of(float[] values, int lags) => Autocorrelation.Of([[values]], lags);
}
