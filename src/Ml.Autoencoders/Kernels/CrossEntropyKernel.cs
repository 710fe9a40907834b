using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ml.Autoencoders.Kernels;

/// <summary>The cross-entropy of a row with its slopes, in managed code.</summary>
internal static class CrossEntropyKernel
{
    /// <summary>As many numbers between 1 and 2 as a product takes before it could overflow.</summary>
    private const int Factors = 64;

    /// <summary>Log-odds of what is certain to be 0, which costs nothing.</summary>
    private const float Certain = -200;

    private static int Lanes => Vector256<float>.Count;

    /// <summary>
    /// (1/D) Σ_d (max(l_d, 0) - x_d l_d + ln(1 + exp(-|l_d|))), and of each slot (s(l_d) - x_d) / D, with s the
    /// sigmoid. The logarithms of many slots are that of their product: Σ ln(1 + t) = ln Π (1 + t).
    /// </summary>
    /// <param name="target">x, <c>[D]</c>.</param>
    /// <param name="logits">l, <c>[D]</c>.</param>
    /// <param name="slopes">Is written.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Mean(ReadOnlySpan<float> target, ReadOnlySpan<float> logits, Span<float> slopes)
    {
        int whole = logits.Length / Lanes * Lanes;
        float scale = 1f / logits.Length;
        Vector256<float> sum = Sum(target[..whole], logits[..whole], slopes[..whole], scale);
        if (whole < logits.Length)
        {
            Span<float> rest = stackalloc float[3 * Lanes];
            rest[..Lanes].Clear();
            rest[Lanes..].Fill(Certain);
            target[whole..].CopyTo(rest);
            logits[whole..].CopyTo(rest[Lanes..]);
            sum += Sum(rest[..Lanes], rest[Lanes..^Lanes], rest[^Lanes..], scale);
            rest[^Lanes..][..(logits.Length - whole)].CopyTo(slopes[whole..]);
        }
        return Vector256.Sum(sum) * scale;
    }

    /// <summary>Of whole vectors, for each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector256<float> Sum(ReadOnlySpan<float> target, ReadOnlySpan<float> logits,
        Span<float> slopes, float scale)
    {
        Vector256<float> one = Vector256<float>.One;
        Vector256<float> sum = default;
        for (int start = 0; start < logits.Length; start += Factors * Lanes)
        {
            Vector256<float> product = one;
            for (int i = start; i < Math.Min(logits.Length, start + Factors * Lanes); i += Lanes)
            {
                Vector256<float> x = Vector256.LoadUnsafe(in target[i]);
                Vector256<float> l = Vector256.LoadUnsafe(in logits[i]);
                Vector256<float> isNegative = Vector256.LessThan(l, default);
                Vector256<float> tail = Vector256.Exp(-Vector256.Abs(l));
                Vector256<float> factor = one + tail;
                Vector256<float> sigmoid = Vector256.ConditionalSelect(isNegative, tail, one) / factor;
                product *= factor;
                sum += Vector256.ConditionalSelect(isNegative, default, l) - x * l;
                ((sigmoid - x) * scale).StoreUnsafe(ref slopes[i]);
            }
            sum += Vector256.Log(product);
        }
        return sum;
    }
}
