namespace Ml.Autoencoders.Tensors;

/// <summary>
/// Numbers of the standard Gumbel distribution in managed memory. The place of the greatest of l_k / τ + g_k is a draw
/// from the softmax of l / τ (Gumbel 1954; Maddison et al. 2014, "A* Sampling", section 2), and so is that of the
/// greatest l_k + τ g_k.
/// </summary>
internal static class GumbelNumbers
{
    private const double TwoTo53 = 1L << 53;

    /// <param name="numbers">Room for them.</param>
    /// <param name="scale">What each is multiplied by, τ.</param>
    /// <param name="state">Of <see cref="SplitMix"/>; it is advanced by as many steps as there are numbers.</param>
    public static void Fill(Span<float> numbers, float scale, ref ulong state)
    {
        foreach (ref float number in numbers)
        {
            // Between 0 and 1, and neither of them.
            double uniform = ((SplitMix.Next(ref state) >> 11) + 0.5) / TwoTo53;
            number = (float)(-scale * Math.Log(-Math.Log(uniform)));
        }
    }
}
