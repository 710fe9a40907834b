namespace Ml.Autoencoders.ManagedScoring;

/// <summary>Where the hidden activations of rows go. The default is nowhere: they are not requested.</summary>
/// <param name="values">The memory, from the first row on.</param>
/// <param name="stride">From one row to the next.</param>
/// <param name="start">The numbers of a row before its activations.</param>
/// <param name="size">The activations of a row.</param>
internal readonly ref struct HiddenRows(Span<float> values, int stride, int start, int size)
{
    private readonly Span<float> _values = values;

    public bool AreWanted => !_values.IsEmpty;

    public Span<float> Row(int row) => _values.Slice(row * stride + start, size);
}
