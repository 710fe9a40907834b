using Heartbeats.Reading;
using Microsoft.ML;

namespace Heartbeats;

/// <summary>What a detector says of each row of a table.</summary>
/// <param name="Table">The rows.</param>
/// <param name="Length">Rows of a window.</param>
/// <param name="Threshold">Above which a score is an alarm.</param>
/// <param name="Scores">By row; NaN where no window ends.</param>
/// <param name="Reconstructed">By row, a number for each column: the mean over the windows that hold the row.</param>
/// <param name="ColumnErrors">By row, the error of each column: the sum over the windows that hold the row.</param>
internal sealed record ScoredSeries(SeriesTable Table, int Length, float Threshold, float[] Scores,
    float[][] Reconstructed, float[][] ColumnErrors)
{
    public const string Reconstruction = nameof(ScoredRow.Reconstruction);
    public const string Errors = nameof(ScoredRow.Errors);

    /// <summary>Reads the scores of all rows, in the order of the table.</summary>
    public static ScoredSeries Of(IDataView scored, SeriesTable table, int length, float threshold,
        Normalizer normalizer)
    {
        int columns = table.Columns.Count;
        var series = new ScoredSeries(table, length, threshold, new float[table.Rows.Count],
            [.. table.Rows.Select(_ => new float[columns])], [.. table.Rows.Select(_ => new float[columns])]);
        var windows = new int[table.Rows.Count];
        Dictionary<string, Queue<int>> held = new(StringComparer.Ordinal);
        int row = 0;
        foreach (ScoredRow each in new MLContext().Data.CreateEnumerable<ScoredRow>(scored, reuseRowObject: true))
        {
            series.Scores[row] = each.Score;
            if (!held.TryGetValue(each.Group, out Queue<int>? last))
                held.Add(each.Group, last = []);
            last.Enqueue(row);
            if (last.Count > length)
                last.Dequeue();
            if (last.Count == length)
            {
                int[] rows = [.. last];
                Add(each.Reconstruction, rows, series.Reconstructed);
                Add(each.Errors, rows, series.ColumnErrors);
                foreach (int place in rows)
                    windows[place]++;
            }
            row++;
        }
        for (int i = 0; i < windows.Length; i++)
        {
            for (int column = 0; column < columns; column++)
                series.Reconstructed[i][column] = windows[i] == 0 ? float.NaN
                    : normalizer.Undo(series.Reconstructed[i][column] / windows[i], column);
        }
        return series;
    }

    /// <summary>The alarms of all series, the highest score first.</summary>
    public IReadOnlyList<Alarm> FindAlarms() =>
        [.. Table.Groups.SelectMany(rows => Alarms.Of(rows, Scores, Threshold, apart: Length / 2))
            .OrderByDescending(alarm => alarm.Score)];

    /// <summary>The column that is reconstructed worst from the first row of an alarm to the last.</summary>
    public int WorstColumn(Alarm alarm)
    {
        string group = Table.Rows[alarm.Peak].Group;
        int[] rows = [.. Enumerable.Range(alarm.First, alarm.Last - alarm.First + 1)
            .Where(row => Table.Rows[row].Group == group)];
        return Enumerable.Range(0, Table.Columns.Count)
            .MaxBy(column => rows.Sum(row => ColumnErrors[row][column]));
    }

    /// <summary>Adds the numbers of a window to those of the rows that it holds.</summary>
    private static void Add(float[] window, int[] rows, float[][] sums)
    {
        int columns = window.Length / rows.Length;
        for (int i = 0; i < window.Length; i++)
            sums[rows[i / columns]][i % columns] += window[i];
    }

    /// <summary>The columns that are read.</summary>
    private sealed class ScoredRow
    {
        public string Group { get; set; } = "";

        public float Score { get; set; }

        public float[] Reconstruction { get; set; } = [];

        public float[] Errors { get; set; } = [];
    }
}
