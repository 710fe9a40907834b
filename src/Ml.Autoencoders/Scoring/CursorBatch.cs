using System.Runtime.ExceptionServices;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Scoring;

/// <summary>A batch of rows in a cursor: what was read, and what was computed from it.</summary>
/// <param name="slot">Its number among those that are kept at the same time.</param>
/// <param name="capacity">How many rows at most.</param>
/// <param name="input">What the mapping reads; null where nothing is mapped.</param>
/// <param name="outputs">A buffer for each wanted output.</param>
internal sealed class CursorBatch(int slot, int capacity, MappingInput? input, float[]?[] outputs)
{
    public int Slot => slot;

    public DataViewRowId[] Ids { get; } = new DataViewRowId[capacity];

    /// <summary>By these numbers ML.NET puts the rows of several cursors in order again.</summary>
    public long[] SourceBatches { get; } = new long[capacity];

    public MappingInput? Input => input;

    public float[]?[] Outputs => outputs;

    /// <summary>How many rows were read.</summary>
    public int Count { get; set; }

    /// <summary>Why it could not be read or mapped; null where it could.</summary>
    public ExceptionDispatchInfo? Failure { get; set; }

    /// <summary>Whether somebody has read and mapped it.</summary>
    public bool IsDone { get; set; }
}
