namespace ScoreWithOnnx;

/// <summary>Rows as runtimes take and give them: one after the other.</summary>
internal static class Rows
{
    public static float[] Join(float[][] rows)
    {
        int size = rows[0].Length;
        var values = new float[rows.Length * size];
        for (int row = 0; row < rows.Length; row++)
            rows[row].CopyTo(values, row * size);
        return values;
    }

    public static float[][] Cut(ReadOnlySpan<float> values, int count)
    {
        int size = values.Length / count;
        var rows = new float[count][];
        for (int row = 0; row < count; row++)
            rows[row] = values.Slice(row * size, size).ToArray();
        return rows;
    }
}
