using System.Globalization;
using Ml.Autoencoders.Arrays;

namespace Ml.Autoencoders.Networks;

/// <summary>What recurrent layers have in common: their tensors, and how large they may be.</summary>
internal static class RecurrentNumbers
{
    /// <summary>
    /// The tensors of a cell, with the names and in the order of PyTorch's modules, which also begin as uniform numbers
    /// within ±1/√H.
    /// </summary>
    /// <param name="cell">The cell.</param>
    /// <param name="inputs">Numbers of a step, I.</param>
    /// <param name="units">Numbers of a state, H.</param>
    /// <param name="suffix">What follows the names.</param>
    public static ParameterSpec[] OfCell(RecurrentCell cell, long inputs, long units, string suffix)
    {
        long gates = RecurrentGates.Count(cell) * units;
        Initialization values = Initialization.FanIn(units);
        return
        [
            new($"weight_ih_{suffix}", [gates, inputs], values),
            new($"weight_hh_{suffix}", [gates, units], values),
            new($"bias_ih_{suffix}", [gates], values),
            new($"bias_hh_{suffix}", [gates], values),
        ];
    }

    /// <summary>The gates of all steps, which are computed before the first, or what all steps are given, where that is
    /// more.</summary>
    public static double Held(RecurrentCell cell, long steps, long units, long inputs) =>
        (double)steps * Math.Max(RecurrentGates.Count(cell) * units, inputs);

    /// <summary>Checks that these can be held.</summary>
    /// <exception cref="NetworkException">They cannot.</exception>
    public static void RequireRoom(Layer layer, long steps, double count)
    {
        if (count > Limits.Numbers)
            throw new NetworkException(string.Create(CultureInfo.InvariantCulture,
                $"{layer} needs {count:N0} numbers for what {steps:N0} steps are given; at most {Limits.Numbers:N0} ") +
                "are possible.");
    }
}
