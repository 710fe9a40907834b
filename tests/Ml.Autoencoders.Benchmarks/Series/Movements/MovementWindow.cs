using Microsoft.ML.Data;

namespace Ml.Autoencoders.Benchmarks.Series.Movements;

/// <summary>Two seconds of a movement.</summary>
internal sealed class MovementWindow
{
    /// <summary>The movement.</summary>
    public string Label { get; set; } = "";

    /// <summary>Acceleration forward, sideways and up at one step after the other.</summary>
    [VectorType(MovementGenerator.Steps, MovementGenerator.Axes)]
    public float[] Window { get; set; } = [];
}
