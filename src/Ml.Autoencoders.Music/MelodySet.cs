namespace Ml.Autoencoders.Music;

/// <summary>Windows of melodies, and what each source gave.</summary>
/// <param name="Windows">In the order of sources and bars.</param>
/// <param name="Sources">Every file, tune and voice that was read, also those that gave nothing.</param>
public sealed record MelodySet(IReadOnlyList<MelodyWindow> Windows, IReadOnlyList<MelodySource> Sources)
{
    /// <summary>What is wrong with sources, a line each.</summary>
    public IEnumerable<string> Faults => Sources.Select(source => source.Fault).OfType<string>();

    /// <summary>How many places each rule cost in all sources together; rules that cost none are left out.</summary>
    public IReadOnlyDictionary<MelodyRule, int> Skipped => Sources.SelectMany(source => source.Skipped)
        .GroupBy(rule => rule.Key, rule => rule.Value)
        .OrderBy(rule => rule.Key)
        .ToDictionary(rule => rule.Key, rule => rule.Sum());

    internal static MelodySet Of(IEnumerable<MelodySet> parts)
    {
        MelodySet[] all = [.. parts];
        return new([.. all.SelectMany(part => part.Windows)], [.. all.SelectMany(part => part.Sources)]);
    }

    internal static MelodySet OfFault(string piece, string fault) => new([],
        [new MelodySource(piece, "", 0, new Dictionary<MelodyRule, int>(), $"{piece}: {fault}")]);
}
