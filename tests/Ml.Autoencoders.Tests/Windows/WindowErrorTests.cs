using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Windows;

/// <summary>Rows, columns and options that windows cannot be made of.</summary>
internal sealed class WindowErrorTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestCase("Time", "2026-01-01T00:00:05.0000000", "2026-01-01T00:00:07.0000000")]
    [TestCase("Moment", "2025-12-31T22:00:05.0000000+00:00", "2025-12-31T22:00:07.0000000+00:00")]
    [TestCase("Since", "00:00:05", "00:00:07")]
    [TestCase("Seconds", "5", "7")]
    [TestCase("Single", "5", "7")]
    [TestCase("Tick", "18446744073708551620", "18446744073708551622")]
    public void A_time_before_that_of_the_row_before_is_named_with_row_and_group(string time, string now, string before)
    {
        SeriesRow[] rows =
            [SeriesRow.At(1, 1), SeriesRow.At(7, 2, "b"), SeriesRow.At(2, 3), SeriesRow.At(5, 4, "b")];
        Assert.That(() => Read(rows, new() { Length = 2, GroupColumnName = "Pump", TimeColumnName = time }),
            Throws.InvalidOperationException.With.Message.EqualTo(
                $"Column '{time}', row 3: the time of group 'b' is {now}, before {before} of row 1, the one before " +
                "it. Sort the rows by time before they are loaded; groups may alternate."));
    }

    [Test]
    public void A_time_that_comes_twice_is_named_with_row_and_group()
    {
        SeriesRow[] rows = [SeriesRow.At(1, 1), SeriesRow.At(2, 2), SeriesRow.At(2, 3)];
        Assert.That(() => Read(rows, new() { Length = 2, GroupColumnName = "Number", TimeColumnName = "Since" }),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "Column 'Since', row 2: the time of group 97 is 00:00:02, the same as that of row 1, the one before " +
                "it. Keep one row of each time."));
        Assert.That(() => Read(rows, new() { Length = 2, TimeColumnName = "Since" }),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "Column 'Since', row 2: the time is 00:00:02, the same as that of row 1, the one before it. Keep one " +
                "row of each time, or name the column of their groups."));
    }

    [Test]
    public void A_time_that_is_no_number_is_named()
    {
        SeriesRow[] rows = SeriesRow.Make(2);
        rows[1].Seconds = double.PositiveInfinity;
        Assert.That(() => Read(rows, new() { Length = 2, TimeColumnName = "Seconds" }),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "Column 'Seconds', row 1: the time is Infinity; it must be a finite number."));
    }

    [Test]
    public void A_row_without_a_group_is_named([Values("Pump", "Key")] string group)
    {
        SeriesRow[] rows = [SeriesRow.At(0, 1), SeriesRow.At(1, 2), SeriesRow.At(2, 3)];
        var keys = _ml.Transforms.Conversion.MapValueToKey("Key", "Pump").Fit(SeriesRow.View(_ml, rows[..2]));
        rows[2].Pump = "";
        IDataView view = keys.Transform(SeriesRow.View(_ml, rows));
        Assert.That(() => Read(view, new() { Length = 2, GroupColumnName = group }),
            Throws.InvalidOperationException.With.Message.EqualTo(
                $"Column '{group}', row 2: the group is missing. Give every row one, or leave such rows out before " +
                "windows are cut."));
    }

    [TestCase("Pump", "'c'")]
    [TestCase("Number", "99")]
    public void One_group_too_many_is_named(string column, string name)
    {
        SeriesRow[] rows = [SeriesRow.At(0, 1), SeriesRow.At(0, 2, "b"), SeriesRow.At(1, 2), SeriesRow.At(0, 3, "c")];
        Assert.That(() => Read(rows, new() { Length = 2, GroupColumnName = column, MaxGroups = 2 }),
            Throws.InvalidOperationException.With.Message.EqualTo(
                $"Column '{column}', row 3: group {name} would be one more than the 2 that may be held at once. Set " +
                "SlidingWindowOptions.MaxGroups higher."));
        Assert.That(Read(rows, new() { Length = 2, GroupColumnName = column, MaxGroups = 3 }), Has.Length.EqualTo(4));
    }

    [Test]
    public void After_a_row_that_is_refused_there_are_no_more()
    {
        SeriesRow[] rows = [SeriesRow.At(1, 1), SeriesRow.At(0, 2), SeriesRow.At(3, 3)];
        IDataView view = Transform(SeriesRow.View(_ml, rows), new() { Length = 2, TimeColumnName = "Time" });
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["Window"]]);
        Assert.That(cursor.MoveNext());
        string first = Assert.Throws<InvalidOperationException>(() => cursor.MoveNext()).Message;
        Assert.That(() => cursor.MoveNext(), Throws.InvalidOperationException.With.Message.EqualTo(first));
    }

    [TestCase("Pump", "Schema mismatch for input column 'Pump': expected a number, or a vector of Single of known " +
        "size, got String. Make numbers of it first, for example with " +
        "ml.Transforms.Categorical.OneHotEncoding(\"Pump\")")]
    [TestCase("Time", "Schema mismatch for input column 'Time': expected a number, or a vector of Single of known " +
        "size, got DateTime. Make numbers of it first (Parameter 'inputSchema')")]
    [TestCase("Flag", "Schema mismatch for input column 'Flag': expected a number, or a vector of Single of known " +
        "size, got Boolean. Convert it first, for example with ml.Transforms.Conversion.ConvertType(\"Flag\", " +
        "outputKind: DataKind.Single)")]
    [TestCase("Missing", "Could not find input column 'Missing' among*")]
    public void A_column_without_numbers_is_refused(string column, string message) =>
        RequireRefused(_ml.Transforms.SlidingWindow("Window", [column], length: 2), message);

    [TestCase("Pressure", "Schema mismatch for group column 'Pressure': expected a text, a key or an integer, one " +
        "per row, got Single. Map it first: ml.Transforms.Conversion.MapValueToKey(\"Pressure\")")]
    [TestCase("Pair", "Schema mismatch for group column 'Pair': expected a text, a key or an integer, one per row, " +
        "got Vector<Single*")]
    [TestCase("Missing", "Could not find group column 'Missing' among*")]
    public void A_column_that_names_no_groups_is_refused(string column, string message) =>
        RequireRefused(_ml.Transforms.SlidingWindow("Window", ["Pressure"], 2, groupColumnName: column), message);

    [TestCase("Pump", "Schema mismatch for time column 'Pump': expected a DateTime, DateTimeOffset, TimeSpan or " +
        "number, one per row, got String. Convert it first, for example with " +
        "ml.Transforms.Conversion.ConvertType(\"Pump\", outputKind: DataKind.DateTime)")]
    [TestCase("Missing", "Could not find time column 'Missing' among*")]
    public void A_column_without_times_is_refused(string column, string message) =>
        RequireRefused(_ml.Transforms.SlidingWindow("Window", ["Pressure"], 2, timeColumnName: column), message);

    [Test]
    public void The_longest_gap_is_of_the_type_of_the_times()
    {
        var span = new SlidingWindowOptions { TimeColumnName = "Tick", MaxGap = TimeSpan.FromSeconds(1), Length = 2 };
        RequireRefused(_ml.Transforms.SlidingWindow("Window", ["Pressure"], span),
            "Column 'Tick' holds an integer in each row, and the option MaxGap is for dates and spans. Use " +
            "MaxNumericGap.");
        var number = new SlidingWindowOptions { TimeColumnName = "Since", MaxNumericGap = 1, Length = 2 };
        RequireRefused(_ml.Transforms.SlidingWindow("Window", ["Pressure"], number),
            "Column 'Since' holds a TimeSpan in each row, and the option MaxNumericGap is for numbers. Use MaxGap.");
    }

    [Test]
    public void A_vector_of_unknown_size_is_refused()
    {
        IDataView view = _ml.Data.LoadFromEnumerable(new[] { new Loose { Numbers = [1, 2] } });
        Assert.That(() => _ml.Transforms.SlidingWindow("Window", ["Numbers"], 2).Fit(view),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith(
                "Column 'Numbers' is a vector of unknown size, and windows need as many numbers in every row: set it " +
                "in the loader, or with [VectorType(n)] on the property of a class, or with SchemaDefinition."));
    }

    [Test]
    public void Columns_must_be_as_in_the_fit()
    {
        IDataView rows = SeriesRow.View(_ml, SeriesRow.Make(3));
        var fitted = _ml.Transforms.SlidingWindow("Window", ["Pressure"], 2, "Pump", "Time").Fit(rows);
        IDataView Renamed(string from, string to) =>
            _ml.Transforms.CopyColumns(to, from).Fit(rows).Transform(rows);
        Assert.Multiple(() =>
        {
            RequireRefused(() => fitted.Transform(Renamed("Pair", "Pressure")),
                "Schema mismatch for input column 'Pressure': expected 1 number per row, as in the fit, got 2");
            RequireRefused(() => fitted.Transform(Renamed("Number", "Pump")),
                "Schema mismatch for group column 'Pump': expected a text, as in the fit, got Int64");
            RequireRefused(() => fitted.Transform(Renamed("Seconds", "Time")),
                "Schema mismatch for time column 'Time': expected a DateTime, as in the fit, got Double");
        });
    }

    [Test]
    public void Options_are_checked_by_the_call_that_takes_them()
    {
        Assert.Multiple(() =>
        {
            RequireOption(new() { Length = 0 }, "SlidingWindowOptions: Length is 0; it must be at least 1.");
            RequireOption(new() { MaxGroups = 0 }, "SlidingWindowOptions: MaxGroups is 0; it must be at least 1.");
            RequireOption(new() { GroupColumnName = " " },
                "SlidingWindowOptions: GroupColumnName is empty or white space.");
            RequireOption(new() { TimeColumnName = "" },
                "SlidingWindowOptions: TimeColumnName is empty or white space.");
            RequireOption(new() { MaxGap = TimeSpan.FromSeconds(1) },
                "SlidingWindowOptions: MaxGap is 00:00:01, and TimeColumnName is null: a gap is found by the times " +
                "of rows.");
            RequireOption(new() { TimeColumnName = "Time", MaxGap = TimeSpan.Zero },
                "SlidingWindowOptions: MaxGap is 00:00:00; it must be above 0.");
            RequireOption(new() { TimeColumnName = "Seconds", MaxNumericGap = double.NaN },
                "SlidingWindowOptions: MaxNumericGap is NaN; it must be a finite number.");
            RequireOption(new() { Start = (WindowStart)7 },
                "SlidingWindowOptions: Start is 7; it must be one of NoWindow, FirstRow.");
            Assert.That(() => _ml.Transforms.SlidingWindow("Window", [], 2), Throws.ArgumentException.With.Message
                .StartsWith("SlidingWindow: inputColumnNames is empty; a window needs at least one column."));
            Assert.That(() => _ml.Transforms.SlidingWindow("Window", ["A", "B", "A"], 2), Throws.ArgumentException
                .With.Message.StartsWith("SlidingWindow: inputColumnNames has 'A' twice."));
            Assert.That(() => _ml.Transforms.SlidingWindow("", ["A"], 2), Throws.ArgumentException.With.Message
                .StartsWith("SlidingWindow: outputColumnName is empty or white space."));
        });
    }

    [Test]
    public void A_window_of_too_many_numbers_is_refused_before_it_is_made() =>
        Assert.That(() => _ml.Transforms.SlidingWindow("Window", ["Pair"], 300_000_000)
            .Fit(SeriesRow.View(_ml, SeriesRow.Make(2))),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("SlidingWindowOptions: Length is " +
                "300000000, with 2 numbers per row; a window can have at most 536,870,897 numbers."));

    private void RequireOption(SlidingWindowOptions options, string message) =>
        Assert.That(() => _ml.Transforms.SlidingWindow("Window", ["Pressure"], options),
            Throws.InstanceOf<ArgumentException>().With.Message.StartsWith(message));

    /// <summary>Before there is data, and with it.</summary>
    private void RequireRefused(SlidingWindowEstimator estimator, string message)
    {
        IDataView rows = SeriesRow.View(_ml, SeriesRow.Make(3));
        Assert.Multiple(() =>
        {
            RequireRefused(() => estimator.Fit(rows), message);
            RequireRefused(() => estimator.GetOutputSchema(SchemaShape.Create(rows.Schema)), message);
        });
    }

    private static void RequireRefused(Action call, string message) => Assert.That(call,
        Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith(message.TrimEnd('*')));

    private float[][] Read(SeriesRow[] rows, SlidingWindowOptions options) =>
        Read(SeriesRow.View(_ml, rows), options);

    private float[][] Read(IDataView view, SlidingWindowOptions options) =>
        [.. Transform(view, options).GetColumn<float[]>("Window")];

    private IDataView Transform(IDataView view, SlidingWindowOptions options) =>
        _ml.Transforms.SlidingWindow("Window", ["Pressure"], options).Fit(view).Transform(view);

    private sealed class Loose
    {
        public float[] Numbers { get; set; } = [];
    }
}
