using Heartbeats.Reading;

namespace Heartbeats;

/// <summary>Alarms in the series of a CSV file.</summary>
internal static class FileStation
{
    /// <summary>Rows that can be distinguished in a picture.</summary>
    private const int MostDrawn = 3000;

    public static void Run(Settings settings, SeriesTable table)
    {
        Console.WriteLine($"{table.Rows.Count:N0} rows of {string.Join(", ", table.Columns)}" +
            (table.HasGroups ? $" in {table.Groups.Count:N0} series." : "."));
        ScoredSeries series = new SeriesDetector(settings).Run(table);
        IReadOnlyList<Alarm> alarms = series.FindAlarms();
        AlarmReport.Write(series, alarms, settings.OutputFolder);
        int highest = Enumerable.Range(0, table.Rows.Count).Where(row => float.IsFinite(series.Scores[row]))
            .MaxBy(row => series.Scores[row]);
        string name = table.Rows[highest].Group;
        int[] group = table.Groups.First(rows => table.Rows[rows[0]].Group == name);
        int middle = Array.BinarySearch(group, highest);
        int first = Math.Clamp(middle - MostDrawn / 2, 0, Math.Max(0, group.Length - MostDrawn));
        int column = alarms.Count > 0 ? series.WorstColumn(alarms[0]) : 0;
        AlarmPicture.Draw(series, group[first..Math.Min(first + MostDrawn, group.Length)], column,
            alarms.Where(alarm => table.Rows[alarm.Peak].Group == name),
            table.HasGroups ? $"{table.Columns[column]} of {name}" : table.Columns[column],
            Path.Combine(settings.OutputFolder, "alarms.png"));
    }
}
