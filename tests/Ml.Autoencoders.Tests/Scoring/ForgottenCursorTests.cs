using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Scoring;

/// <summary>Cursors that are left half read and never disposed: their workers end once the collector finds them, and
/// dispose what they read.</summary>
internal sealed class ForgottenCursorTests
{
    private const int Cursors = 6;
    private const int Many = 3000;

    /// <summary>More than are read when they are asked for, so that workers are at work.</summary>
    private const int Taken = 500;

    private readonly MLContext _ml = new(seed: 1);
    private readonly HashSet<Thread> _readers = [];
    private readonly Row[] _rows = Rows.Make(Many);
    private readonly List<CountingView> _sources = [];

    [SetUp]
    public void Forget()
    {
        _readers.Clear();
        _sources.Clear();
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Their_threads_end_and_their_sources_are_disposed(bool stacked)
    {
        using AutoencoderTransformer model = Stage.Fit(_ml);
        using AutoencoderTransformer second = Again(model);
        for (int i = 0; i < Cursors; i++)
            LeaveCursor(View(model, stacked ? second : null), stacked ? "Again" : "Code");
        RequireEnd();
    }

    [Test]
    public void So_it_is_with_enumerators()
    {
        using AutoencoderTransformer model = Stage.Fit(_ml);
        for (int i = 0; i < Cursors; i++)
            LeaveEnumerator(View(model, null));
        RequireEnd();
    }

    /// <summary>The workers are through with the rows long before, and none of them is left to dispose these.</summary>
    [TestCase(false)]
    [TestCase(true)]
    public void So_it_is_where_all_rows_are_read_already(bool stacked)
    {
        using AutoencoderTransformer model = Stage.Fit(_ml);
        using AutoencoderTransformer second = Again(model);
        const int Few = Taken + 1;
        for (int i = 0; i < Cursors; i++)
            LeaveCursor(View(model, stacked ? second : null, Few), stacked ? "Again" : "Code");
        Thread[] readers;
        lock (_readers)
            readers = [.. _readers.Where(thread => thread != Thread.CurrentThread)];
        foreach (Thread reader in readers)
            Assert.That(reader.Join(TimeSpan.FromSeconds(60)), Is.True, "has read the last row, and ends");
        RequireEnd();
    }

    [Test]
    public void A_getter_keeps_its_cursor()
    {
        using AutoencoderTransformer model = Stage.Fit(_ml);
        (ValueGetter<VBuffer<float>> getter, float[] expected) = LeaveGetter(View(model, null));
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        VBuffer<float> code = default;
        getter(ref code);
        Assert.That(code.DenseValues(), Is.EqualTo(expected));
    }

    private AutoencoderTransformer Again(AutoencoderTransformer model) => _ml.Transforms.Autoencoders
        .Plain("Again", "Code", new() { CodeSize = 2, Network = Small.Network, Training = Small.Training() })
        .Fit(model.Transform(Rows.View(_ml, 40)));

    private IDataView View(AutoencoderTransformer model, AutoencoderTransformer? second, int rows = Many)
    {
        var source = new CountingView(_ml.Data.LoadFromEnumerable(Watched().Take(rows)));
        _sources.Add(source);
        IDataView view = model.Transform(source);
        return second?.Transform(view) ?? view;
    }

    private IEnumerable<Row> Watched() => _rows.Select(row =>
    {
        lock (_readers)
            _readers.Add(Thread.CurrentThread);
        return row;
    });

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void LeaveCursor(IDataView view, string column)
    {
        DataViewRowCursor cursor = view.GetRowCursor([view.Schema[column]]);
        for (int i = 0; i < Taken; i++)
            Assert.That(cursor.MoveNext(), Is.True);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void LeaveEnumerator(IDataView view)
    {
        IEnumerator<float[]> codes = view.GetColumn<float[]>("Code").GetEnumerator();
        for (int i = 0; i < Taken; i++)
            Assert.That(codes.MoveNext(), Is.True);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (ValueGetter<VBuffer<float>>, float[]) LeaveGetter(IDataView view)
    {
        DataViewRowCursor cursor = view.GetRowCursor([view.Schema["Code"]]);
        ValueGetter<VBuffer<float>> getter = cursor.GetGetter<VBuffer<float>>(view.Schema["Code"]);
        for (int i = 0; i < Taken; i++)
            cursor.MoveNext();
        VBuffer<float> code = default;
        getter(ref code);
        return (getter, [.. code.DenseValues()]);
    }

    /// <summary>Waits as long as a slow machine may need; threads that are kept alive never end.</summary>
    private void RequireEnd()
    {
        Thread[] others;
        lock (_readers)
            others = [.. _readers.Where(thread => thread != Thread.CurrentThread)];
        Assert.That(others, Is.Not.Empty);
        bool IsOver() => !others.Any(thread => thread.IsAlive)
            && _sources.TrueForAll(source => source.CursorsOpened == source.CursorsDisposed);
        for (int i = 0; i < 600 && !IsOver(); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Thread.Sleep(50);
        }
        Assert.That(others.Where(thread => thread.IsAlive), Is.Empty);
        Assert.That(_sources.Select(source => (source.CursorsOpened, source.CursorsDisposed)),
            Is.EqualTo(Enumerable.Repeat((1, 1), Cursors)));
    }
}
