using System.Runtime.ExceptionServices;
using Ml.Autoencoders.Tensors;

namespace Ml.Autoencoders.Pipeline;

/// <summary>
/// Reads and maps batches on the thread pool while their reader is at the rows of an earlier one, who gets them in the order of
/// the source, each with the exception that it ended in.
/// </summary>
/// <remarks>
/// One worker at a time reads; then it maps, while the next one reads. Nobody waits for a thread of the pool to become free: a
/// batch that no worker has begun is read and mapped by the reader itself. So cursors may stand on each other.
/// </remarks>
internal sealed class ReadAhead : IDisposable
{
    private readonly BatchSource _source;
    private readonly CursorBatch?[] _slots;
    private readonly int? _threads;

    /// <summary>Guards what follows, and is pulsed when a batch is done.</summary>
    private readonly object _gate = new();
    private long _begun;
    private long _taken;
    private int _working;
    private bool _isReading;
    private bool _isQueued;
    private bool _isOver;
    private bool _isStopped;

    /// <param name="source">What reads and maps; nobody else may, until this is disposed.</param>
    /// <param name="free">A batch whose rows the reader has done with.</param>
    public ReadAhead(BatchSource source, CursorBatch free)
    {
        _source = source;
        _slots = new CursorBatch?[source.Slots];
        _slots[free.Slot] = free;
        // A limit on torch's threads belongs to the thread that reads; what works for it keeps to that.
        _threads = source.NeedsTorch ? ThreadLimit.Current : null;
    }

    /// <summary>The next batch, as soon as it is done; the one before goes back. Null behind the last.</summary>
    /// <exception cref="Exception">What the source or the mapping threw.</exception>
    public CursorBatch? Take()
    {
        long number;
        lock (_gate)
        {
            number = _taken++;
            EnqueueWorker();
        }
        while (Await(number) is { } begun)
            Work(begun);
        lock (_gate)
        {
            if (number >= _begun)
                return null;
            CursorBatch batch = _slots[number % _slots.Length]!;
            batch.Failure?.Throw();
            return batch;
        }
    }

    /// <summary>Begins nothing more, and waits for what was begun.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isStopped = true;
            while (_working > 0)
                Monitor.Wait(_gate);
        }
    }

    /// <summary>Waits until a batch is done, or there is none.</summary>
    /// <returns>The batch, where nobody has begun it, to be worked on by the caller; null when it is done or there is none.</returns>
    private CursorBatch? Await(long number)
    {
        lock (_gate)
        {
            while (number < _begun && !_slots[number % _slots.Length]!.IsDone)
                Monitor.Wait(_gate);
            return number < _begun || _isOver ? null : Begin();
        }
    }

    /// <summary>Within the gate: sends for a worker, if there is a batch to be read and somebody to read it.</summary>
    private void EnqueueWorker()
    {
        if (_isQueued || !CanBegin)
            return;
        _isQueued = true;
        ThreadPool.QueueUserWorkItem(_ =>
        {
            CursorBatch? batch;
            lock (_gate)
            {
                _isQueued = false;
                batch = CanBegin ? Begin() : null;
            }
            if (batch is not null)
                Work(batch);
        });
    }

    /// <summary>The reader keeps the batch that it took last, so that its slot is not free.</summary>
    private bool CanBegin => !_isOver && !_isStopped && !_isReading && _working < _source.Workers && _begun < _taken - 1 + _slots.Length;

    /// <summary>Within the gate: the next batch, to be worked on by the caller.</summary>
    private CursorBatch Begin()
    {
        int slot = (int)(_begun % _slots.Length);
        CursorBatch batch = _slots[slot] ??= _source.CreateBatch(slot);
        batch.Failure = null;
        batch.IsDone = false;
        _begun++;
        _working++;
        _isReading = true;
        return batch;
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
            EnqueueWorker();
        }
        try
        {
            if (batch.Failure is null)
            {
                using ThreadLimit? limit = ThreadLimit.Keep(_threads);
                _source.Map(batch);
            }
        }
        catch (Exception error)
        {
            batch.Failure = ExceptionDispatchInfo.Capture(error);
        }
        lock (_gate)
        {
            batch.IsDone = true;
            _working--;
            EnqueueWorker();
            Monitor.PulseAll(_gate);
        }
    }
}
