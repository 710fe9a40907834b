namespace Ml.Autoencoders.Generation;

/// <summary>What a code's dimensions stand for: one moves, the others stay.</summary>
internal static class Traversals
{
    /// <summary>
    /// For each dimension, copies of the code with that number moved evenly <c>[Z][steps][Z]</c>, both ends included.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than two steps, or an end is not
    /// finite.</exception>
    public static float[][][] Along(float[] code, int steps, float from, float to)
    {
        ArgumentNullException.ThrowIfNull(code);
        Require.Within(steps, 2, Math.Max(2, Limits.MadeRows / Math.Max(1, code.Length)), "Traverse", nameof(steps));
        Require.Finite(from, "Traverse", nameof(from));
        Require.Finite(to, "Traverse", nameof(to));
        float[] values = [.. Enumerable.Range(0, steps)
            .Select(step => (float)double.Lerp(from, to, (double)step / (steps - 1)))];
        return [.. code.Select((_, dimension) => values.Select(value => Moved(code, dimension, value)).ToArray())];
    }

    private static float[] Moved(float[] code, int dimension, float value)
    {
        float[] moved = [.. code];
        moved[dimension] = value;
        return moved;
    }
}
