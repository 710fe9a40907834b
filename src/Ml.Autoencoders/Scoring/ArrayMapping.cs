namespace Ml.Autoencoders.Scoring;

/// <summary>A mapping applied to arrays.</summary>
internal static class ArrayMapping
{
    /// <summary>The output numbered <paramref name="output"/> of every row.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="label">The index of the label of all of them, where there is a condition.</param>
    /// <param name="output">Which output.</param>
    /// <param name="parameter">The caller's name for the rows.</param>
    /// <param name="room">How many rows there is room for at least: a row in room for one is computed like a single
    /// row, and with more room like one among others.</param>
    /// <exception cref="ArgumentException">A row is null or of another length.</exception>
    public static float[][] Map(
        VectorMapping mapping, IReadOnlyList<float[]> rows, long? label, int output, string parameter, int room = 1)
    {
        ArgumentNullException.ThrowIfNull(rows, parameter);
        mapping.RequireAlive();
        mapping = mapping.ForSize(rows.Count > 0 && rows[0] is { } first ? first.Length : mapping.InputSize);
        int inputSize = mapping.InputSize;
        int outputSize = mapping.Outputs[output].Size;
        RequireLengths(rows, inputSize, parameter);

        var results = new float[rows.Count][];
        int capacity = Math.Min(mapping.BatchRows, Math.Max(room, rows.Count));
        var input = new MappingInput(mapping, capacity);
        if (label is { } given)
            input.Labels.AsSpan().Fill(given);
        var buffers = new float[]?[mapping.Outputs.Count];
        buffers[output] = new float[capacity * outputSize];
        for (int start = 0; start < rows.Count; start += capacity)
        {
            int count = Math.Min(capacity, rows.Count - start);
            for (int i = 0; i < count; i++)
                rows[start + i].CopyTo(input.Row(i));
            mapping.Map(input, count, buffers);
            for (int i = 0; i < count; i++)
                results[start + i] = buffers[output]![(i * outputSize)..((i + 1) * outputSize)];
        }
        return results;
    }

    /// <exception cref="ArgumentException">A row is null or of another length.</exception>
    public static void RequireLengths(IReadOnlyList<float[]> rows, int size, string parameter)
    {
        for (int i = 0; i < rows.Count; i++)
        {
            if (rows[i]?.Length != size)
                throw new ArgumentException(
                    $"Row {i} has {rows[i]?.Length.ToString() ?? "no"} numbers; it needs {size}.", parameter);
        }
    }
}
