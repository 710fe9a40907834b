using Heartbeats.Reading;
using Microsoft.ML;

namespace Heartbeats;

/// <summary>What a detector says of each row of a table.</summary>
/// <param name="Table">The rows.</param>
/// <param name="Length">Rows of a window.</param>
/// <param name="Threshold">Above which a score is an alarm.</param>
/// <param name="Scores">By row; NaN where no window ends.</param>
/// <param name="Reconstructed">By row, a number for each column: the mean over the windows that hold the row.</param>
/// <param name="WorstColumns">By row, the column that its window is reconstructed worst in.</param>
internal sealed record ScoredSeries(SeriesTable Table, int Length, float Threshold, float[] Scores,
    float[][] Reconstructed, int[] WorstColumns)
{
    public const string Reconstruction = nameof(ScoredRow.Reconstruction);
    public const string Errors = nameof(ScoredRow.Errors);

    /// <summary>Reads the scores of all rows, in the order of the table.</summary>
    public static ScoredSeries Of(IDataView scored, SeriesTable table, int length, float threshold,
        Normalizer normalizer)
    {
        int columns = table.Columns.Count;
        var series = new ScoredSeries(table, length, threshold, new float[table.Rows.Count],
            [.. table.Rows.Select(_ => new float[columns])], new int[table.Rows.Count]);
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
                series.WorstColumns[row] = Worst(each.Errors, columns);
                Add(each.Reconstruction, [.. last], columns, series.Reconstructed, windows);
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

    private static void Add(float[] window, int[] rows, int columns, float[][] sums, int[] windows)
    {
        for (int step = 0; step < rows.Length; step++)
        {
            windows[rows[step]]++;
            for (int column = 0; column < columns; column++)
                sums[rows[step]][column] += window[step * columns + column];
        }
    }

    private static int Worst(float[] errors, int columns) => Enumerable.Range(0, columns)
        .MaxBy(column => Enumerable.Range(0, errors.Length / columns).Sum(step => errors[step * columns + column]));

    /// <summary>The columns that are read.</summary>
    private sealed class ScoredRow
    {
        public string Group { get; set; } = "";

        public float Score { get; set; }

        public float[] Reconstruction { get; set; } = [];

        public float[] Errors { get; set; } = [];
    }
}
