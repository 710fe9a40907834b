using System.Globalization;
using Ml.Autoencoders.Networks;

namespace Ml.Autoencoders;

/// <summary>The sequence that the numbers of a row form: step by step, and at each step a number for each
/// channel.</summary>
public sealed record SequenceFormat
{
    /// <param name="steps">Points in time, at least 1.</param>
    /// <param name="channels">Numbers per step, at least 1. A sequence can have at most 536,870,897 numbers.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public SequenceFormat(int steps, int channels = 1)
    {
        Check(steps, channels, Place.Call(nameof(SequenceFormat)));
        Steps = steps;
        Channels = channels;
    }

    /// <summary>Points in time, T.</summary>
    public int Steps { get; }

    /// <summary>Numbers per step, C.</summary>
    public int Channels { get; }

    /// <summary>Numbers of a row.</summary>
    internal int Count => Steps * Channels;

    /// <summary>The dimensions of a column of such sequences.</summary>
    internal int[] Dimensions => [Steps, Channels];

    /// <summary>What the sequence is, in a phrase: <c>60 x 8 (steps x channels)</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Steps} x {Channels} (steps x channels)");

    /// <summary>That of rows that lie between layers as <c>[C, T]</c>.</summary>
    internal static SequenceFormat Of(Shape shape) => new(shape.Dimensions[1], shape.Dimensions[0]);

    /// <summary>Checks the sizes of a sequence.</summary>
    internal static void Check(int steps, int channels, Place place)
    {
        Require.AtLeast(steps, 1, place, nameof(steps));
        Require.AtLeast(channels, 1, place, nameof(channels));
        if ((long)steps * channels > Limits.Numbers)
            throw place.Error(nameof(steps), string.Create(CultureInfo.InvariantCulture,
                $"is {steps}, with {channels} channels; a sequence can have at most {Limits.Numbers:N0} numbers."));
    }
}
