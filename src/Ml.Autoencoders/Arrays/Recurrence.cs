namespace Ml.Autoencoders.Arrays;

/// <summary>A recurrence step by step, in the operations of arrays.</summary>
internal static class Recurrence
{
    /// <summary>Tensors of one direction: <c>[G H, I]</c>, <c>[G H, H]</c>, <c>[G H]</c>, <c>[G H]</c>.</summary>
    public const int Tensors = 4;

    /// <summary>One step.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="given">What the numbers of the step give the gates, <c>[B, G H]</c>.</param>
    /// <param name="states">The states before it, <c>[B, H]</c> each.</param>
    /// <param name="weight"><c>[G H, H]</c>.</param>
    /// <param name="bias"><c>[G H]</c>.</param>
    /// <returns>The states after it, the first of which is shown.</returns>
    public static T[] Step<T>(RecurrentCell cell, T given, T[] states, T weight, T bias) where T : struct, IArray<T>
    {
        long units = weight.Size(1);
        T own = states[0].Linear(weight, bias, ForwardMode.Prediction);
        if (cell == RecurrentCell.Gru)
        {
            T both = Gates(given, 0, 2) + Gates(own, 0, 2);
            T next = default(RecurrentGates.New).Of(Gates(own, 2, 1), Gates(both, 0, 1), Gates(given, 2, 1));
            return [default(RecurrentGates.Mixed).Of(states[0], Gates(both, 1, 1), next)];
        }
        T gates = default(RecurrentGates.Sum).Of(own, given);
        T candidate = default(RecurrentGates.Candidate).Of(Gates(gates, 2, 1), Gates(gates, 0, 1));
        T memory = default(RecurrentGates.Memory).Of(states[1], Gates(gates, 1, 1), candidate);
        return [default(RecurrentGates.Shown).Of(Gates(gates, 3, 1), memory), memory];

        T Gates(T all, int first, int count) => all.Narrow(1, first * units, count * units);
    }

    /// <summary>All steps of one direction: <c>[T, B, I]</c> to <c>[T, B, H]</c>.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="input">The numbers of the steps.</param>
    /// <param name="states">The states before the first, <c>[B, H]</c> each.</param>
    /// <param name="weights">See <see cref="Tensors"/>.</param>
    /// <param name="isBackward">Whether the last step comes first.</param>
    public static T Of<T>(RecurrentCell cell, T input, T[] states, ReadOnlySpan<T> weights, bool isBackward)
        where T : struct, IArray<T>
    {
        (int steps, long size) = ((int)input.Size(0), weights[1].Size(0));
        T given = input.Reshape(-1, input.Size(2)).Linear(weights[0], weights[2], ForwardMode.Prediction)
            .Reshape(steps, -1, size);
        var shown = new T[steps];
        for (int i = 0; i < steps; i++)
        {
            int step = isBackward ? steps - 1 - i : i;
            states = Step(cell, given.Narrow(0, step, 1).Reshape(-1, size), states, weights[1], weights[3]);
            shown[step] = states[0].Reshape(1, -1, weights[1].Size(1));
        }
        return T.Concat(shown, 0);
    }
}
