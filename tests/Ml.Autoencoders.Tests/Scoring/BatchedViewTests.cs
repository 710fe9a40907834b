using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Scoring;

/// <summary>How a transformed view is read: in batches, once, and no further than somebody asks.</summary>
internal sealed class BatchedViewTests
{
    private readonly MLContext _ml = new(seed: 1);
    private AutoencoderTransformer _model = null!;

    [OneTimeSetUp]
    public void Fit() => _model = Stage.Fit(_ml);

    [OneTimeTearDown]
    public void Dispose() => _model.Dispose();

    // Batches are of 16, 32, 64, 128 and again 128 rows, which end behind row 16, 48, 112, 240 ... 1008.
    [TestCase(1)]
    [TestCase(16)]
    [TestCase(17)]
    [TestCase(1007)]
    [TestCase(1008)]
    [TestCase(1009)]
    [TestCase(1521)]
    public void Every_row_is_scored_with_its_own_values_in_one_pass(int count)
    {
        Row[] rows = Rows.Make(count);
        var source = new CountingView(_ml.Data.LoadFromEnumerable(rows));
        Scored[] scored = [.. _ml.Data.CreateEnumerable<Scored>(_model.Transform(source), reuseRowObject: false)];
        Assert.That((source.CursorsOpened, source.CursorsDisposed, source.RowsRead), Is.EqualTo((1, 1, count)));
        Assert.That(scored, Has.Length.EqualTo(count));
        for (int i = 0; i < count; i += Math.Max(1, count / 40))
            Assert.That(scored[i].Clean, Is.EqualTo(_model.Reconstruct(rows[i].Features)).Within(1e-5));
        Assert.That(scored[^1].Code, Is.EqualTo(_model.Encode(rows[^1].Features)).Within(1e-5));
    }

    [Test]
    public void It_shows_its_source_to_what_follows_a_pipeline_back_and_is_not_saved()
    {
        IDataView source = Rows.View(_ml, 3);
        var view = (IDataTransform)_model.Transform(source);
        Assert.That(view.Source, Is.SameAs(source));
        Assert.That(() => view.Save(null!),
            Throws.TypeOf<NotSupportedException>()
                .With.Message.EqualTo("A data view is not saved. Save the transformer that it comes from."));
    }

    [Test]
    public void Two_cursors_do_not_disturb_each_other()
    {
        IDataView scored = _model.Transform(Rows.View(_ml, 700));
        int[][] expected = Bits.OfVectors(scored, "Code");
        using DataViewRowCursor first = scored.GetRowCursor([scored.Schema["Code"]]);
        using DataViewRowCursor second = scored.GetRowCursor([scored.Schema["Code"]]);
        Func<int[]> readFirst = Reader(first);
        Func<int[]> readSecond = Reader(second);
        // One runs ahead by more than a batch.
        for (int i = 0; i < 600; i++)
        {
            first.MoveNext();
            Assert.That(readFirst(), Is.EqualTo(expected[i]));
        }
        for (int i = 0; i < 100; i++)
        {
            first.MoveNext();
            second.MoveNext();
            Assert.That((readFirst(), readSecond()), Is.EqualTo((expected[600 + i], expected[i])));
        }
        Assert.That((first.MoveNext(), second.MoveNext()), Is.EqualTo((false, true)));
    }

    [Test]
    public void A_cursor_over_columns_that_pass_through_does_not_run_the_network()
    {
        AutoencoderTransformer model = Stage.Fit(_ml);
        var source = new CountingView(Rows.View(_ml, 600));
        IDataView scored = model.Transform(source);
        // A disposed network cannot run.
        model.Dispose();
        Assert.That(scored.GetColumn<string>("Name").Last(), Is.EqualTo("row 599"));
        Assert.That(source.ColumnsAsked, Is.EqualTo(new[] { "Name" }));
        Assert.That(() => scored.GetColumn<float>("Error").Last(), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(source.ColumnsAsked, Is.EqualTo(new[] { "Features" }));
    }

    [Test]
    public void A_cursor_without_columns_counts_rows()
    {
        IDataView scored = _model.Transform(Rows.View(_ml, 600));
        using DataViewRowCursor cursor = scored.GetRowCursor([]);
        int count = 0;
        while (cursor.MoveNext())
            count++;
        Assert.That(count, Is.EqualTo(600));
    }

    [Test]
    public void An_abandoned_cursor_disposes_its_source_and_reads_no_further()
    {
        var source = new CountingView(Rows.View(_ml, 2000));
        IDataView scored = _model.Transform(source);
        using (DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Code"]]))
            cursor.MoveNext();
        Assert.That((source.CursorsOpened, source.CursorsDisposed, source.RowsRead), Is.EqualTo((1, 1, 16)));
    }

    [Test]
    public void A_preview_stops_before_rows_that_cannot_be_read()
    {
        IEnumerable<Row> rows = Rows.Make(600)
            .Select((row, i) => i < 300 ? row : throw new TimeoutException($"Row {i}."));
        IDataView scored = _model.Transform(_ml.Data.LoadFromEnumerable(rows));
        Assert.That(scored.Preview(maxRows: 10).RowView, Has.Length.EqualTo(10));
        Assert.That(() => Bits.OfVectors(scored, "Code"),
            Throws.TypeOf<TimeoutException>().With.Message.EqualTo("Row 300."));
    }

    [Test]
    public void A_view_gives_the_same_bits_each_time()
    {
        IDataView scored = _model.Transform(Rows.View(_ml, 1200));
        int[][] first = Bits.OfVectors(scored, "Clean");
        Assert.That(Bits.OfVectors(scored, "Clean"), Is.EqualTo(first).And.Length.EqualTo(1200));
    }

    [Test]
    public void What_a_row_gives_does_not_depend_on_its_batch()
    {
        IDataView rows = Rows.View(_ml, 700);
        float[][] expected = [.. _model.Transform(rows).GetColumn<float[]>("Clean").Skip(333)];
        float[][] found = [.. _model.Transform(_ml.Data.SkipRows(rows, 333)).GetColumn<float[]>("Clean")];
        Assert.That(found, Is.EqualTo(expected).Within(1e-5).And.Length.EqualTo(367));
    }

    [Test]
    public void A_row_read_before_it_is_there_gives_the_error_of_its_source()
    {
        IDataView rows = Rows.View(_ml, 3);
        using DataViewRowCursor cursor = rows.GetRowCursor(rows.Schema);
        IRowToRowMapper mapper = ((ITransformer)_model).GetRowToRowMapper(rows.Schema);
        using DataViewRow mapped = mapper.GetRow(cursor, mapper.OutputSchema);
        ValueGetter<VBuffer<float>> getFeatures = cursor.GetGetter<VBuffer<float>>(rows.Schema["Features"]);
        ValueGetter<VBuffer<float>> getCode = mapped.GetGetter<VBuffer<float>>(mapped.Schema["Code"]);
        VBuffer<float> value = default;
        Exception expected = Assert.Catch(() => getFeatures(ref value))!;
        Assert.That(() => getCode(ref value), Throws.TypeOf(expected.GetType()).With.Message.EqualTo(expected.Message));
        cursor.MoveNext();
        getCode(ref value);
        Assert.That(value.GetValues().ToArray(), Is.EqualTo(_model.Encode(Rows.Make(1)[0].Features)));
    }

    [Test]
    public void A_cursor_set_covers_the_rows_once()
    {
        IDataView scored = _model.Transform(Rows.View(_ml, 1200));
        DataViewRowCursor[] cursors = scored.GetRowCursorSet([scored.Schema["Name"], scored.Schema["Code"]], 4);
        var names = new List<string>();
        foreach (DataViewRowCursor cursor in cursors)
        {
            ValueGetter<ReadOnlyMemory<char>> getName = cursor.GetGetter<ReadOnlyMemory<char>>(scored.Schema["Name"]);
            ReadOnlyMemory<char> name = default;
            while (cursor.MoveNext())
            {
                getName(ref name);
                names.Add(name.ToString());
            }
            cursor.Dispose();
        }
        Assert.That(names, Is.EquivalentTo(Rows.Make(1200).Select(row => row.Name)));
    }

    [Test]
    public void Getters_refuse_what_they_cannot_give()
    {
        IDataView scored = _model.Transform(Rows.View(_ml, 3));
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Code"], scored.Schema["Name"]]);
        Assert.That(cursor.IsColumnActive(scored.Schema["Error"]), Is.False);
        Assert.That(() => cursor.GetGetter<float>(scored.Schema["Error"]),
            Throws.TypeOf<ArgumentOutOfRangeException>()
                .With.Message.EqualTo("requested column is not active (Parameter 'column')"));
        Assert.That(() => cursor.GetGetter<float>(scored.Schema["Code"]),
            Throws.InvalidOperationException.With.Message.EqualTo(
            "Column 'Code' is of type Vector<Single, 3>; it cannot be read as System.Single."));
        Assert.That(() => cursor.GetGetter<int>(scored.Schema["Name"]),
            Throws.InvalidOperationException.With.Message.EqualTo(
            "Column 'Name' is of type String; it cannot be read as System.Int32."));

        const string Nowhere = "A getter was called before MoveNext, or after it returned false.";
        Func<int[]> read = Reader(cursor);
        Assert.That(() => read(), Throws.InvalidOperationException.With.Message.EqualTo(Nowhere));
        while (cursor.MoveNext())
            Assert.That(read(), Has.Length.EqualTo(Stage.CodeSize));
        Assert.That(() => read(), Throws.InvalidOperationException.With.Message.EqualTo(Nowhere));
    }

    [TestCase("Name")]
    [TestCase("Code")]
    public void A_cursor_that_cannot_be_made_disposes_its_source(string column)
    {
        var unreadable = new UnreadableView(Rows.View(_ml, 3));
        IDataView scored = _model.Transform(unreadable);
        Assert.That(() => scored.GetRowCursor([scored.Schema[column]]),
            Throws.TypeOf<TimeoutException>().With.Message.EqualTo("No getter."));
        Assert.That(unreadable.Open, Is.Zero);
    }

    private static Func<int[]> Reader(DataViewRowCursor cursor)
    {
        ValueGetter<VBuffer<float>> getter = cursor.GetGetter<VBuffer<float>>(cursor.Schema["Code"]);
        VBuffer<float> code = default;
        return () =>
        {
            getter(ref code);
            return Bits.Of([.. code.DenseValues()]);
        };
    }
}
