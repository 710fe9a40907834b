namespace Ml.Autoencoders.Music.Abc;

/// <summary>From bars as they are played to steps.</summary>
internal static class AbcMeasures
{
    private const int Steps = MelodyKeys.StepsPerBar;

    /// <summary>A voice. Two short bars that make a full one, as where a part ends before the upbeat of the next, are
    /// one bar. Notes of bars that do not fit are left out.</summary>
    public static Voice ToVoice(string name, IReadOnlyList<AbcBar> bars)
    {
        var rules = new List<MelodyRule?>();
        var notes = new List<MelodyNote>();
        for (int i = 0; i < bars.Count; i++)
        {
            AbcBar bar = bars[i];
            bool isJoined = i + 1 < bars.Count && IsPart(bar) && IsPart(bars[i + 1])
                && bar.Length + bars[i + 1].Length == AbcTime.Whole;
            MelodyRule? rule = Rule(bar) is MelodyRule.NotFull && isJoined ? Aligned(bar) ?? Aligned(bars[i + 1])
                : Rule(bar);
            if (rule is null)
            {
                Add(bar, rules.Count * Steps, notes);
                if (isJoined)
                    Add(bars[i + 1], rules.Count * Steps + (int)(bar.Length / AbcTime.Step), notes);
            }
            if (isJoined)
                i++;
            rules.Add(rule);
        }
        return new Voice(name, [.. rules], [.. notes]);
    }

    private static bool IsPart(AbcBar bar) => bar is { IsWhole: true, Rule: null, Length: < AbcTime.Whole };

    private static MelodyRule? Rule(AbcBar bar) =>
        !bar.IsWhole ? MelodyRule.OtherMeter
        : bar.Rule ?? (bar.Length != AbcTime.Whole ? MelodyRule.NotFull : Aligned(bar));

    private static MelodyRule? Aligned(AbcBar bar) =>
        bar.Length % AbcTime.Step != 0
        || bar.Notes.Any(note => note.Start % AbcTime.Step != 0 || note.Length % AbcTime.Step != 0)
            ? MelodyRule.OffGrid : null;

    private static void Add(AbcBar bar, int first, List<MelodyNote> notes)
    {
        foreach (AbcNote note in bar.Notes)
        {
            int start = first + (int)(note.Start / AbcTime.Step);
            int length = (int)(note.Length / AbcTime.Step);
            // What is tied to a note that is not there, by a repeat or beside a bar that is left out, starts.
            if (note.IsTied && notes is [.., var last] && last.Pitch == note.Pitch && last.End == start)
                notes[^1] = last with { Length = last.Length + length };
            else
                notes.Add(new MelodyNote(start, length, note.Pitch));
        }
    }
}
