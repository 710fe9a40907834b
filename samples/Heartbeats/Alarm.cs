namespace Heartbeats;

/// <summary>A stretch of a series that a detector reports.</summary>
/// <param name="First">The place of its first row.</param>
/// <param name="Last">The place of its last row.</param>
/// <param name="Peak">The place of the row with the highest score.</param>
/// <param name="Score">That score.</param>
internal sealed record Alarm(int First, int Last, int Peak, float Score);
