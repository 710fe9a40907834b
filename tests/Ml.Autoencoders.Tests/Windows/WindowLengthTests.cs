using Microsoft.ML;
using Ml.Autoencoders.Windows;

namespace Ml.Autoencoders.Tests.Windows;

/// <summary>The length of windows where none is given.</summary>
internal sealed class WindowLengthTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestCase(24)]
    [TestCase(6)]
    [TestCase(300)]
    public void It_is_the_period_of_the_first_column(int period)
    {
        var source = new CountingView(SeriesRow.View(_ml, Pulses(1500, period)));
        SlidingWindowTransformer fitted = _ml.Transforms.SlidingWindow("Window", ["Pressure", "Flow"]).Fit(source);
        Assert.That(fitted.Length, Is.EqualTo(period));
        Assert.That((source.CursorsOpened, source.CursorsDisposed), Is.EqualTo((1, 1)));
        Assert.That(source.ColumnsAsked, Does.Contain("Pressure"));
    }

    [TestCase(5, 125)]
    [TestCase(310, 125)]
    public void A_period_that_is_too_short_or_too_long_gives_none(int period, int expected) =>
        Assert.That(Length(Pulses(1500, period)), Is.EqualTo(expected));

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(5)]
    [TestCase(60, Description = "a ramp, which resembles itself less and less")]
    public void Without_a_maximum_it_is_125(int count) =>
        Assert.That(Length(SeriesRow.Make(count)), Is.EqualTo(125));

    [Test]
    public void At_most_20000_rows_are_read()
    {
        var source = new CountingView(SeriesRow.View(_ml, Pulses(20_005, 50)));
        Assert.That(_ml.Transforms.SlidingWindow("Window", ["Pressure"]).Fit(source).Length, Is.EqualTo(50));
        Assert.That(source.RowsRead, Is.EqualTo(20_000));
    }

    /// <summary>Rows of two machines in turn, of which each rests for hours after 90 rows: read as one series they
    /// would repeat at every other row.</summary>
    [Test]
    public void Groups_and_gaps_are_kept_apart()
    {
        SeriesRow[] rows = [.. Pulses(900, 30).SelectMany((row, i) => new[]
        {
            SeriesRow.At(i + 9000 * (i / 90), row.Pressure),
            SeriesRow.At(i + 9000 * (i / 90), 100 + row.Pressure, "b"),
        })];
        var options = new SlidingWindowOptions
        {
            GroupColumnName = "Pump",
            TimeColumnName = "Time",
            MaxGap = TimeSpan.FromSeconds(2),
        };
        Assert.That(_ml.Transforms.SlidingWindow("Window", ["Pressure"], options).Fit(SeriesRow.View(_ml, rows)).Length,
            Is.EqualTo(30));
    }

    [Test]
    public void The_first_slot_of_a_vector_counts() => Assert.That(
        _ml.Transforms.SlidingWindow("Window", ["Pair"]).Fit(SeriesRow.View(_ml, Pulses(900, 40))).Length,
        Is.EqualTo(40));

    [Test]
    public void Missing_numbers_do_not_hide_the_period()
    {
        SeriesRow[] rows = Pulses(900, 40);
        for (int i = 0; i < rows.Length; i += 7)
            rows[i].Pressure = float.NaN;
        Assert.That(Length(rows), Is.EqualTo(40));
    }

    [Test]
    public void Rows_out_of_order_are_refused() => Assert.That(
        () => _ml.Transforms.SlidingWindow("Window", ["Pressure"], timeColumnName: "Time")
            .Fit(SeriesRow.View(_ml, [SeriesRow.At(1, 1), SeriesRow.At(0, 2)])),
        Throws.InvalidOperationException.With.Message
            .StartsWith("Column 'Time', row 1: the time is 2026-01-01T00:00:00"));

    [Test]
    public void It_is_told()
    {
        var told = new List<string>();
        _ml.Log += (_, log) => told.Add(log.RawMessage);
        Length(Pulses(900, 40));
        Length(SeriesRow.Make(9));
        Assert.That(told, Does.Contain(
            "Windows have 40 rows, the highest local maximum of the autocorrelation of column 'Pressure' (0.956)."));
        Assert.That(told, Does.Contain("Windows have 125 rows: the autocorrelation of column 'Pressure' has no " +
            "highest local maximum from 6 to 303 rows."));
    }

    /// <summary>Strict ones, and the highest of them: the plateau at 8 is none, and 12 is higher than 16.</summary>
    [Test]
    public void The_peak_is_the_highest_strict_maximum()
    {
        double[] correlation = new double[30];
        (correlation[7], correlation[8], correlation[12], correlation[16]) = (0.9, 0.9, 0.5, 0.4);
        Assert.That(WindowLength.Peak(correlation), Is.EqualTo(12));
    }

    /// <summary>As TSB-AD has it: it is not the next one that counts.</summary>
    [Test]
    public void A_highest_peak_that_is_out_of_range_says_nothing()
    {
        double[] correlation = new double[401];
        (correlation[5], correlation[12]) = (0.9, 0.5);
        Assert.That(WindowLength.Peak(correlation), Is.Null);
        (correlation[5], correlation[3], correlation[400]) = (0, 0.9, 0.9);
        Assert.That(WindowLength.Peak(correlation), Is.EqualTo(12), "the first and the last have one neighbor");
        correlation[304] = 0.6;
        Assert.That(WindowLength.Peak(correlation), Is.Null);
    }

    private int Length(SeriesRow[] rows) =>
        _ml.Transforms.SlidingWindow("Window", ["Pressure"]).Fit(SeriesRow.View(_ml, rows)).Length;

    /// <summary>A pulse in each period: the bias of the estimate would shift the maximum of a smooth wave.</summary>
    private static SeriesRow[] Pulses(int count, int period) =>
        [.. Enumerable.Range(0, count).Select(i => SeriesRow.At(i, i % period == 0 ? 1 : 0))];
}
