using System.Globalization;
using Heartbeats.Reading;

namespace Heartbeats;

/// <summary>Refuses series from which nothing can be learned.</summary>
internal static class Requirements
{
    /// <summary>With fewer windows there is nothing to learn.</summary>
    public const int FewestWindows = 50;

    /// <summary>Of which so many are usual.</summary>
    public const int FewestUsual = 25;

    /// <summary>The shortest window that can be asked for.</summary>
    public const int ShortestWindow = 4;

    /// <summary>A column that never changes is harmless beside others. Alone it has nothing to learn, nor has the
    /// first a period from which a length of windows could be chosen.</summary>
    /// <exception cref="InvalidDataException">There is such a column.</exception>
    public static void RequireChanges(SeriesTable table, Settings settings)
    {
        int[] constant = [.. Enumerable.Range(0, table.Columns.Count)
            .Where(column => table.Rows.All(row => row.Values[column] == table.Rows[0].Values[column]))];
        if (constant.Length == table.Columns.Count)
        {
            throw new InvalidDataException($"{string.Join(" and ", constant.Select(Shown))} in all rows: there is " +
                "nothing to learn. Choose a column that changes.");
        }
        if (settings.Window is null && constant.Contains(0))
        {
            throw new InvalidDataException($"{Shown(0)} in all rows, and the period of the first column is what a " +
                "window has if nothing else is set. Set --window, or name a column that changes first in --columns.");
        }

        string Shown(int column) => string.Create(CultureInfo.InvariantCulture,
            $"'{table.Columns[column]}' is {table.Rows[0].Values[column]}");
    }

    /// <summary>Each row of a series is the end of a window, but for the first ones.</summary>
    /// <exception cref="InvalidDataException">There are too few windows.</exception>
    public static void RequireWindows(SeriesTable table, int length, Settings settings)
    {
        int windows = Windows(table, length);
        if (windows < FewestWindows)
            throw new InvalidDataException(TooFew(table, length, windows, settings.Window is null));
        int usual = UsualWindows.Count(windows, settings.UnusualShare);
        if (usual < FewestUsual)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                $"--unusual is {settings.UnusualShare}: of {windows} windows that leaves {usual} to learn from, and " +
                $"at least {FewestUsual} are needed. Choose a lower --unusual."));
        }
    }

    private static string TooFew(SeriesTable table, int length, int windows, bool isChosen)
    {
        int enough = length - 1;
        while (enough >= ShortestWindow && Windows(table, enough) < FewestWindows)
            enough--;
        string remedy = enough >= ShortestWindow ? $"Choose a --window of at most {enough}."
            : "There are too few rows for any --window.";
        int longest = table.Groups.Max(rows => rows.Length);
        string made = table.Groups.Count == 1 ? $"the series has {longest}: that makes {windows}"
            : $"the longest of {table.Groups.Count} series has {longest}: all series together make {windows}";
        return $"A window has {length} rows{(isChosen ? ", chosen from the data" : "")}, and {made} windows, and at " +
            $"least {FewestWindows} are needed. {remedy}";
    }

    private static int Windows(SeriesTable table, int length) =>
        table.Groups.Sum(rows => Math.Max(0, rows.Length - length + 1));
}
