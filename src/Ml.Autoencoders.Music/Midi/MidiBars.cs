namespace Ml.Autoencoders.Music.Midi;

/// <summary>The bars of a song, by its time signatures, and the steps of notes in them.</summary>
internal sealed class MidiBars
{
    /// <summary>More than any piece has; a few bytes of a file can ask for billions.</summary>
    public const int Most = 10_000;

    private readonly List<Bar> _bars = [];

    /// <summary>Bars up to an end. Without a time signature, they are of 4/4, as the standard says. A time signature
    /// begins a bar, wherever it is.</summary>
    /// <exception cref="FormatException">There are too many.</exception>
    public MidiBars(IEnumerable<TimeSignature> signatures, int ticksPerQuarter, long end)
    {
        // Of several at the same tick the last one holds.
        TimeSignature[] ordered = [.. signatures.GroupBy(signature => signature.Tick)
            .Select(same => same.Last()).OrderBy(signature => signature.Tick)];
        if (ordered is not [{ Tick: 0 }, ..])
            ordered = [new TimeSignature(0, 4, 4), .. ordered];
        for (int i = 0; i < ordered.Length; i++)
        {
            TimeSignature signature = ordered[i];
            long stop = i + 1 < ordered.Length ? Math.Min(ordered[i + 1].Tick, end) : end;
            long length = 4L * ticksPerQuarter * signature.Numerator / signature.Denominator;
            if (length == 0)
            {
                throw new FormatException($"a bar of {signature.Numerator}/{signature.Denominator} is shorter than a " +
                    $"tick; a quarter note has {ticksPerQuarter}.");
            }
            for (long start = signature.Tick; start < stop; start += length)
            {
                if (_bars.Count == Most)
                    throw new FormatException($"its notes take more than {Most} bars; at most {Most} are read.");
                _bars.Add(new Bar(start, length, !signature.IsWhole ? MelodyRule.OtherMeter
                    : start + length > stop && stop < end ? MelodyRule.NotFull : null));
            }
        }
    }

    /// <summary>The highest of the notes that start together, each until the next one starts.</summary>
    /// <param name="name">Of the voice.</param>
    /// <param name="notes">Of one channel of a track.</param>
    /// <param name="isPercussion">Whether its pitches are instruments.</param>
    /// <param name="tolerance">How far from a step a note may start, in steps.</param>
    public Voice Voice(string name, IEnumerable<TimedNote> notes, bool isPercussion, float tolerance)
    {
        MelodyRule?[] rules = [.. _bars.Select(bar => isPercussion ? MelodyRule.Percussion : bar.Rule)];
        var placed = new List<MelodyNote>();
        foreach (TimedNote note in notes)
        {
            (int bar, double exact) = Locate(note.Start);
            double step = Math.Round(exact, MidpointRounding.AwayFromZero);
            if (Math.Abs(exact - step) > tolerance)
                rules[bar] ??= MelodyRule.OffGrid;
            int start = bar * MelodyKeys.StepsPerBar + (int)step;
            (int last, double end) = Locate(note.End);
            int stop = last * MelodyKeys.StepsPerBar + (int)Math.Round(end, MidpointRounding.AwayFromZero);
            // A note at the very end may be moved to where no bar is.
            if (start < rules.Length * MelodyKeys.StepsPerBar)
                placed.Add(new MelodyNote(start, Math.Max(stop - start, 1), note.Pitch));
        }
        return new Voice(name, rules, OneAtATime(placed));
    }

    private static MelodyNote[] OneAtATime(List<MelodyNote> notes)
    {
        MelodyNote[] highest = [.. notes.GroupBy(note => note.Start)
            .Select(together => together.MaxBy(note => note.Pitch)).OrderBy(note => note.Start)];
        for (int i = 0; i + 1 < highest.Length; i++)
        {
            int most = highest[i + 1].Start - highest[i].Start;
            highest[i] = highest[i] with { Length = Math.Min(highest[i].Length, most) };
        }
        return highest;
    }

    /// <summary>The bar of a tick, and where in it the tick is, in steps of a sixteenth of the bar.</summary>
    private (int Bar, double Step) Locate(long tick)
    {
        int low = 0;
        int high = _bars.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (_bars[middle].Start <= tick)
                low = middle;
            else
                high = middle - 1;
        }
        Bar bar = _bars[low];
        return (low, Math.Min((tick - bar.Start) * (double)MelodyKeys.StepsPerBar / bar.Length,
            MelodyKeys.StepsPerBar));
    }

    private readonly record struct Bar(long Start, long Length, MelodyRule? Rule);
}
