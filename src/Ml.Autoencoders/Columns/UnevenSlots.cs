using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Tensors;
using static System.FormattableString;

namespace Ml.Autoencoders.Columns;

/// <summary>Finds slots next to which the others of a column hardly count in a squared error.</summary>
/// <remarks>
/// A slot dwarfs the others where its largest number, or the range of its numbers, is more than 100 times that of the
/// middle slot of the column; slots that are always 0, or never change, are left out of that. Pictures pass, since
/// most of their pixels that are not always 0 reach about the same brightness.
/// </remarks>
internal static class UnevenSlots
{
    private const double MaxTimes = 100;
    private const int MaxNamed = 5;

    /// <summary>The warning for a column; null where no slot dwarfs the others.</summary>
    public static string? Find(SlotStatistics slots, DataViewSchema.Column column)
    {
        float[] least = slots.Least.ToNumbers();
        float[] greatest = slots.Greatest.ToNumbers();
        double[] sizes = [.. least.Zip(greatest, (low, high) => (double)Math.Max(Math.Abs(low), Math.Abs(high)))];
        double[] ranges = [.. least.Zip(greatest, (low, high) => (double)high - low)];
        return Say(sizes, column, (most, middle) =>
                Invariant($"numbers up to {most:G4}, and half of the slots hold none above {middle:G4}"))
            ?? Say(ranges, column, (most, middle) =>
                Invariant($"numbers over a range of {most:G4}, and half of the slots have none above {middle:G4}"));
    }

    private static string? Say(double[] measures, DataViewSchema.Column column, Func<double, double, string> compare)
    {
        double[] counted = [.. measures.Where(measure => measure > 0).Order()];
        if (counted.Length == 0)
            return null;
        double middle = counted[(counted.Length - 1) / 2];
        int[] dwarfing = [.. Enumerable.Range(0, measures.Length)
            .Where(slot => measures[slot] > MaxTimes * middle).OrderByDescending(slot => measures[slot])];
        if (dwarfing.Length == 0)
            return null;
        SlotNames names = SlotNames.Of(column);
        string listed = string.Join(", ", dwarfing.Take(MaxNamed).Select(names.Name));
        if (dwarfing.Length > MaxNamed)
            listed += Invariant($", ... ({dwarfing.Length} in all)");
        string holds = dwarfing.Length == 1 ? "holds" : "hold";
        return $"In column '{column.Name}' {listed} {holds} {compare(counted[^1], middle)}";
    }
}
