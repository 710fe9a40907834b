using System.Runtime.InteropServices;

namespace Ml.Autoencoders.Scoring;

/// <summary>What a reader holds of the workers that read and map ahead of him (<see cref="BatchRing"/>). If he disposes
/// it, he waits for them; if he is
/// forgotten halfway, they end once the collector finds this, which they do not keep alive.</summary>
/// <remarks>A handle of nothing, for the finalizer that handles have.</remarks>
internal sealed class ReadAhead : SafeHandle
{
    private readonly BatchRing _ring;

    /// <inheritdoc cref="BatchRing(BatchSource, CursorBatch)"/>
    public ReadAhead(BatchSource source, CursorBatch free) : base(0, ownsHandle: true) =>
        _ring = new BatchRing(source, free);

    public override bool IsInvalid => false;

    /// <inheritdoc cref="BatchRing.Take"/>
    public CursorBatch? Take()
    {
        CursorBatch? batch = _ring.Take();
        GC.KeepAlive(this);
        return batch;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _ring.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>After <see cref="BatchRing.Dispose"/> there is nobody left to be stopped.</summary>
    protected override bool ReleaseHandle()
    {
        _ring?.Abandon();
        return true;
    }
}
