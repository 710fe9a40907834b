using System.Runtime.InteropServices;

namespace Ml.Autoencoders.Scoring;

/// <summary>A reader's handle on the workers that read and map ahead of it (<see cref="BatchRing"/>). Disposing it
/// waits for them; if the reader is abandoned halfway, they end once the garbage collector finds this, which they do
/// not keep alive.</summary>
/// <remarks>A handle without a resource, for the finalizer that handles have.</remarks>
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
