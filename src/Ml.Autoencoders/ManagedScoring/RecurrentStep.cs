using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.ManagedScoring;

/// <summary>One step of a cell over a row in managed memory: see <see cref="Recurrence.Step"/>.</summary>
internal static class RecurrentStep
{
    /// <param name="cell">The cell.</param>
    /// <param name="given">What the numbers of the step give the gates, <c>[G H]</c>.</param>
    /// <param name="own">What the state gives them, <c>[G H]</c>; overwritten.</param>
    /// <param name="shown">The state, <c>[H]</c>, which becomes the next.</param>
    /// <param name="memory">An LSTM's memory, too.</param>
    public static void Run(RecurrentCell cell, ReadOnlySpan<float> given, Span<float> own, Span<float> shown,
        Span<float> memory)
    {
        int units = shown.Length;
        if (cell == RecurrentCell.Gru)
        {
            Span<float> next = own.Slice(2 * units, units);
            Elementwise.Apply(own[..(2 * units)], given[..(2 * units)], default(RecurrentGates.Sum));
            Elementwise.Apply(next, own[..units], given.Slice(2 * units, units), default(RecurrentGates.New));
            Elementwise.Apply(shown, own.Slice(units, units), next, default(RecurrentGates.Mixed));
            return;
        }
        Elementwise.Apply(own, given, default(RecurrentGates.Sum));
        Span<float> candidate = own.Slice(2 * units, units), last = own.Slice(3 * units, units);
        Elementwise.Apply(candidate, own[..units], default(RecurrentGates.Candidate));
        Elementwise.Apply(memory, own.Slice(units, units), candidate, default(RecurrentGates.Memory));
        Elementwise.Apply(last, memory, default(RecurrentGates.Shown));
        last.CopyTo(shown);
    }
}
