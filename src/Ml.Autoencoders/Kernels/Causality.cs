namespace Ml.Autoencoders.Kernels;

/// <summary>What a causal kernel can meet.</summary>
internal static class Causality
{
    /// <summary>How many of the steps under a kernel can meet a sequence; the others only meet the zeros before
    /// it.</summary>
    public static long TapsThatMeet(long taps, long dilation, long steps) =>
        Math.Min(taps, (steps - 1) / dilation + 1);
}
