using System.Runtime.InteropServices;

namespace Ml.Autoencoders.Music;

/// <summary>Cuts the voices of one piece into windows.</summary>
internal sealed class WindowCutter(string piece, MelodyReaderOptions options, FileBudget budget)
{
    /// <summary>Keys of the windows so far: the arrays that these hold, and no copies.</summary>
    private readonly HashSet<uint[]> _seen = new(new SameKeys());

    /// <summary>The windows of a voice. Those that the piece has given before are left out.</summary>
    /// <exception cref="FormatException">There are more than the file has left.</exception>
    public MelodySet Cut(Voice voice)
    {
        var windows = new List<MelodyWindow>();
        var skipped = new SortedDictionary<MelodyRule, int>();
        int places = voice.Bars.Length - options.Bars + 1;
        if (places <= 0)
            skipped.Add(voice.Bars.Min() ?? MelodyRule.TooShort, 1);
        int note = 0;
        for (int bar = 0; bar < places; bar++)
        {
            int start = bar * MelodyKeys.StepsPerBar;
            while (note < voice.Notes.Length && voice.Notes[note].End <= start)
                note++;
            if (Rule(voice, bar, note, out uint[] keys) is { } rule)
                skipped[rule] = skipped.GetValueOrDefault(rule) + 1;
            else
            {
                budget.TakeSteps(keys.Length);
                windows.Add(new MelodyWindow(keys, piece, voice.Name, bar));
            }
        }
        return new MelodySet(windows,
            [new MelodySource(piece, voice.Name, windows.Count, skipped, Fault: null)]);
    }

    /// <summary>The first rule that a window breaks, or its keys.</summary>
    private MelodyRule? Rule(Voice voice, int bar, int first, out uint[] keys)
    {
        keys = [];
        if (FirstOf(voice.Bars.AsSpan(bar, options.Bars)) is { } rule)
            return rule;
        int start = bar * MelodyKeys.StepsPerBar;
        int steps = options.Bars * MelodyKeys.StepsPerBar;
        var notes = new List<MelodyNote>();
        for (int i = first; i < voice.Notes.Length && voice.Notes[i].Start < start + steps; i++)
        {
            MelodyNote note = voice.Notes[i];
            if (note.Pitch is < MelodyKeys.LowestPitch or > MelodyKeys.HighestPitch)
                return MelodyRule.OutOfRange;
            // A note that sounds when the window begins starts there.
            int from = Math.Max(note.Start - start, 0);
            notes.Add(new MelodyNote(from, Math.Min(note.End - start, steps) - from, note.Pitch));
        }
        if (notes.Count < options.MinimumNotes)
            return MelodyRule.TooFewNotes;
        keys = Melody.FromNotes(notes, steps);
        return _seen.Add(keys) ? null : MelodyRule.Repeated;
    }
    private static MelodyRule? FirstOf(ReadOnlySpan<MelodyRule?> bars)
    {
        MelodyRule? first = null;
        foreach (MelodyRule? bar in bars)
        {
            if (first is null || bar < first)
                first = bar;
        }
        return first;
    }

    private sealed class SameKeys : IEqualityComparer<uint[]>
    {
        public bool Equals(uint[]? x, uint[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(uint[] obj)
        {
            var hash = new HashCode();
            hash.AddBytes(MemoryMarshal.AsBytes(obj.AsSpan()));
            return hash.ToHashCode();
        }
    }
}
