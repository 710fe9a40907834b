using Ml.Autoencoders.Music;

namespace Ml.Autoencoders.Tests.Music;

/// <summary>Melodies as words: a name each step, with a dot for "hold" and a minus for "off".</summary>
internal static class Keys
{
    private static readonly Dictionary<string, uint> Numbers = MelodyKeys.Names
        .Select((name, index) => (name, (uint)index + 1))
        .Append((".", MelodyKeys.Hold)).Append(("-", MelodyKeys.Off))
        .ToDictionary(pair => pair.Item1, pair => pair.Item2);

    public static uint[] Of(string words) =>
        [.. words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => Numbers[word])];

    public static string Words(IEnumerable<uint> keys) => string.Join(' ', keys.Select(key => key switch
    {
        0 => "?",
        MelodyKeys.Hold => ".",
        MelodyKeys.Off => "-",
        _ => MelodyKeys.Names[(int)key - 1],
    }));

    /// <summary>A melody of any keys but missing ones. "Off" stands where it means something: while a note
    /// sounds.</summary>
    public static uint[] Random(Random random, int steps)
    {
        var keys = new uint[steps];
        for (int step = 0; step < steps; step++)
            keys[step] = random.Next(2) == 0 ? MelodyKeys.Hold : (uint)random.Next(1, MelodyKeys.Count + 1);
        return Melody.FromNotes(Melody.Notes(keys), steps);
    }
}
