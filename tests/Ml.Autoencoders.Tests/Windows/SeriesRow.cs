using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Windows;

/// <summary>A row of a series, with a column of each kind.</summary>
internal sealed class SeriesRow
{
    public float Pressure { get; set; }

    public double Flow { get; set; }

    public int Count { get; set; }

    [VectorType(2)]
    public float[] Pair { get; set; } = new float[2];

    public bool Flag { get; set; }

    public string Pump { get; set; } = "a";

    public long Number { get; set; }

    public DateTime Time { get; set; }

    public DateTimeOffset Moment { get; set; }

    public TimeSpan Since { get; set; }

    public double Seconds { get; set; }

    public float Single { get; set; }

    public ulong Tick { get; set; }

    /// <summary>A row at a number of seconds.</summary>
    public static SeriesRow At(double seconds, float pressure, string pump = "a") => new()
    {
        Pressure = pressure,
        Flow = 100 + pressure,
        Count = 1000 + (int)pressure,
        Pair = [10 * pressure, -pressure],
        Pump = pump,
        Number = pump[0],
        Time = new DateTime(2026, 1, 1).AddSeconds(seconds),
        Moment = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(2)).AddSeconds(seconds),
        Since = TimeSpan.FromSeconds(seconds),
        Seconds = seconds,
        Single = (float)seconds,
        Tick = ulong.MaxValue - 1_000_000 + (ulong)seconds,
    };

    /// <summary>Rows one second apart, with the pressures 0, 1, 2, ...</summary>
    public static SeriesRow[] Make(int count) => [.. Enumerable.Range(0, count).Select(i => At(i, i))];

    /// <summary>Rows of random groups in random order, with random gaps.</summary>
    public static SeriesRow[] Random(int count, int groups, int seed)
    {
        var random = new Random(seed);
        double[] times = new double[groups];
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            int group = random.Next(groups);
            times[group] += random.Next(8) == 0 ? random.Next(4, 9) : random.Next(1, 4);
            return At(times[group], random.Next(16) == 0 ? float.NaN : i, $"{(char)('a' + group)}");
        })];
    }

    public static IDataView View(MLContext ml, IEnumerable<SeriesRow> rows) => ml.Data.LoadFromEnumerable(rows);
}
