using Ml.Autoencoders.Music;

namespace Melodies;

/// <summary>Melodies with much of an attribute, and with little.</summary>
internal sealed record Extremes(IReadOnlyList<uint[]> Most, IReadOnlyList<uint[]> Least)
{
    /// <summary>The quarter that has most of an attribute and the quarter that has least; where most melodies have
    /// the same, those that have more, and those.</summary>
    /// <param name="melodies">At least one.</param>
    /// <param name="attribute">One of the names of <see cref="MelodyAttributes"/>.</param>
    /// <returns>Null where no melody has more.</returns>
    public static Extremes? Of(IReadOnlyList<uint[]> melodies, string attribute)
    {
        (uint[] Keys, double Value)[] measured =
            [.. melodies.Select(keys => (keys, Measure(keys, attribute))).OrderBy(melody => melody.Item2)];
        double little = measured[(measured.Length - 1) / 4].Value;
        double much = measured[(measured.Length - 1) * 3 / 4].Value;
        bool isCommon = little == much;
        uint[][] most = [.. measured.Where(melody => isCommon ? melody.Value > much : melody.Value >= much)
            .Select(melody => melody.Keys)];
        return most.Length == 0 ? null
            : new(most, [.. measured.Where(melody => melody.Value <= little).Select(melody => melody.Keys)]);
    }

    /// <summary>How much of an attribute a melody has.</summary>
    public static double Measure(IReadOnlyList<uint> keys, string attribute) =>
        MelodyAttributes.Of(keys).Values[MelodyAttributes.Names.ToList().IndexOf(attribute)];
}
