using Ml.Autoencoders.Arrays;
using Ml.Autoencoders.Corruptions;

namespace Ml.Autoencoders.Likelihoods;

/// <summary>
/// How unlikely each class of categories is. A category of K slots has K + 1 classes: one of its slots is 1, or none
/// is. The decoder gives the log-odds l_k of each slot against none: p_k = e^l_k / S and p_none = 1 / S, with S = 1 +
/// Σ_j e^l_j (the baseline-category logit model: Agresti 2013, "Categorical Data Analysis", section 8.1). With one slot
/// that is a Bernoulli variable.
/// </summary>
/// <param name="columns">Where the categories are.</param>
internal readonly struct CategoryClasses(SlotColumns columns)
{
    /// <summary>-ln p of each slot's class, and -ln p of none at each slot: <c>[..., D]</c>, 0 where slots are
    /// numbers.</summary>
    /// <param name="output">What the decoder gave, <c>[..., D]</c>.</param>
    public (T OfSlots, T OfNone) Surprise<T>(T output) where T : struct, IArray<T>
    {
        long size = columns.Slots;
        T logits = output * output.Constant(columns.AreCategories, size);
        T flat = output.Rank == 2 ? logits : logits.Reshape(-1, size);
        // ln S = m + ln Σ e^(l - m), with m the greatest l of the category, or 0 if that is greater: nothing overflows.
        T most = MostOf(flat.Detach());
        T centered = flat - columns.Spread(most);
        T logSum = (columns.SumsOfCategories(centered.Exp()) + (-most).Exp()).Log();
        T ofSlots = columns.Spread(logSum) - centered;
        T ofNone = columns.Spread(logSum + most);
        return output.Rank == 2 ? (ofSlots, ofNone)
            : (ofSlots.Reshape(output.Size(0), -1, size), ofNone.Reshape(output.Size(0), -1, size));
    }

    /// <summary>The same of one category of a row in managed memory, in place.</summary>
    /// <param name="logits">What the decoder gave for its slots; becomes -ln p of their classes.</param>
    /// <returns>-ln p of none.</returns>
    public static double Surprise(Span<float> logits)
    {
        double most = 0;
        foreach (float logit in logits)
            most = Math.Max(most, logit);
        double sum = Math.Exp(-most);
        foreach (float logit in logits)
            sum += Math.Exp(logit - most);
        double logTotal = most + Math.Log(sum);
        foreach (ref float logit in logits)
            logit = (float)(logTotal - logit);
        return logTotal;
    }

    /// <summary>The entropy of the classes of a category, -Σ p ln p, in nats.</summary>
    /// <param name="shares">How often each slot is 1.</param>
    public static double Entropy(ReadOnlySpan<double> shares)
    {
        double none = 1, entropy = 0;
        foreach (double share in shares)
        {
            none -= share;
            entropy += OfClass(share);
        }
        return entropy + OfClass(none);

        static double OfClass(double share) => share > 0 ? -share * Math.Log(share) : 0;
    }

    /// <summary>The log-odds whose classes are as likely as their slots are often 1.</summary>
    /// <param name="shares">How often each slot of a category is 1; becomes the log-odds.</param>
    public static void Logits(Span<float> shares)
    {
        // A class that is always, or never, there has log-odds that are finite.
        const double margin = 1e-6;
        double none = 1;
        foreach (float share in shares)
            none -= share;
        foreach (ref float share in shares)
            share = (float)Math.Log(Math.Max(share, margin) / Math.Max(none, margin));
    }

    /// <summary>The greatest of each category, or 0: <c>[n, D]</c> to <c>[n, G]</c>.</summary>
    private T MostOf<T>(T logits) where T : struct, IArray<T>
    {
        T? most = null;
        foreach (SlotGroup category in columns.Categories)
        {
            T greatest = logits.Narrow(-1, category.First, category.Count).Max(-1);
            most = most is { } before ? before.Concat(greatest, -1) : greatest;
        }
        return most!.Value.AtLeast(0);
    }
}
