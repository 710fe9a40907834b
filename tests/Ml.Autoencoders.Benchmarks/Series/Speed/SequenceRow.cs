using Microsoft.ML.Data;

namespace Ml.Autoencoders.Benchmarks.Series.Speed;

/// <summary>A window of 60 steps of 8 channels.</summary>
internal sealed class SequenceRow
{
    public const int Steps = 60;
    public const int Channels = 8;

    [VectorType(Steps, Channels)]
    public float[] Window { get; set; } = [];

    /// <summary>Waves of any phase and speed, one for each channel, with noise.</summary>
    public static SequenceRow[] Draw(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            float phase = MathF.Tau * random.NextSingle(), speed = 0.1f + 0.2f * random.NextSingle();
            return new SequenceRow
            {
                Window = [.. Enumerable.Range(0, Steps * Channels).Select(i =>
                    MathF.Sin(phase + speed * (i / Channels) + i % Channels) + 0.2f * random.NextSingle())],
            };
        })];
    }
}
