using System.Runtime.InteropServices;
using Ml.Autoencoders.Columns;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Rows;

/// <summary>
/// Takes windows one after the other and keeps what they have in common once. A window that is the last one of its
/// group, moved by one step, adds its last step; any other begins a new series.
/// </summary>
/// <remarks>It goes by the numbers alone, so that what is put together again is what came, whatever other stages did
/// to the windows, and whichever of them were left out.</remarks>
/// <param name="steps">Steps of a window, T.</param>
/// <param name="channels">Numbers of a step, C.</param>
internal sealed class SeriesBuilder(int steps, int channels) : IDisposable
{
    private readonly RowTable _series = new(channels);
    private readonly List<int> _seriesOfSteps = [];
    private readonly List<long> _ends = [];
    private readonly Dictionary<int, (float[] Window, int Series)> _last = [];
    private int _begun;
    private bool _alternates;

    /// <summary>Memory of what is kept: the numbers of each step and its series, where each window ends, and the last
    /// window of each group.</summary>
    public long Bytes => sizeof(float) * (_series.Count * (channels + 1L) + (long)_last.Count * steps * channels)
        + sizeof(long) * Count;

    /// <summary>Windows so far.</summary>
    public long Count => _ends.Count;

    /// <summary>Takes the next window.</summary>
    /// <param name="window">Its numbers, the first step first.</param>
    /// <param name="group">The group that it belongs to.</param>
    public void Add(ReadOnlySpan<float> window, int group)
    {
        ref (float[] Window, int Series) last =
            ref CollectionsMarshal.GetValueRefOrAddDefault(_last, group, out bool isKnown);
        if (!isKnown)
            last.Window = new float[window.Length];
        bool follows = isKnown && WindowColumn.IsNext(window, last.Window, channels);
        if (!follows)
            last.Series = _begun++;
        for (int step = follows ? steps - 1 : 0; step < steps; step++)
        {
            window.Slice(step * channels, channels).CopyTo(_series.Add());
            _alternates |= _seriesOfSteps.Count > 0 && last.Series < _seriesOfSteps[^1];
            _seriesOfSteps.Add(last.Series);
        }
        _ends.Add(_series.Count - 1);
        window.CopyTo(last.Window);
    }

    /// <summary>All windows.</summary>
    /// <param name="labels">Their labels, where there are any.</param>
    public SeriesTable ToTable(Tensor? labels)
    {
        Tensor series = _series.ToTensor();
        if (_alternates)
            series = InOrder(series);
        for (int i = 0; i < _ends.Count; i++)
            CollectionsMarshal.AsSpan(_ends)[i] -= steps - 1;
        return new SeriesTable(series, tensor([.. _ends], dtype: ScalarType.Int64, device: CPU), labels, steps);
    }

    public void Dispose() => _series.Dispose();

    /// <summary>The steps of each series together, in the order in which they came.</summary>
    private Tensor InOrder(Tensor came)
    {
        ReadOnlySpan<int> owners = CollectionsMarshal.AsSpan(_seriesOfSteps);
        var next = new long[_begun + 1];
        foreach (int owner in owners)
            next[owner + 1]++;
        for (int owner = 1; owner < next.Length; owner++)
            next[owner] += next[owner - 1];
        var places = new long[owners.Length];
        for (int step = 0; step < places.Length; step++)
            places[step] = next[owners[step]]++;
        foreach (ref long end in CollectionsMarshal.AsSpan(_ends))
            end = places[end];
        using (came)
        using (Tensor to = tensor(places, dtype: ScalarType.Int64, device: CPU))
            return empty_like(came).index_copy_(0, to, came);
    }
}
