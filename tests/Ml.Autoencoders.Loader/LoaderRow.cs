using Microsoft.ML.Data;

namespace FreshProcess;

/// <summary>A row of 12 numbers between 0 and 1 that is the same in every process.</summary>
internal sealed class LoaderRow
{
    [VectorType(12)]
    public float[] Features { get; set; } = [];

    public uint Label { get; set; }

    public static LoaderRow Make(int number) => new()
    {
        Features = [.. Enumerable.Range(0, 12).Select(slot => (number * 37 + slot * 11) % 100 / 100f)],
        Label = (uint)number % 2,
    };
}
