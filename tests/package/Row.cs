using Microsoft.ML.Data;

namespace Application;

/// <summary>A row of eight numbers that one angle decides, the same in every process.</summary>
internal sealed class Row
{
    [VectorType(8)]
    public float[] Waves { get; set; } = [];

    public bool IsLate { get; set; }

    public static Row Make(int number) => new()
    {
        Waves = [.. Enumerable.Range(0, 8).Select(slot => MathF.Sin(number * 0.1f + slot))],
        IsLate = number >= 100,
    };
}
