using Microsoft.ML;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Columns;
using Ml.Autoencoders.Corruptions;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Tensors;
using static System.FormattableString;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Rows;

/// <summary>Refuses rows whose slots do not say which class of a category a row has.</summary>
/// <param name="context">For errors.</param>
/// <param name="column">The column of the rows.</param>
/// <param name="table">Which slots are categories.</param>
/// <param name="wanted">The option that says so.</param>
internal sealed class CategoryCheck(IExceptionContext context, DataViewSchema.Column column, SlotColumns table,
    Categories wanted)
{
    private const double Rounding = 1e-6;

    /// <summary>Slots are 0 or 1, and no more than one of a category is 1, at least on average.</summary>
    /// <param name="slots">Of the rows, with moments.</param>
    /// <param name="use">What the rows are for, as errors name it.</param>
    /// <exception cref="InvalidOperationException">They are something else.</exception>
    public void Require(SlotStatistics slots, string use)
    {
        (float[] least, float[] greatest) = (slots.Least.ToNumbers(), slots.Greatest.ToNumbers());
        (double[] means, double[] deviations) = (Doubles(slots.Mean), Doubles(slots.Deviation()));
        foreach (SlotGroup category in table.Categories)
        {
            double sum = 0;
            for (int slot = category.First; slot < category.End; slot++)
            {
                double mean = means[slot];
                sum += mean;
                // The variance of zeros and ones follows from their mean, and that of anything between is smaller. Of a
                // slot without values the least is infinite.
                bool isWhole = Math.Abs(deviations[slot] * deviations[slot] - mean * (1 - mean)) < Rounding;
                if (float.IsFinite(least[slot]) && !(least[slot] >= 0 && greatest[slot] <= 1 && isWhole))
                {
                    throw Wrong(slot,
                        Invariant($"{use} values reach from {least[slot]} to {greatest[slot]}, and the ") +
                        "slot is one of a category, which must be 0 or 1");
                }
            }
            if (sum > 1 + Rounding)
            {
                throw Wrong(category.First,
                    Invariant($"of this slot and the {category.Count - 1} after it, {sum:0.###} ") +
                    $"are 1 in {use} rows on average; of a category it must be at most one");
            }
        }
    }

    private static double[] Doubles(Tensor numbers) => numbers.cpu().data<double>().ToArray();

    private Exception Wrong(int slot, string fault) => context.Except(
        $"Column '{column.Name}', {SlotNames.Of(column).Name(slot)}: {fault}. Categories is {wanted}; where slots " +
        "are numbers, use Categories.None, or Categories.Of with the columns that are categories.");
}
