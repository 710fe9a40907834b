using Ml.Autoencoders.Music;

namespace Melodies;

/// <summary>More melodies to learn from: the same ones in other keys.</summary>
internal static class Transpositions
{
    private const int Furthest = 5;

    /// <summary>Of more rows an epoch would be long, and many melodies are in many keys as they are.</summary>
    private const int EnoughRows = 20_000;

    /// <summary>Each melody as it is, and moved by some of -5 to 5 semitones, drawn at random: by all of them, unless
    /// that makes more than 20,000 rows.</summary>
    public static IReadOnlyList<uint[]> Of(IReadOnlyList<MelodyWindow> melodies, int seed)
    {
        int[] shifts = [.. Enumerable.Range(-Furthest, 2 * Furthest + 1).Where(shift => shift != 0)];
        int copies = Math.Clamp(EnoughRows / melodies.Count - 1, 0, shifts.Length);
        var random = new Random(seed);
        var rows = new List<uint[]>();
        foreach (uint[] keys in melodies.Select(window => window.Keys))
        {
            (int down, int up) = Melody.TranspositionRange(keys);
            random.Shuffle(shifts);
            rows.Add(keys);
            rows.AddRange(shifts.Take(copies).Where(shift => shift >= down && shift <= up)
                .Select(shift => Melody.Transpose(keys, shift)));
        }
        return rows;
    }
}
