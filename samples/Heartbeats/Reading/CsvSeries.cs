using System.Globalization;

namespace Heartbeats.Reading;

/// <summary>Reads the series of a CSV file, whose first line names its columns.</summary>
/// <param name="path">Of the file.</param>
/// <param name="columns">The columns of numbers; null for all but those of time and group.</param>
/// <param name="time">The column of dates or numbers by which rows rise; null where there is none.</param>
/// <param name="group">The column that says which series a row belongs to; null where there is one series.</param>
internal sealed class CsvSeries(string path, string[]? columns, string? time, string? group)
{
    /// <summary>Line and row at which each series is.</summary>
    private readonly Dictionary<string, (int Line, SeriesRow Row)> _last = new(StringComparer.Ordinal);

    private TimeKind _kind;

    /// <summary>The rows of the file.</summary>
    /// <param name="most">How many to keep, from the first; null for all.</param>
    /// <exception cref="IOException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">Its text is not that of such series.</exception>
    public SeriesTable Read(int? most = null)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"File '{path}' does not exist.");
        using var reader = new StreamReader(path);
        string[] header = Fields(reader.ReadLine()
            ?? throw new InvalidDataException($"'{path}' is empty; its first line must name the columns."), 1);
        RequireOnce(header, $"'{path}' has two columns", "names must differ");
        if (columns is not null)
            RequireOnce(columns, "--columns has twice", "name each column once");
        string[] names = columns ?? [.. header.Where(name => name != time && name != group)];
        if (names.Length == 0)
            throw new InvalidDataException($"'{path}' has no columns but those of time and group.");
        int[] numbers = Array.ConvertAll(names, name => PlaceOf(name, header));
        int? timePlace = time is null ? null : PlaceOf(time, header);
        int? groupPlace = group is null ? null : PlaceOf(group, header);

        List<SeriesRow> rows = [];
        for (int line = 2; rows.Count < (most ?? int.MaxValue) && reader.ReadLine() is { } text; line++)
        {
            // The last line of many files.
            if (text.Length == 0)
                continue;
            string[] fields = Fields(text, line);
            if (fields.Length != header.Length)
                throw Wrong(line, $"{fields.Length} fields; the header has {header.Length}.");
            var row = new SeriesRow { Values = Array.ConvertAll(numbers, at => Number(header[at], fields[at], line)) };
            if (groupPlace is { } groupAt)
                row.Group = fields[groupAt] is { Length: > 0 } given ? given : throw Wrong(line,
                    $"'{group}' is empty; it must say which series the row belongs to.");
            SetTime(row, timePlace is { } timeAt ? fields[timeAt] : null, line, rows.Count);
            RequireLater(row, line);
            rows.Add(row);
        }
        return rows.Count > 0 ? new SeriesTable(names, rows, _kind, time ?? "row", group is not null)
            : throw new InvalidDataException($"'{path}' has no rows below its header.");
    }

    private static void RequireOnce(string[] names, string found, string expected)
    {
        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new InvalidDataException($"{found} '{twice.Key}'; {expected}.");
    }

    private string[] Fields(string text, int line) =>
        CsvLine.Split(text) ?? throw Wrong(line, "a quotation mark is not closed.");

    private int PlaceOf(string name, string[] header) => Array.IndexOf(header, name) is >= 0 and int place ? place
        : throw new InvalidDataException(
            $"'{path}' has no column '{name}'; it has {string.Join(", ", header.Select(each => $"'{each}'"))}.");

    private float Number(string column, string field, int line) =>
        float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out float number)
            && float.IsFinite(number) ? number
            : throw Wrong(line, $"'{column}' is {Shown(field)}; it must be a number, such as 1.5.");

    /// <summary>The first row decides whether times are numbers or dates.</summary>
    private void SetTime(SeriesRow row, string? field, int line, int index)
    {
        if (field is null)
        {
            row.Number = index + 1;
            return;
        }
        bool isNumber = double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && double.IsFinite(number);
        // Without an offset a date stays as it is; others are shown in UTC, so that they can be compared.
        // A number with a comma is not a month and a day.
        bool isDate = DateTime.TryParse(field, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime date)
            && !double.TryParse(field, NumberStyles.Float | NumberStyles.AllowThousands,
                CultureInfo.InvariantCulture, out _);
        if (_kind == TimeKind.Row)
            _kind = isNumber ? TimeKind.Number : TimeKind.Date;
        if (_kind == TimeKind.Number ? !isNumber : !isDate)
        {
            throw Wrong(line, $"'{time}' is {Shown(field)}; it must be " +
                (index == 0 ? "a date, such as 2026-11-28 14:30:05, or a number."
                    : $"a {(_kind == TimeKind.Number ? "number" : "date")}, as in the rows before."));
        }
        if (_kind == TimeKind.Number)
            row.Number = number;
        else
            row.Date = date;
    }

    private void RequireLater(SeriesRow row, int line)
    {
        if (_last.TryGetValue(row.Group, out (int Line, SeriesRow Row) before) && _kind != TimeKind.Row
            && (row.Date, row.Number).CompareTo((before.Row.Date, before.Row.Number)) <= 0)
        {
            string series = group is null ? "" : $" of '{row.Group}'";
            throw Wrong(line, $"'{time}' is {SeriesTable.TimeOf(row, _kind)}, and in line {before.Line}, the row " +
                $"before{series}, it is {SeriesTable.TimeOf(before.Row, _kind)}; it must rise from row to row.");
        }
        _last[row.Group] = (line, row);
    }

    private static string Shown(string field) => field.Length == 0 ? "empty" : $"'{field}'";

    private InvalidDataException Wrong(int line, string fault) => new($"'{path}', line {line}: {fault}");
}
