using Heartbeats.Reading;
using Ml.Autoencoders.Plots;

namespace Heartbeats;

/// <summary>A stretch of a series with its reconstruction, and its scores below.</summary>
internal static class AlarmPicture
{
    /// <summary>Draws rows of a series.</summary>
    /// <param name="series">The series.</param>
    /// <param name="rows">The places of the rows.</param>
    /// <param name="column">The column to draw.</param>
    /// <param name="alarms">Those of the series.</param>
    /// <param name="title">Above the picture.</param>
    /// <param name="path">Of the picture.</param>
    public static void Draw(ScoredSeries series, IReadOnlyList<int> rows, int column, IEnumerable<Alarm> alarms,
        string title, string path)
    {
        SeriesTable table = series.Table;
        (string unit, Func<SeriesRow, double> placeOf) = Axis(table, table.Rows[rows[0]], table.Rows[rows[^1]]);
        double[] places = [.. rows.Select(row => placeOf(table.Rows[row]))];
        (double, double)[] spans = [.. alarms
            .Select(alarm => (From: placeOf(table.Rows[alarm.First]), To: placeOf(table.Rows[alarm.Last])))
            .Where(span => span.To >= places[0] && span.From <= places[^1])
            .Select(span => (Math.Max(span.From, places[0]), Math.Min(span.To, places[^1])))];
        new StackedCharts()
            .Add(new LineChart
            {
                Title = title,
                XTitle = "",
                YTitle = table.Columns[column],
                XValues = places,
                RoundXTicks = true,
                Height = 300,
            }
                .AddSeries("measured", rows.Select(row => (double)table.Rows[row].Values[column]))
                .AddSeries("reconstructed", rows.Select(row => (double)series.Reconstructed[row][column]))
                .AddSpans("alarm", spans))
            .Add(new LineChart
            {
                XTitle = unit,
                YTitle = "score",
                XValues = places,
                RoundXTicks = true,
                Height = 240,
            }
                .AddSeries("score", rows.Select(row => (double)series.Scores[row]))
                .AddLevel("threshold", series.Threshold)
                .AddSpans("alarm", spans))
            .Save(path);
        Console.WriteLine($"Drew {path}.");
    }

    /// <summary>Dates are drawn as the time since the first of them, in the largest unit of which there are
    /// some.</summary>
    private static (string Unit, Func<SeriesRow, double> PlaceOf) Axis(SeriesTable table, SeriesRow first,
        SeriesRow last)
    {
        if (table.Time != TimeKind.Date)
            return (table.TimeName, row => row.Number);
        TimeSpan whole = last.Date - first.Date;
        (string unit, TimeSpan length) = whole.TotalDays >= 3 ? ("days", TimeSpan.FromDays(1))
            : whole.TotalHours >= 3 ? ("hours", TimeSpan.FromHours(1))
            : whole.TotalMinutes >= 3 ? ("minutes", TimeSpan.FromMinutes(1))
            : ("seconds", TimeSpan.FromSeconds(1));
        return ($"{unit} since {table.TimeOf(first)}", row => (row.Date - first.Date) / length);
    }
}
