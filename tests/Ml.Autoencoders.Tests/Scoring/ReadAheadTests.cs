using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Scoring;

/// <summary>Cursors that are read further than a few rows, and work ahead of their reader.</summary>
internal sealed class ReadAheadTests
{
    /// <summary>Enough for every slot of the ring to be used more than once.</summary>
    private const int Many = 20_000;

    private readonly MLContext _ml = new(seed: 1);
    private AutoencoderTransformer _dense = null!;
    private AutoencoderTransformer _convolutional = null!;

    [OneTimeSetUp]
    public void Fit()
    {
        _dense = Stage.Fit(_ml);
        _convolutional = _ml.Transforms.Autoencoders.Plain("Code", "Features", new()
        {
            CodeSize = Stage.CodeSize,
            Network = Network.Convolutional(3, 4, 1, [2]),
            ReconstructionColumnName = "Clean",
            Training = Small.Training(),
        }).Fit(Rows.View(_ml, 40));
    }

    [OneTimeTearDown]
    public void Dispose()
    {
        _dense.Dispose();
        _convolutional.Dispose();
    }

    [Test]
    public void Rows_keep_their_order_and_what_passes_through([Values] bool convolutional)
    {
        Row[] rows = Rows.Make(Many);
        var source = new CountingView(_ml.Data.LoadFromEnumerable(rows));
        AutoencoderTransformer model = Model(convolutional);
        float[][] expected = model.Encode([.. rows.Select(row => row.Features)]);
        int count = 0;
        foreach (Coded row in _ml.Data.CreateEnumerable<Coded>(model.Transform(source), reuseRowObject: true))
        {
            if (row.Name != rows[count].Name || !Near(row.Code, expected[count]))
                Assert.Fail($"Row {count} is '{row.Name}'.");
            count++;
        }
        Assert.That((count, source.RowsRead, source.CursorsOpened, source.CursorsDisposed),
            Is.EqualTo((Many, Many, 1, 1)));
    }

    [Test]
    public void A_reader_who_stops_leaves_nobody_at_work([Values] bool convolutional, [Values(49, 1000, 5000)] int rows)
    {
        var source = new CountingView(Rows.View(_ml, Many));
        IDataView scored = Model(convolutional).Transform(source);
        using (DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Code"]]))
        {
            for (int i = 0; i < rows; i++)
                cursor.MoveNext();
        }
        int read = source.RowsRead;
        Thread.Sleep(20);
        Assert.That((source.CursorsDisposed, source.RowsRead), Is.EqualTo((1, read)));
        Assert.That(read, Is.InRange(rows, Many - 1));
    }

    [Test]
    public void The_first_two_batches_are_read_when_they_are_asked_for()
    {
        var source = new CountingView(Rows.View(_ml, Many));
        IDataView scored = _dense.Transform(source);
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Code"]]);
        for (int i = 0; i < 48; i++)
            cursor.MoveNext();
        Thread.Sleep(20);
        Assert.That(source.RowsRead, Is.EqualTo(48));
    }

    [Test]
    public void An_exception_of_the_source_waits_for_the_reader_to_arrive()
    {
        // Batches end behind row 16, 48, 112, 240, 368 ... 1008, 1136, 1264: row 1200 is in the last of these.
        IEnumerable<Row> rows = Rows.Make(Many)
            .Select((row, i) => i < 1200 ? row : throw new TimeoutException($"Row {i}."));
        IDataView scored = _dense.Transform(_ml.Data.LoadFromEnumerable(rows));
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Code"]]);
        for (int i = 0; i < 1136; i++)
            Assert.That(cursor.MoveNext(), Is.True);
        Assert.That(() => cursor.MoveNext(), Throws.TypeOf<TimeoutException>().With.Message.EqualTo("Row 1200."));
    }

    // Row 20 is in the second batch, before anybody works ahead.
    [Test]
    public void Behind_an_exception_a_cursor_gives_nothing_but_that([Values(20, 1200, 1600)] int bad)
    {
        IEnumerable<Row> rows = Rows.Make(Many)
            .Select((row, i) => i != bad ? row : throw new TimeoutException($"Row {i}."));
        IDataView scored = _dense.Transform(_ml.Data.LoadFromEnumerable(rows));
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Code"]]);
        ValueGetter<VBuffer<float>> getter = cursor.GetGetter<VBuffer<float>>(scored.Schema["Code"]);
        VBuffer<float> code = default;
        Assert.That(() => { while (cursor.MoveNext()) { } }, Throws.TypeOf<TimeoutException>());
        for (int i = 0; i < 3; i++)
        {
            Assert.That(() => getter(ref code), Throws.TypeOf<TimeoutException>().With.Message.EqualTo($"Row {bad}."));
            Assert.That(() => cursor.MoveNext(), Throws.TypeOf<TimeoutException>().With.Message.EqualTo($"Row {bad}."));
        }
    }

    [Test]
    public void A_model_that_is_disposed_meanwhile_says_so()
    {
        AutoencoderTransformer model = Stage.Fit(_ml);
        IDataView scored = model.Transform(Rows.View(_ml, Many));
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Code"]]);
        for (int i = 0; i < 600; i++)
            cursor.MoveNext();
        model.Dispose();
        Assert.That(() => { while (cursor.MoveNext()) { } },
            Throws.TypeOf<ObjectDisposedException>().With.Message.EqualTo(Disposed.Message));
    }

    [Test]
    public void Stages_on_stages_give_the_same_bits_each_time()
    {
        IDataView first = _dense.Transform(Rows.View(_ml, 3000));
        using AutoencoderTransformer second = _ml.Transforms.Autoencoders.Plain("Again", "Clean",
            new()
            {
                CodeSize = 2,
                Network = Network.Compose(layers => layers.Reshape(1, 3, 4).Convolution(2)),
                Training = Small.Training(),
            })
            .Fit(_ml.Data.TakeRows(first, 40));
        IDataView both = second.Transform(first);
        int[][] expected = Bits.OfVectors(both, "Again");
        Parallel.For(0, 6, _ => Assert.That(Bits.OfVectors(both, "Again"), Is.EqualTo(expected)));
        Assert.That(expected, Has.Length.EqualTo(3000));
    }

    [Test]
    public void A_cursor_set_covers_the_rows_once_and_tells_their_order()
    {
        Row[] rows = Rows.Make(5000);
        IDataView cached = _ml.Data.Cache(_ml.Data.LoadFromEnumerable(rows));
        IDataView scored = _dense.Transform(cached);
        DataViewSchema.Column[] columns = [scored.Schema["Name"], scored.Schema["Code"]];
        DataViewRowCursor[] cursors = scored.GetRowCursorSet(columns, 3);
        Assert.That(cursors, Has.Length.EqualTo(3));

        // ML.NET puts the rows of a set in order by the numbers of their batches, which no two cursors share.
        var read = new List<(long Batch, string Name, int Cursor)>();
        for (int i = 0; i < cursors.Length; i++)
            read.AddRange(Read(cursors[i]).Select(row => (row.Batch, row.Name, i)));
        Assert.That(read.OrderBy(row => row.Batch).Select(row => row.Name), Is.EqualTo(rows.Select(row => row.Name)));
        Assert.That(read.GroupBy(row => row.Batch).Select(batch => batch.Select(row => row.Cursor).Distinct().Count()),
            Has.All.EqualTo(1));
    }

    [Test]
    public void ML_NET_reads_a_set_in_the_order_of_one_cursor()
    {
        IDataView cached = _ml.Data.Cache(Rows.View(_ml, 5000));
        IDataView scored = _dense.Transform(cached);
        // A filter is one of the components that read by a set of cursors and put the rows in order again.
        IDataView filtered = _ml.Data.FilterRowsByColumn(scored, "Error", lowerBound: 0);
        Assert.That(filtered.GetColumn<string>("Name"), Is.EqualTo(Rows.Make(5000).Select(row => row.Name)));
        Assert.That(Bits.OfVectors(filtered, "Code"), Is.EqualTo(Bits.OfVectors(scored, "Code")));
    }

    private AutoencoderTransformer Model(bool convolutional) => convolutional ? _convolutional : _dense;

    private static bool Near(float[] found, float[] expected) =>
        found.Zip(expected).All(pair => Math.Abs(pair.First - pair.Second) < 1e-5);

    private static List<(long Batch, string Name)> Read(DataViewRowCursor cursor)
    {
        using (cursor)
        {
            ValueGetter<ReadOnlyMemory<char>> getName = cursor.GetGetter<ReadOnlyMemory<char>>(cursor.Schema["Name"]);
            ReadOnlyMemory<char> name = default;
            var rows = new List<(long, string)>();
            while (cursor.MoveNext())
            {
                getName(ref name);
                rows.Add((cursor.Batch, name.ToString()));
            }
            return rows;
        }
    }

    private sealed class Coded
    {
        public string Name { get; set; } = "";

        public float[] Code { get; set; } = [];
    }
}
