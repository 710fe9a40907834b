using Microsoft.ML.Data;
using Ml.Autoencoders.Kernels;

namespace Ml.Autoencoders.Scoring;

/// <summary>Rows on their way into a mapping.</summary>
/// <param name="mapping">The mapping.</param>
/// <param name="capacity">How many rows at most.</param>
internal sealed class MappingInput(VectorMapping mapping, int capacity)
{
    /// <summary>How many rows there is room for.</summary>
    public int Capacity { get; } = capacity;

    /// <summary>The numbers, one row after the other.</summary>
    public float[] Values { get; } = new float[capacity * mapping.InputSize];

    /// <summary>The index of each row's label; null where there is no condition.</summary>
    public long[]? Labels { get; } = mapping.LabelName is null ? null : new long[capacity];

    /// <summary>The ids that draws are tied to: a row has the same draw whichever rows it is read with.</summary>
    public DataViewRowId[] Ids { get; } = new DataViewRowId[capacity];

    /// <summary>The rows, as managed memory has them.</summary>
    public BlockRows Rows => new(Values, mapping.InputSize);

    /// <summary>The labels of the first rows; empty where there is no condition.</summary>
    public ReadOnlySpan<long> LabelsOf(int count) => Labels is null ? [] : Labels.AsSpan(0, count);

    /// <summary>The numbers of one row.</summary>
    public Span<float> Row(int row) => Values.AsSpan(row * mapping.InputSize, mapping.InputSize);
}
