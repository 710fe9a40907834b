namespace Ml.Autoencoders.Tests.Evaluation;

/// <summary>Series that a few lines of any language make to the bit.</summary>
internal static class ScoredExample
{
    public const string Helped = "helped";
    public const string Long = "1000 rows";

    /// <param name="kind">What the scores are.</param>
    /// <param name="name">Where the anomalies are: near one another, at both ends, of one row, or one alone.</param>
    public static (float[] Scores, bool[] Labels) Make(string kind, string name)
    {
        (int rows, (int From, int To)[] anomalies) = name switch
        {
            "300 rows" => (300, new[] { (40, 60), (63, 64), (90, 100), (101, 103), (295, 300) }),
            Long => (1000, [(0, 10), (200, 230), (236, 240), (700, 710), (711, 712), (990, 1000)]),
            _ => (120, [(50, 60)]),
        };
        bool[] labels = [.. Enumerable.Range(0, rows).Select(i =>
            Array.Exists(anomalies, each => i >= each.From && i < each.To))];
        float[] random = Random(rows);
        return ([.. random.Select((value, i) => kind switch
        {
            "constant" => 0,
            "random" => value,
            Helped => labels[i] ? value + 0.5f : value,
            "late" => i >= 4 && labels[i - 4] ? value + 0.5f : value,
            _ => MathF.Floor(8 * value),
        })], labels);
    }

    /// <summary>x(k + 1) = 16807 x(k) mod 2147483647 from x(0) = 12345, the first number being x(1) / 2147483647.
    /// </summary>
    private static float[] Random(int count)
    {
        long state = 12345;
        var numbers = new float[count];
        for (int i = 0; i < count; i++)
        {
            state = state * 16807 % int.MaxValue;
            numbers[i] = (float)(state / (double)int.MaxValue);
        }
        return numbers;
    }
}
