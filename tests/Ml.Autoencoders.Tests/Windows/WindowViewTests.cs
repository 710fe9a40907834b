using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Windows;

/// <summary>How a view with windows is read: in order, in one pass, and no further than somebody asks.</summary>
internal sealed class WindowViewTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly SeriesRow[] _rows = SeriesRow.Random(200, groups: 3, seed: 5);

    private float[][] Expected => WindowOracle.Of(_rows, 4, row => [row.Pressure], maxGap: 5);

    [Test]
    public void Rows_are_read_once_and_only_the_columns_that_are_needed()
    {
        var source = new CountingView(SeriesRow.View(_ml, _rows));
        IDataView windows = Fit(source).Transform(source);
        Assert.That(source.CursorsOpened, Is.Zero, "a fit with a given length reads no row");
        Assert.That(Read(windows), Is.EqualTo(Expected));
        Assert.That((source.CursorsOpened, source.CursorsDisposed, source.RowsRead), Is.EqualTo((1, 1, 200)));
        Assert.That(source.ColumnsAsked, Is.EquivalentTo(new[] { "Pressure", "Pump", "Seconds" }));
    }

    [Test]
    public void A_cursor_over_other_columns_makes_no_windows()
    {
        SeriesRow[] unsorted = [SeriesRow.At(1, 1), SeriesRow.At(0, 2)];
        var source = new CountingView(SeriesRow.View(_ml, unsorted));
        IDataView windows = Fit(source).Transform(source);
        Assert.That(windows.GetColumn<double>("Flow"), Is.EqualTo(new[] { 101.0, 102 }));
        Assert.That(source.ColumnsAsked, Is.EqualTo(new[] { "Flow" }));
        using DataViewRowCursor cursor = windows.GetRowCursor([]);
        Assert.That((cursor.MoveNext(), cursor.MoveNext(), cursor.MoveNext()), Is.EqualTo((true, true, false)));
    }

    [Test]
    public void Rows_whose_windows_nobody_reads_are_in_the_windows_after_them()
    {
        IDataView windows = Transform(SeriesRow.View(_ml, _rows));
        using DataViewRowCursor cursor = windows.GetRowCursor([windows.Schema["Window"], windows.Schema["Pump"]]);
        ValueGetter<VBuffer<float>> getter = cursor.GetGetter<VBuffer<float>>(windows.Schema["Window"]);
        ValueGetter<ReadOnlyMemory<char>> getPump = cursor.GetGetter<ReadOnlyMemory<char>>(windows.Schema["Pump"]);
        VBuffer<float> window = default;
        ReadOnlyMemory<char> pump = default;
        for (int i = 0; cursor.MoveNext(); i++)
        {
            Assert.That(cursor.Position, Is.EqualTo(i));
            if (i % 7 != 0)
                continue;
            getPump(ref pump);
            getter(ref window);
            Assert.That($"{pump}", Is.EqualTo(_rows[i].Pump));
            Assert.That(window.DenseValues(), Is.EqualTo(Expected[i]));
            getter(ref window);
            Assert.That(window.DenseValues(), Is.EqualTo(Expected[i]), "the second time");
        }
    }

    [Test]
    public void Several_cursors_do_not_disturb_each_other()
    {
        IDataView windows = Transform(SeriesRow.View(_ml, _rows));
        DataViewSchema.Column column = windows.Schema["Window"];
        DataViewRowCursor[] cursors = [.. Enumerable.Range(0, 3).Select(_ => windows.GetRowCursor([column]))];
        ValueGetter<VBuffer<float>>[] getters =
            [.. cursors.Select(cursor => cursor.GetGetter<VBuffer<float>>(column))];
        int[] places = [-1, -1, -1];
        var random = new Random(2);
        VBuffer<float> window = default;
        while (places.Min() < 150)
        {
            int which = random.Next(3);
            if (!cursors[which].MoveNext())
                break;
            getters[which](ref window);
            Assert.That(window.DenseValues(), Is.EqualTo(Expected[++places[which]]));
        }
        foreach (DataViewRowCursor cursor in cursors)
            cursor.Dispose();
    }

    [Test]
    public void A_view_is_not_split_among_threads()
    {
        IDataView windows = Transform(SeriesRow.View(_ml, _rows));
        DataViewRowCursor[] cursors = windows.GetRowCursorSet(windows.Schema, 4);
        Assert.That(cursors, Has.Length.EqualTo(1));
        using DataViewRowCursor cursor = cursors[0];
        int count = 0;
        while (cursor.MoveNext())
            count++;
        Assert.That(count, Is.EqualTo(200));
        Assert.That(windows.GetRowCount(), Is.EqualTo(200));
    }

    /// <summary>ML.NET runs the stages on both sides in parallel.</summary>
    [Test]
    public void Stages_before_and_after_may_be_split()
    {
        IDataView rows = SeriesRow.View(_ml, _rows);
        var pipeline = _ml.Transforms.CopyColumns("Value", "Pressure")
            .Append(_ml.Transforms.SlidingWindow("Window", ["Value"], Options()))
            .Append(_ml.Transforms.CopyColumns("Copy", "Window"));
        Assert.That(pipeline.Fit(rows).Transform(rows).GetColumn<float[]>("Copy"), Is.EqualTo(Expected));
    }

    [Test]
    public void Rows_that_are_taken_skipped_or_filtered_afterward_have_the_same_windows()
    {
        IDataView windows = Transform(SeriesRow.View(_ml, _rows));
        Assert.Multiple(() =>
        {
            Assert.That(Read(_ml.Data.TakeRows(windows, 20)), Is.EqualTo(Expected[..20]));
            Assert.That(Read(_ml.Data.SkipRows(windows, 20)), Is.EqualTo(Expected[20..]));
            Assert.That(Read(_ml.Data.FilterRowsByColumn(windows, "Flow", lowerBound: 150)),
                Is.EqualTo(Expected.Where((_, i) => _rows[i].Flow >= 150)));
            Assert.That(Read(_ml.Data.FilterRowsByMissingValues(windows, "Window")),
                Is.EqualTo(Expected.Where(window => !window.Any(float.IsNaN))));
        });
    }

    [Test]
    public void Rows_that_are_taken_skipped_or_filtered_before_have_windows_of_what_is_left()
    {
        IDataView rows = SeriesRow.View(_ml, _rows);
        SeriesRow[] late = [.. _rows.Where(row => row.Seconds >= 40)];
        Assert.Multiple(() =>
        {
            Assert.That(Read(Transform(_ml.Data.TakeRows(rows, 20))), Is.EqualTo(Expected[..20]));
            Assert.That(Read(Transform(_ml.Data.SkipRows(rows, 20))),
                Is.EqualTo(WindowOracle.Of(_rows[20..], 4, row => [row.Pressure], maxGap: 5)));
            Assert.That(Read(Transform(_ml.Data.FilterRowsByColumn(rows, "Seconds", lowerBound: 40))),
                Is.EqualTo(WindowOracle.Of(late, 4, row => [row.Pressure], maxGap: 5)));
        });
    }

    [Test]
    public void Windows_may_be_cached_on_both_sides()
    {
        IDataView cached = _ml.Data.Cache(Transform(_ml.Data.Cache(SeriesRow.View(_ml, _rows))));
        Assert.That(Read(cached), Is.EqualTo(Expected));
        Assert.That(Read(cached), Is.EqualTo(Expected));
    }

    [Test]
    public void Folds_by_group_have_the_windows_of_their_groups()
    {
        IDataView rows = SeriesRow.View(_ml, _rows);
        foreach (DataOperationsCatalog.TrainTestData fold in
            _ml.Data.CrossValidationSplit(rows, numberOfFolds: 2, samplingKeyColumnName: "Pump", seed: 1))
        {
            foreach (IDataView part in new[] { fold.TrainSet, fold.TestSet })
            {
                string[] pumps = [.. part.GetColumn<string>("Pump").Distinct()];
                Assert.That(Read(Transform(part)),
                    Is.EqualTo(Expected.Where((_, i) => pumps.Contains(_rows[i].Pump))));
            }
        }
    }

    [Test]
    public void Whole_windows_are_shuffled_where_rows_are_shuffled_afterward([Values] bool shuffleSource)
    {
        IDataView windows = Transform(SeriesRow.View(_ml, _rows));
        Assert.That(windows.CanShuffle, Is.False);
        float[][] shuffled = Read(_ml.Data.ShuffleRows(windows, seed: 1, shuffleSource: shuffleSource));
        Assert.That(shuffled, Is.EquivalentTo(Expected).And.Not.EqualTo(Expected));
    }

    [Test]
    public void Rows_that_are_shuffled_before_are_refused()
    {
        IDataView rows = SeriesRow.View(_ml, _rows);
        IDataView shuffled = _ml.Transforms.CopyColumns("Value", "Pressure").Fit(rows)
            .Transform(_ml.Data.ShuffleRows(rows, seed: 1));
        const string message = "The rows are shuffled (ShuffleRows) before the windows of column 'Window' are made " +
            "of them; a window needs rows in their order. Make the windows first, and shuffle those.";
        Assert.That(() => Fit(shuffled), Throws.InvalidOperationException.With.Message.EqualTo(message));
        Assert.That(() => Fit(rows).Transform(shuffled),
            Throws.InvalidOperationException.With.Message.EqualTo(message));
    }

    [Test]
    public void An_abandoned_cursor_disposes_its_source_and_reads_no_further()
    {
        var source = new CountingView(SeriesRow.View(_ml, _rows));
        IDataView windows = Fit(source).Transform(source);
        using (DataViewRowCursor cursor = windows.GetRowCursor([windows.Schema["Window"]]))
            cursor.MoveNext();
        Assert.That((source.CursorsOpened, source.CursorsDisposed, source.RowsRead), Is.EqualTo((1, 1, 1)));
    }

    [Test]
    public void A_getter_of_another_type_or_of_an_inactive_column_is_refused()
    {
        IDataView windows = Transform(SeriesRow.View(_ml, _rows));
        using DataViewRowCursor cursor = windows.GetRowCursor([windows.Schema["Window"]]);
        Assert.That(cursor.IsColumnActive(windows.Schema["Pump"]), Is.False);
        Assert.That(() => cursor.GetGetter<float>(windows.Schema["Flow"]),
            Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => cursor.GetGetter<VBuffer<double>>(windows.Schema["Window"]),
            Throws.InvalidOperationException.With.Message.EqualTo("Column 'Window' is of type Vector<Single, 4, 1>; " +
                "it cannot be read as Microsoft.ML.Data.VBuffer`1[System.Double]."));
        VBuffer<float> window = default;
        Assert.That(() => cursor.GetGetter<VBuffer<float>>(windows.Schema["Window"])(ref window),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "A getter was called before MoveNext, or after it returned false."));
    }

    [Test]
    public void It_shows_its_source_to_what_follows_a_pipeline_back_and_is_not_saved()
    {
        IDataView source = SeriesRow.View(_ml, _rows);
        var view = (IDataTransform)Transform(source);
        Assert.That(view.Source, Is.SameAs(source));
        Assert.That(() => view.Save(null!), Throws.TypeOf<NotSupportedException>().With.Message.EqualTo(
            "A data view is not saved. Save the transformer that it comes from."));
    }

    private static SlidingWindowOptions Options() => new()
    {
        Length = 4,
        GroupColumnName = "Pump",
        TimeColumnName = "Seconds",
        MaxNumericGap = 5,
    };

    private SlidingWindowTransformer Fit(IDataView view) =>
        _ml.Transforms.SlidingWindow("Window", ["Pressure"], Options()).Fit(view);

    private IDataView Transform(IDataView view) => Fit(view).Transform(view);

    private static float[][] Read(IDataView view) => [.. view.GetColumn<float[]>("Window")];
}
