namespace Ml.Autoencoders.Benchmarks.Series;

/// <summary>Scores that are simple enough to be computed anywhere.</summary>
internal static class OracleScores
{
    /// <param name="name">As the file of figures has it.</param>
    /// <param name="values">The series.</param>
    public static float[] Of(string name, double[] values) => name switch
    {
        "constant" => new float[values.Length],
        "random" => Random(values.Length),
        "distance from trailing mean of 25" => FromTrailingMean(values, 25),
        _ => throw new FormatException($"There is no score '{name}'."),
    };

    /// <summary>The minimal standard generator of Park and Miller.</summary>
    private static float[] Random(int count)
    {
        const long Modulus = int.MaxValue;
        long state = 12345;
        var scores = new float[count];
        for (int i = 0; i < count; i++)
        {
            state = state * 16807 % Modulus;
            scores[i] = (float)(state / (double)Modulus);
        }
        return scores;
    }

    private static float[] FromTrailingMean(double[] values, int length) =>
        [.. values.Select((value, i) =>
        {
            int first = Math.Max(0, i - length + 1);
            return (float)Math.Abs(value - values[first..(i + 1)].Average());
        })];
}
