using System.Globalization;
using Heartbeats.Reading;
using Spectre.Console;

namespace Heartbeats;

/// <summary>Alarms with their times: the highest on the screen, all in a file.</summary>
internal static class AlarmReport
{
    private const int Shown = 20;
    private const int RedirectedWidth = 120;

    public static void Write(ScoredSeries series, IReadOnlyList<Alarm> alarms, string folder)
    {
        SeriesTable data = series.Table;
        string[] header = [.. Columns(data)];
        Table table = new Table().Border(Console.IsOutputRedirected ? TableBorder.Ascii : TableBorder.Rounded);
        foreach (string column in header)
            table.AddColumn(column is "score" ? new TableColumn(column).RightAligned() : new TableColumn(column));
        foreach (Alarm alarm in alarms.Take(Shown))
            table.AddRow([.. Cells(series, alarm).Select(Markup.Escape)]);
        Console.WriteLine($"{alarms.Count:N0} alarms: rows with a score above {series.Threshold:G3}" +
            (alarms.Count > Shown ? $". The {Shown} with the highest scores:" : "."));
        // Where no terminal says how wide it is, there is room for three dates in a line.
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = RedirectedWidth;
        if (alarms.Count > 0)
            AnsiConsole.Write(table);
        string path = Path.Combine(folder, "alarms.csv");
        File.WriteAllLines(path, [string.Join(',', header.Select(Quoted)), .. alarms.OrderBy(alarm => alarm.First)
            .Select(alarm => string.Join(',', Cells(series, alarm).Select(Quoted)))]);
        Console.WriteLine($"Wrote {path}.");
    }

    private static IEnumerable<string> Columns(SeriesTable data)
    {
        if (data.HasGroups)
            yield return "series";
        yield return "from";
        yield return "to";
        yield return "highest at";
        yield return "score";
        if (data.Columns.Count > 1)
            yield return "most unusual";
    }

    private static IEnumerable<string> Cells(ScoredSeries series, Alarm alarm)
    {
        SeriesTable data = series.Table;
        if (data.HasGroups)
            yield return data.Rows[alarm.Peak].Group;
        yield return data.TimeOf(data.Rows[alarm.First]);
        yield return data.TimeOf(data.Rows[alarm.Last]);
        yield return data.TimeOf(data.Rows[alarm.Peak]);
        yield return alarm.Score.ToString("G3", CultureInfo.InvariantCulture);
        if (data.Columns.Count > 1)
            yield return data.Columns[series.WorstColumn(alarm)];
    }

    private static string Quoted(string field) => field.AsSpan().ContainsAny(",\"")
        ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
