using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Scoring;

namespace Ml.Autoencoders.Tests.Scoring;

/// <summary>Who owns values that have owners, on their way past the stage.</summary>
internal sealed class DisposableBufferTests
{
    private const int Capacity = 4;

    [Test]
    public void Every_reader_has_values_of_its_own()
    {
        var source = new Source();
        (DisposableBuffer<Owned> buffer, ValueGetter<Owned> get) = Make(source, () => 1);
        var getToo = (ValueGetter<Owned>)buffer.CreateGetter(() => new BatchPlace(0, 1));
        ReadBatch(buffer, source);
        Owned one = null!;
        Owned other = null!;
        get(ref one);
        getToo(ref other);
        Assert.That((one.Row, other.Row), Is.EqualTo((1, 1)));
        other.Dispose();
        Assert.That(one.Disposals, Is.Zero);
    }

    [Test]
    public void A_value_is_disposed_by_the_next_read_into_its_variable_and_by_nothing_else()
    {
        var source = new Source();
        int row = 0;
        (DisposableBuffer<Owned> buffer, ValueGetter<Owned> get) = Make(source, () => row);
        ReadBatch(buffer, source);
        Owned kept = null!;
        get(ref kept);
        Owned value = null!;
        for (row = 1; row < Capacity; row++)
        {
            Owned before = value;
            get(ref value);
            Assert.That((before?.Disposals ?? 1, value.Disposals), Is.EqualTo((1, 0)));
        }
        ReadBatch(buffer, source);
        buffer.Drop();
        Assert.That((kept.Disposals, value.Disposals), Is.EqualTo((0, 0)));
    }

    [Test]
    public void Reading_a_row_again_into_its_variable_gives_the_same_value()
    {
        var source = new Source();
        (DisposableBuffer<Owned> buffer, ValueGetter<Owned> get) = Make(source, () => 2);
        ReadBatch(buffer, source);
        Owned value = null!;
        get(ref value);
        Owned before = value;
        get(ref value);
        Assert.That(value, Is.SameAs(before).With.Property(nameof(Owned.Disposals)).Zero);
    }

    [Test]
    public void Values_that_nobody_took_are_disposed_by_the_next_batch_and_at_the_end()
    {
        var source = new Source();
        (DisposableBuffer<Owned> buffer, ValueGetter<Owned> get) = Make(source, () => 0);
        ReadBatch(buffer, source);
        Owned taken = null!;
        get(ref taken);
        Owned[] first = [.. source.Made];
        Assert.That(first, Has.Length.GreaterThanOrEqualTo(Capacity));
        ReadBatch(buffer, source);
        Assert.That(first.Where(value => value != taken).Select(value => value.Disposals), Has.All.EqualTo(1));
        buffer.Drop();
        Assert.That(source.Made.Where(value => value != taken).Select(value => value.Disposals), Has.All.EqualTo(1));
        Assert.That(taken.Disposals, Is.Zero);
    }

    [Test]
    public void A_getter_asked_for_in_the_middle_of_a_batch_gives_its_values()
    {
        var source = new Source();
        (DisposableBuffer<Owned> buffer, ValueGetter<Owned> get) = Make(source, () => 0);
        ReadBatch(buffer, source);
        Owned value = null!;
        get(ref value);
        var late = (ValueGetter<Owned>)buffer.CreateGetter(() => new BatchPlace(0, 3));
        Owned lateValue = null!;
        late(ref lateValue);
        Assert.That((lateValue.Row, lateValue.Disposals), Is.EqualTo((3, 0)));
    }

    [Test]
    public void What_the_source_keeps_is_left_to_it()
    {
        var source = new Source(keeps: true);
        int row = 0;
        (DisposableBuffer<Owned> buffer, ValueGetter<Owned> get) = Make(source, () => row);
        ReadBatch(buffer, source);
        Owned value = null!;
        for (row = 0; row < 2; row++)
            get(ref value);
        ReadBatch(buffer, source);
        buffer.Drop();
        Assert.That(source.Made.Select(made => made.Disposals), Is.EqualTo(new int[2 * Capacity]));
    }

    [Test]
    public void A_row_may_have_no_value()
    {
        var source = new Source(missing: 1);
        int row = 0;
        (DisposableBuffer<Owned> buffer, ValueGetter<Owned> get) = Make(source, () => row);
        ReadBatch(buffer, source);
        Owned? value = null;
        var rows = new List<int?>();
        for (row = 0; row < 3; row++)
        {
            get(ref value!);
            rows.Add(value?.Row);
        }
        Assert.That(rows, Is.EqualTo(new int?[] { null, 1, 2 }));
        Assert.That(source.Made.Single(made => made == value).Disposals, Is.Zero);
    }

    private static (DisposableBuffer<Owned> Buffer, ValueGetter<Owned> Getter) Make(Source source, Func<int> row)
    {
        var buffer = new DisposableBuffer<Owned>(source, source.Schema[0], Capacity);
        return (buffer, (ValueGetter<Owned>)buffer.CreateGetter(() => new BatchPlace(0, row())));
    }

    private static void ReadBatch(DisposableBuffer<Owned> buffer, Source source)
    {
        for (int row = 0; row < Capacity; row++, source.Next())
            buffer.Read(new BatchPlace(0, row));
    }

    private sealed class Owned(int row) : IDisposable
    {
        public int Row => row;

        public int Disposals { get; private set; }

        public void Dispose() => Disposals++;
    }

    /// <summary>
    /// A row whose value is made for each read, as those of loaded images are, or else kept, as
    /// those of rows in memory are.
    /// </summary>
    private sealed class Source(bool keeps = false, int missing = 0) : DataViewRow
    {
        private long _position;

        public List<Owned> Made { get; } = [];

        public override DataViewSchema Schema { get; } = MakeSchema();

        public override long Position => _position;

        public override long Batch => 0;

        public void Next() => _position++;

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = default;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            ValueGetter<Owned> getter = (ref Owned value) => { value = Give()!; };
            return (ValueGetter<TValue>)(object)getter;
        }

        private Owned? Give()
        {
            if (_position < missing)
                return null;
            if (keeps && Made.Find(made => made.Row == _position) is { } kept)
                return kept;
            Made.Add(new Owned((int)_position));
            return Made[^1];
        }

        private static DataViewSchema MakeSchema()
        {
            var builder = new DataViewSchema.Builder();
            builder.AddColumn("Value", NumberDataViewType.Single);
            return builder.ToSchema();
        }
    }
}
