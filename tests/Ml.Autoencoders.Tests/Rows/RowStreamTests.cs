using Microsoft.ML;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Rows;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests;

/// <summary>Rows in the order and in the batches that they come in.</summary>
internal sealed class RowStreamTests : TensorTests
{
    private readonly MLContext _ml = new();

    [TestCase(40, 10)]
    [TestCase(41, 10)]
    [TestCase(45, 10)]
    [TestCase(5, 10)]
    [TestCase(40, 1)]
    public void In_order_they_come_as_they_are(int count, int batchSize)
    {
        using RowStream stream = Stream(count, bufferRows: 8);
        Assert.That(First(stream.InOrder(batchSize, count)), Is.EqualTo(Enumerable.Range(0, count)));
        Assert.That(First(stream.InOrder(batchSize)), Is.EqualTo(Enumerable.Range(0, count)));
    }

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(40)]
    [TestCase(41)]
    [TestCase(400)]
    public void Shuffled_each_comes_once_and_none_before_the_buffer_can_hold_it(int bufferRows)
    {
        using RowStream stream = Stream(40, bufferRows);
        int[] order = Shuffled(stream, 40, seed: 1);
        Assert.That(order, Is.EquivalentTo(Enumerable.Range(0, 40)));
        Assert.That(order.Select((row, place) => row - place), Has.All.LessThan(bufferRows));
        if (bufferRows > 1)
            Assert.That(order, Is.Not.EqualTo(Enumerable.Range(0, 40)));
        Assert.That(Shuffled(stream, 40, seed: 1), Is.EqualTo(order));
        if (bufferRows > 1)
            Assert.That(Shuffled(stream, 40, seed: 2), Is.Not.EqualTo(order));
    }

    [Test]
    public void Where_all_have_room_every_place_is_equally_likely()
    {
        const int Rounds = 600;
        using RowStream stream = Stream(6, bufferRows: 6);
        var seen = new int[6, 6];
        for (int seed = 0; seed < Rounds; seed++)
        {
            foreach ((int row, int place) in Shuffled(stream, 6, seed).Select((row, place) => (row, place)))
                seen[row, place]++;
        }
        // 100 each; the standard deviation of a count is 9.1, and of 36 the greatest lies within four of them.
        Assert.That(seen.Cast<int>(), Has.All.EqualTo(Rounds / 6).Within(40));
    }

    [Test]
    public void Batches_that_are_left_out_change_nothing_of_the_others([Range(0, 5)] int skip)
    {
        using RowStream stream = Stream(45, bufferRows: 9);
        Assert.That(Shuffled(stream, 45, seed: 3, skip), Is.EqualTo(Shuffled(stream, 45, seed: 3).Skip(skip * 10)));
    }

    [Test]
    public void A_data_view_that_can_shuffle_does()
    {
        using RowStream stream = Stream(_ml.Data.Cache(_ml.Data.LoadFromEnumerable(Make(1000))), bufferRows: 2);
        int[] order = Shuffled(stream, 1000, seed: 1);
        Assert.That(order, Is.EquivalentTo(Enumerable.Range(0, 1000)));
        // A row stays near its place by the buffer alone; anywhere, it is 333 places off on average.
        Assert.That(order.Select((row, place) => Math.Abs(row - place)).Average(), Is.GreaterThan(250));
        Assert.That(Shuffled(stream, 1000, seed: 1), Is.EqualTo(order));
    }

    [Test]
    public void Labels_and_targets_go_with_their_rows()
    {
        IDataView rows = LabeledPairs(30);
        var columns = new RowColumns(rows.Schema["Features"], rows.Schema["Target"],
            LabelColumn.Find((IHostEnvironment)_ml, rows.Schema, "Kind"), Knows: null, "training");
        using var stream = new RowStream(((IHostEnvironment)_ml).Register("Test"), rows, columns, part: null,
            7 * columns.Layout.Bytes);
        using var random = new Generator(4);
        int seen = 0;
        foreach (RowBatch batch in stream.Shuffled(10, 30, random, 0))
        {
            for (int i = 0; i < batch.Count; i++, seen++)
            {
                float[] row = batch.Values[i].Floats();
                Assert.That(batch.Targets![i].Floats(), Is.EqualTo(Paired.TargetOf(row)).Within(1e-6));
                Assert.That(batch.Labels![i].item<long>(), Is.EqualTo(row.Average() < 0.35 ? 1 : 0));
            }
        }
        Assert.That(seen, Is.EqualTo(30));
    }

    [TestCase(20, "fewer")]
    [TestCase(60, "more")]
    public void Another_number_of_rows_than_before_is_an_error(int count, string what)
    {
        using RowStream stream = Stream(count, bufferRows: 8);
        Assert.That(() => Shuffled(stream, 40, seed: 1), Throws.InvalidOperationException.With.Message.StartsWith(
            $"Column 'Features': the training data had 40 rows when it was first read, and {what} in a later pass."));
    }

    [Test]
    public void What_the_source_throws_arrives_at_its_reader()
    {
        IEnumerable<Row> Failing()
        {
            foreach (Row row in Make(25))
                yield return row;
            throw new TimeoutException("The disk is gone.");
        }
        using RowStream stream = Stream(_ml.Data.LoadFromEnumerable(Failing()), bufferRows: 8);
        Assert.That(() => First(stream.InOrder(10)), Throws.TypeOf<TimeoutException>());
    }

    [Test]
    public void Whoever_stops_reading_leaves_nothing()
    {
        var source = new CountingView(Lazy(1000));
        Assert.That(LiveTensors.Left(() =>
        {
            using RowStream stream = Stream(source, bufferRows: 8);
            using (NewDisposeScope())
                _ = stream.InOrder(10).First();
            using var random = new Generator(1);
            using (NewDisposeScope())
                _ = stream.Shuffled(10, 1000, random, 0).First();
        }), Is.Zero);
        Assert.That(source.CursorsDisposed, Is.EqualTo(source.CursorsOpened));
        Assert.That(source.RowsRead, Is.LessThan(4 * 100));
    }

    private static Row[] Make(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new Row { Features = [i, .. new float[Row.Size - 1]] })];

    private IDataView Lazy(int count) => _ml.Data.LoadFromEnumerable(Make(count).Where(_ => true));

    private IDataView LabeledPairs(int count) => Paired.View(_ml, count);

    private RowStream Stream(int count, int bufferRows) => Stream(Lazy(count), bufferRows);

    private RowStream Stream(IDataView rows, int bufferRows)
    {
        var columns = new RowColumns(rows.Schema["Features"], Target: null, Label: null, Knows: null, "training");
        return new RowStream(((IHostEnvironment)_ml).Register("Test"), rows, columns, part: null,
            bufferRows * columns.Layout.Bytes);
    }

    private static int[] Shuffled(RowStream stream, int count, int seed, int skip = 0)
    {
        using var random = new Generator((ulong)seed);
        return First(stream.Shuffled(10, count, random, skip));
    }

    /// <summary>The first number of each row, which says which one it was.</summary>
    private static int[] First(IEnumerable<RowBatch> batches) =>
        [.. batches.SelectMany(batch => batch.Values.select(1, 0).contiguous().Floats().Select(number => (int)number))];
}
