using Heartbeats.Reading;

namespace Heartbeats;

/// <summary>Premature beats in the electrocardiogram that comes with the program.</summary>
internal static class HeartbeatStation
{
    /// <summary>What is drawn: a stretch with beats of both kinds, without a moment at which an electrode was
    /// off.</summary>
    private const double DrawnFrom = 149.8;
    private const double DrawnSeconds = 12;

    public static void Run(Settings settings, int? rows)
    {
        using Stream file = typeof(HeartbeatStation).Assembly.GetManifestResourceStream("ecg.dat")!;
        SeriesTable table = Electrocardiogram.Read(file, rows);
        Console.WriteLine($"{table.Rows.Count / Electrocardiogram.Rate:N0} seconds of an electrocardiogram. " +
            Electrocardiogram.Notice);
        ScoredSeries series = new SeriesDetector(settings).Run(table);
        IReadOnlyList<Alarm> alarms = series.FindAlarms();
        AlarmReport.Write(series, alarms, settings.OutputFolder);
        Judge(series, alarms);
        int first = (int)(DrawnFrom * Electrocardiogram.Rate);
        int count = (int)(DrawnSeconds * Electrocardiogram.Rate);
        // Of the first rows alone, their end.
        int[] drawn = [.. Enumerable.Range(Math.Min(first, Math.Max(0, table.Rows.Count - count)), count)
            .Where(row => row < table.Rows.Count)];
        AlarmPicture.Draw(series, drawn, column: 0, alarms, $"{DrawnSeconds:0} seconds of an electrocardiogram",
            Path.Combine(settings.OutputFolder, "heartbeats.png"));
    }

    /// <summary>How many beats of each kind have their peak in an alarm.</summary>
    private static void Judge(ScoredSeries series, IReadOnlyList<Alarm> alarms)
    {
        IReadOnlyList<SeriesRow> rows = series.Table.Rows;
        (IReadOnlyList<int> narrow, IReadOnlyList<int> wide) =
            Beats.Of([.. rows.Select(row => row.Values[0])], Electrocardiogram.Rate);
        int last = rows.Count - series.Length;
        int holding = Enumerable.Range(0, last + 1)
            .Count(first => wide.Any(peak => peak >= first && peak < first + series.Length));
        int with = alarms.Count(alarm => wide.Any(peak => IsIn(alarm, peak)));
        Console.WriteLine(
            $"Judged by the width of beats, which the detectors do not know: {Reported(wide)} of {wide.Count} wide " +
            $"beats and {Reported(narrow)} of {narrow.Count} narrow ones are in an alarm; {with} of {alarms.Count} " +
            $"alarms hold a wide beat. {100.0 * holding / (last + 1):0}% of all windows hold the peak of one.");

        int Reported(IReadOnlyList<int> peaks) => peaks.Count(peak => alarms.Any(alarm => IsIn(alarm, peak)));

        static bool IsIn(Alarm alarm, int peak) => peak >= alarm.First && peak <= alarm.Last;
    }
}
