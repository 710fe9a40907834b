namespace Ml.Autoencoders.Benchmarks.Series.Movements;

/// <summary>What an accelerometer on the wrist sees; see <see cref="MovementGenerator"/>.</summary>
internal enum Movement
{
    Walking,
    Running,
    Circling,
    Waving,
    Winding,
}
