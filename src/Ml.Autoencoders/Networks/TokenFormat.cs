using System.Globalization;

namespace Ml.Autoencoders.Networks;

/// <summary>The tokens that a row is: a key at each step, 0 where it is missing.</summary>
/// <param name="Steps">Keys of a row, T.</param>
/// <param name="Classes">Different keys, V.</param>
internal sealed record TokenFormat(int Steps, int Classes)
{
    /// <summary>Log-odds that a decoder gives for a row.</summary>
    public long Logits => (long)Steps * Classes;

    /// <summary>Checks the sizes. An encoder takes one class more, that of keys that are not known.</summary>
    /// <exception cref="FormatException">One is out of its range, and is from a file.</exception>
    /// <exception cref="ArgumentException">One is, and a caller gave it.</exception>
    public static void Check(int steps, int classes, Place place)
    {
        Require.AtLeast(steps, 1, place, nameof(Steps));
        Require.Within(classes, 1, Limits.Width - 1, place, nameof(Classes));
        if (steps * (classes + 1L) > Limits.Numbers)
            throw place.Error(nameof(Steps), string.Create(CultureInfo.InvariantCulture,
                $"is {steps}, of {classes} classes; steps times classes, and one class more, can be at most " +
                $"{Limits.Numbers:N0}."));
    }

    public override string ToString() => FormattableString.Invariant($"{Steps} keys of {Classes}");
}
