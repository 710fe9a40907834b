using System.Runtime.ExceptionServices;
using Ml.Autoencoders.Kernels;

namespace Ml.Autoencoders.Scoring;

/// <summary>
/// Reads and maps batches on its own threads while the reader is at the rows of an earlier one. The reader gets them in
/// the order of the source, each with the exception that it ended in.
/// </summary>
/// <remarks>
/// One worker at a time reads; then it maps, while the next one reads. The threads are not those of the pool: cursors
/// may be stacked, and one that waits for another would hold the thread that the other needs. They keep this alive, and
/// nothing of their reader's: see <see cref="ReadAhead"/>.
/// </remarks>
internal sealed class BatchRing : IDisposable
{
    private readonly BatchSource _source;
    private readonly CursorBatch?[] _slots;
    private readonly Thread[] _workers;

    /// <summary>Guards what follows, and is pulsed whenever some of it changes that somebody may wait for.</summary>
    private readonly object _gate = new();
    private long _begun;
    private long _taken;
    private bool _isReading;
    private bool _isOver;
    private bool _isStopped;
    private bool _isAbandoned;
    private int _atWork;

    /// <param name="source">What reads and maps; nobody else may, until this is disposed.</param>
    /// <param name="free">A batch whose rows the reader has done with.</param>
    public BatchRing(BatchSource source, CursorBatch free)
    {
        _source = source;
        _slots = new CursorBatch?[source.Slots];
        _slots[free.Slot] = free;
        _workers = [.. Enumerable.Range(0, source.Workers)
            .Select(_ => new Thread(Work) { IsBackground = true, Name = nameof(ReadAhead) })];
        _atWork = _workers.Length;
        foreach (Thread worker in _workers)
            worker.Start();
    }

    /// <summary>The next batch, as soon as it is done; the one before goes back. Null after the last.</summary>
    /// <exception cref="Exception">What the source or the mapping threw.</exception>
    public CursorBatch? Take()
    {
        lock (_gate)
        {
            long number = _taken++;
            Monitor.PulseAll(_gate);
            while (number < _begun ? !Slot(number)!.IsDone : !_isOver)
                Monitor.Wait(_gate);
            if (number >= _begun)
                return null;
            CursorBatch batch = Slot(number)!;
            batch.Failure?.Throw();
            return batch;
        }
    }

    /// <summary>Starts nothing more, and waits for what was started.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isStopped = true;
            Monitor.PulseAll(_gate);
        }
        foreach (Thread worker in _workers)
            worker.Join();
    }

    /// <summary>Starts nothing more, and waits for nothing: the last worker to end disposes the source, because nobody
    /// else is left to do so. Where all have ended with the rows, a thread of the pool does, since a finalizer must not
    /// wait. After <see cref="Dispose"/> there is nothing to do.</summary>
    public void Abandon()
    {
        lock (_gate)
        {
            if (_atWork == 0 && !_isStopped)
                ThreadPool.UnsafeQueueUserWorkItem(ring => ring.DisposeSource(), this, preferLocal: false);
            _isStopped = true;
            _isAbandoned = true;
            Monitor.PulseAll(_gate);
        }
    }

    private ref CursorBatch? Slot(long number) => ref _slots[number % _slots.Length];

    private void Work()
    {
        // Workers share the cores among them; torch on several threads in each would have these wait for one another.
        if (_source.LimitsTorch)
            ThreadLimit.SetForGood(1);
        while (Begin() is { } batch)
            Work(batch);
        if (IsLeftAlone())
            DisposeSource();
    }

    /// <summary>Called by each worker as it ends. Whether it is the last, and the reader is gone.</summary>
    private bool IsLeftAlone()
    {
        lock (_gate)
            return --_atWork == 0 && _isAbandoned;
    }

    /// <summary>Nobody is left to get an error, and an exception that is not caught would end the process.</summary>
    private void DisposeSource()
    {
        try
        {
            _source.Dispose();
        }
        catch (Exception)
        {
            // The source is as good as forgotten.
        }
    }

    /// <summary>Waits for a batch to be read; null where there are no more.</summary>
    private CursorBatch? Begin()
    {
        lock (_gate)
        {
            // The reader keeps the batch that it took last, so that its slot is not free.
            while (!_isOver && !_isStopped && (_isReading || _begun >= _taken - 1 + _slots.Length))
                Monitor.Wait(_gate);
            if (_isOver || _isStopped)
                return null;
            CursorBatch batch = Slot(_begun) ??= _source.CreateBatch((int)(_begun % _slots.Length));
            batch.Failure = null;
            batch.IsDone = false;
            _begun++;
            _isReading = true;
            return batch;
        }
    }

    private void Work(CursorBatch batch)
    {
        bool isLast = true;
        try
        {
            isLast = !_source.Read(batch);
        }
        catch (Exception error)
        {
            batch.Failure = ExceptionDispatchInfo.Capture(error);
        }
        lock (_gate)
        {
            _isReading = false;
            _isOver = isLast;
            Monitor.PulseAll(_gate);
        }
        try
        {
            if (batch.Failure is null)
                _source.Map(batch);
        }
        catch (Exception error)
        {
            batch.Failure = ExceptionDispatchInfo.Capture(error);
        }
        lock (_gate)
        {
            batch.IsDone = true;
            Monitor.PulseAll(_gate);
        }
    }
}
