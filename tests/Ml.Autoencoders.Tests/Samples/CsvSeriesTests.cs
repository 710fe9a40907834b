using Heartbeats.Reading;

namespace Ml.Autoencoders.Tests.Samples;

/// <summary>Series come from a CSV file whole, or the line is named in which one cannot.</summary>
internal sealed class CsvSeriesTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Create() => _folder = new TemporaryFolder();

    [TearDown]
    public void Delete() => _folder.Dispose();

    [Test]
    public void Columns_are_those_that_are_named_in_that_order()
    {
        SeriesTable table = new CsvSeries(Write("Time,A,Pump,B", "1,2,north,3", "1,5,south,6", "2.5,8,north,-9e1", ""),
            ["B", "A"], "Time", "Pump").Read();

        Assert.That(table.Columns, Is.EqualTo(new[] { "B", "A" }));
        Assert.That(table.Rows.Select(row => row.Values), Is.EqualTo(new float[][] { [3, 2], [6, 5], [-90, 8] }));
        Assert.That(table.Rows.Select(row => row.Group), Is.EqualTo(new[] { "north", "south", "north" }));
        Assert.That(table.Groups, Is.EqualTo(new int[][] { [0, 2], [1] }));
        Assert.That((table.Time, table.TimeColumn), Is.EqualTo((TimeKind.Number, "Number")));
        Assert.That(table.TimeOf(table.Rows[2]), Is.EqualTo("2.5"));
    }

    [Test]
    public void Without_options_all_columns_are_numbers_and_rows_are_counted()
    {
        SeriesTable table = new CsvSeries(Write("A,B", "1,2", "3,4"), null, null, null).Read();

        Assert.That(table.Columns, Is.EqualTo(new[] { "A", "B" }));
        Assert.That((table.Time, table.TimeColumn, table.HasGroups), Is.EqualTo((TimeKind.Row, (string?)null, false)));
        Assert.That(table.Rows.Select(table.TimeOf), Is.EqualTo(new[] { "1", "2" }));
    }

    [Test]
    public void Dates_are_compared_and_shown_in_UTC_where_they_have_an_offset()
    {
        string path = Write("Time,A", "2026-03-29T01:59:59+01:00,1", "2026-03-29T03:00:00.25+02:00,2");
        SeriesTable table = new CsvSeries(path, null, "Time", null).Read();

        Assert.That(table.Rows.Select(table.TimeOf),
            Is.EqualTo(new[] { "2026-03-29 00:59:59", "2026-03-29 01:00:00.250" }));
    }

    [Test]
    public void Fields_may_be_in_quotes()
    {
        SeriesTable table = new CsvSeries(Write("\"A, in bar\",Pump", "\"1\",\"the \"\"old\"\" one, north\""),
            ["A, in bar"], null, "Pump").Read();

        Assert.That(table.Rows[0].Group, Is.EqualTo("the \"old\" one, north"));
        Assert.That(table.Rows[0].Values, Is.EqualTo(new float[] { 1 }));
    }

    [Test]
    public void Rows_after_those_that_are_asked_for_are_not_read()
    {
        Assert.That(new CsvSeries(Write("A", "1", "2", "bad"), null, null, null).Read(most: 2).Rows,
            Has.Count.EqualTo(2));
    }

    [TestCase("'{0}' is empty; its first line must name the columns.")]
    [TestCase("'{0}' has no rows below its header.", "A,B")]
    [TestCase("'{0}' has two columns 'A'; names must differ.", "A,A", "1,2")]
    [TestCase("'{0}' has no column 'Flow'; it has 'A', 'B'.", "A,B", "1,2")]
    [TestCase("'{0}', line 3: 'Flow' is 'off'; it must be a number, such as 1.5.", "Time,Flow,Pump", "1,2,n",
        "2,off,n")]
    [TestCase("'{0}', line 2: 'Flow' is empty; it must be a number, such as 1.5.", "Time,Flow,Pump", "1,,n")]
    [TestCase("'{0}', line 2: 'Flow' is 'NaN'; it must be a number, such as 1.5.", "Time,Flow,Pump", "1,NaN,n")]
    [TestCase("'{0}', line 3: 'Flow' is '1,5'; it must be a number, such as 1.5.", "Time,Flow,Pump", "1,2,n",
        "2,\"1,5\",n")]
    [TestCase("'{0}', line 2: 'Time' is '1,5'; it must be a date, such as 2026-11-28 14:30:05, or a number.",
        "Time,Flow,Pump", "\"1,5\",2,n")]
    [TestCase("'{0}', line 3: 'Time' is '1,500.5'; it must be a number, as in the rows before.", "Time,Flow,Pump",
        "1,2,n", "\"1,500.5\",2,n")]
    [TestCase("'{0}', line 3: 2 fields; the header has 3.", "Time,Flow,Pump", "1,2,n", "2,3")]
    [TestCase("'{0}', line 2: a quotation mark is not closed.", "Time,Flow,Pump", "1,2,\"n")]
    [TestCase("'{0}', line 2: 'Pump' is empty; it must say which series the row belongs to.", "Time,Flow,Pump", "1,2,")]
    [TestCase("'{0}', line 2: 'Time' is 'noon'; it must be a date, such as 2026-11-28 14:30:05, or a number.",
        "Time,Flow,Pump", "noon,2,n")]
    [TestCase("'{0}', line 3: 'Time' is '2026-01-01'; it must be a number, as in the rows before.",
        "Time,Flow,Pump", "1,2,n", "2026-01-01,2,n")]
    [TestCase("'{0}', line 3: 'Time' is '7'; it must be a date, as in the rows before.",
        "Time,Flow,Pump", "2026-01-01,2,n", "7,2,n")]
    [TestCase("'{0}', line 4: 'Time' is 2, and in line 2, the row before of 'n', it is 3; it must rise from row to " +
        "row.", "Time,Flow,Pump", "3,2,n", "1,2,s", "2,2,n")]
    [TestCase("'{0}', line 3: 'Time' is 2026-01-01 00:00:00, and in line 2, the row before of 'n', it is 2026-01-01 " +
        "00:00:00; it must rise from row to row.", "Time,Flow,Pump", "2026-01-01,2,n", "2026-01-01,2,n")]
    public void What_cannot_be_read_is_named_with_its_line(string expected, params string[] lines)
    {
        string path = Write(lines);
        bool hasAll = lines.Length > 0 && lines[0] == "Time,Flow,Pump";

        Assert.That(
            () => new CsvSeries(path, lines.Length > 1 && lines[0] != "A,A" ? ["Flow"] : null, hasAll ? "Time" : null,
                hasAll ? "Pump" : null).Read(),
            Throws.TypeOf<InvalidDataException>().With.Message
                .EqualTo(expected.Replace("{0}", path, StringComparison.Ordinal)));
    }

    [Test]
    public void A_column_is_named_once()
    {
        Assert.That(() => new CsvSeries(Write("A,B", "1,2"), ["A", "A"], null, null).Read(),
            Throws.TypeOf<InvalidDataException>().With.Message
                .EqualTo("--columns has twice 'A'; name each column once."));
    }

    [Test]
    public void Columns_of_time_and_group_alone_are_no_series()
    {
        string path = Write("Time,Pump", "1,n");
        Assert.That(() => new CsvSeries(path, null, "Time", "Pump").Read(),
            Throws.TypeOf<InvalidDataException>().With.Message
                .EqualTo($"'{path}' has no columns but those of time and group."));
    }

    [Test]
    public void A_file_that_is_not_there_is_named()
    {
        string path = Path.Combine(_folder.Path, "pumps.csv");
        Assert.That(() => new CsvSeries(path, null, null, null).Read(),
            Throws.TypeOf<FileNotFoundException>().With.Message.EqualTo($"File '{path}' does not exist."));
    }

    private string Write(params string[] lines)
    {
        string path = Path.Combine(_folder.Path, "series.csv");
        File.WriteAllLines(path, lines);
        return path;
    }
}
