namespace Ml.Autoencoders.Pipeline;

/// <summary>A mapping applied to arrays.</summary>
internal static class ArrayMapping
{
    /// <summary>The output numbered <paramref name="output"/> of every row.</summary>
    /// <exception cref="ArgumentException">A row is null or of another length.</exception>
    public static float[][] Map(VectorMapping mapping, IReadOnlyList<float[]> rows, int output, string parameter)
    {
        ArgumentNullException.ThrowIfNull(rows, parameter);
        mapping.RequireAlive();
        int inputSize = mapping.InputSize;
        int outputSize = mapping.Outputs[output].Size;
        for (int i = 0; i < rows.Count; i++)
        {
            if (rows[i]?.Length != inputSize)
                throw new ArgumentException($"Row {i} has {rows[i]?.Length.ToString() ?? "no"} numbers; it needs {inputSize}.", parameter);
        }

        var results = new float[rows.Count][];
        int capacity = Math.Min(mapping.BatchRows, rows.Count);
        var input = new float[capacity * inputSize];
        var buffers = new float[]?[mapping.Outputs.Count];
        buffers[output] = new float[capacity * outputSize];
        for (int start = 0; start < rows.Count; start += capacity)
        {
            int count = Math.Min(capacity, rows.Count - start);
            for (int i = 0; i < count; i++)
                rows[start + i].CopyTo(input, i * inputSize);
            mapping.Map(input, count, buffers);
            for (int i = 0; i < count; i++)
                results[start + i] = buffers[output]![(i * outputSize)..((i + 1) * outputSize)];
        }
        return results;
    }
}
