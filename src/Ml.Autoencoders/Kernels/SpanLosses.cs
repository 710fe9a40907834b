using System.Runtime.Intrinsics;

namespace Ml.Autoencoders.Kernels;

/// <summary>The managed counterparts of <see cref="Likelihoods.Losses"/>, for one row.</summary>
internal static class SpanLosses
{
    /// <summary>Per slot, (x - y)²: <c>[D]</c>, <c>[D]</c> to <c>[D]</c>.</summary>
    public static void SquaredErrors(ReadOnlySpan<float> target, ReadOnlySpan<float> output, Span<float> errors)
    {
        output.CopyTo(errors);
        Elementwise.Apply(errors, target, default(SquaredError));
    }

    /// <summary>
    /// Per slot, the cross-entropy of the nearest number between 0 and 1, max(l, 0) - x l + ln(1 + exp(-|l|)), and the
    /// squared distance to that: <c>[D]</c>, <c>[D]</c> to <c>[D]</c>.
    /// </summary>
    public static void BoundedCrossEntropies(ReadOnlySpan<float> target, ReadOnlySpan<float> logits, Span<float> errors)
    {
        logits.CopyTo(errors);
        Elementwise.Apply(errors, target, default(BoundedCrossEntropy));
    }

    private readonly struct SquaredError : IBinaryFunction
    {
        public Vector256<float> Of(Vector256<float> output, Vector256<float> target) =>
            (target - output) * (target - output);
    }

    private readonly struct BoundedCrossEntropy : IBinaryFunction
    {
        public Vector256<float> Of(Vector256<float> logit, Vector256<float> target)
        {
            Vector256<float> one = Vector256<float>.One;
            Vector256<float> known = Clamp.Within(target, default, one);
            Vector256<float> positive = Vector256.ConditionalSelect(Vector256.LessThan(logit, default), default, logit);
            Vector256<float> entropy = positive - known * logit
                + Vector256.Log(one + Vector256.Exp(-Vector256.Abs(logit)));
            return entropy + (target - known) * (target - known);
        }
    }
}
