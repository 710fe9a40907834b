namespace Ml.Autoencoders;

/// <summary>Objects that are disposed together, the last one first.</summary>
internal sealed class Owned : IDisposable
{
    private readonly Stack<IDisposable> _items = new();

    public T Add<T>(T item) where T : IDisposable?
    {
        if (item is not null)
            _items.Push(item);
        return item;
    }

    public void Dispose()
    {
        while (_items.TryPop(out IDisposable? item))
            item.Dispose();
    }
}
