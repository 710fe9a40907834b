using System.Runtime.InteropServices;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Rows;

/// <summary>Room for rows in torch's memory, to be filled again and again.</summary>
internal sealed class RowBlock : IDisposable
{
    private readonly RowLayout _layout;
    private readonly Tensor _values;
    private readonly Tensor? _targets;
    private readonly Tensor? _labels;

    /// <param name="layout">Of a row.</param>
    /// <param name="capacity">How many rows there is room for; what they take is no more than 2 GiB.</param>
    public RowBlock(RowLayout layout, long capacity)
    {
        _layout = layout;
        _values = Room(ScalarType.Float32, capacity, layout.Width);
        _targets = layout.TargetWidth is { } width ? Room(ScalarType.Float32, capacity, width) : null;
        _labels = layout.HasLabel ? Room(ScalarType.Int64, capacity) : null;
    }

    /// <summary>The part of a row that is encoded.</summary>
    public Span<float> Values(long row) => Slice(_values, row, _layout.Width);

    /// <summary>The part that is reconstructed; empty where that is what is encoded.</summary>
    public Span<float> Targets(long row) => _targets is null ? [] : Slice(_targets, row, _layout.TargetWidth!.Value);

    /// <summary>Its label, where there are labels.</summary>
    public ref long Label(long row) => ref MemoryMarshal.Cast<byte, long>(_labels!.bytes)[(int)row];

    /// <summary>Writes a row over one of another block of the same layout.</summary>
    public void CopyRow(long row, RowBlock to, long place)
    {
        Values(row).CopyTo(to.Values(place));
        Targets(row).CopyTo(to.Targets(place));
        if (_layout.HasLabel)
            to.Label(place) = Label(row);
    }

    /// <summary>The first rows, where they lie.</summary>
    public RowBatch Rows(long count) =>
        new(_values.narrow(0, 0, count), _labels?.narrow(0, 0, count), _targets?.narrow(0, 0, count));

    public void Dispose()
    {
        _values.Dispose();
        _targets?.Dispose();
        _labels?.Dispose();
    }

    private static Span<float> Slice(Tensor table, long row, int width) =>
        table.Numbers.Slice((int)(row * width), width);

    private static Tensor Room(ScalarType type, params long[] shape)
    {
        Tensor room = empty(shape, dtype: type, device: CPU).DetachFromDisposeScope();
        HugePages.Prefer(room);
        return room;
    }
}
