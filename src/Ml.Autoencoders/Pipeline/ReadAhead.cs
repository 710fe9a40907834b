namespace Ml.Autoencoders.Pipeline;

/// <summary>What a reader holds of the workers that read and map ahead of him (<see cref="BatchRing"/>). If he disposes it, he waits for them; if he is
/// forgotten half-way, they end once the collector finds this, which they do not keep alive.</summary>
internal sealed class ReadAhead : IDisposable
{
    private readonly BatchRing _ring;

    /// <inheritdoc cref="BatchRing(BatchSource, CursorBatch)"/>
    public ReadAhead(BatchSource source, CursorBatch free) => _ring = new BatchRing(source, free);

    ~ReadAhead() => _ring?.Abandon();

    /// <inheritdoc cref="BatchRing.Take"/>
    public CursorBatch? Take()
    {
        CursorBatch? batch = _ring.Take();
        GC.KeepAlive(this);
        return batch;
    }

    /// <inheritdoc cref="BatchRing.Dispose"/>
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _ring.Dispose();
    }
}
