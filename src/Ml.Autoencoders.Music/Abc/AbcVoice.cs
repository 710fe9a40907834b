namespace Ml.Autoencoders.Music.Abc;

/// <summary>A voice of a tune while it is read: its bars so far, and what holds for the notes to come.</summary>
internal sealed class AbcVoice(AbcKey key, long unit, bool isWhole, FileBudget budget)
{
    /// <summary>Longer than any note: a whole bar of 4/4 for a minute.</summary>
    private const long Longest = 64;

    private readonly List<AbcBar> _bars = [];

    /// <summary>Accidentals hold until the end of the bar for a letter, in all octaves, as the standard asks.</summary>
    private readonly Dictionary<char, int> _accidentals = [];

    private AbcBar _bar = new(isWhole);
    private bool _isWhole = isWhole;

    /// <summary>The note before the pending one, where it is tied to it.</summary>
    private AbcPitch? _tied;

    /// <summary>The length of the next note, in parts of 16: a broken rhythm before it changes it.</summary>
    private int _factor = 16;

    /// <summary>The last note or chord, until a broken rhythm behind it or the next one decides how long it
    /// is.</summary>
    private (AbcPitch? Pitch, long Length, bool IsTiedOn)? _pending;

    public AbcKey Key { get; set; } = key;

    /// <summary>Ticks of a note without a length of its own.</summary>
    public long Unit { get; set; } = unit;

    public void SetMeter(string meter)
    {
        _isWhole = AbcTime.IsWhole(meter);
        Flush();
        if (_bar.IsEmpty)
            _bar.IsWhole = _isWhole;
    }

    /// <summary>A note or, without a pitch, a rest.</summary>
    /// <param name="pitch">What stands in the tune; null for a rest.</param>
    /// <param name="numerator">Of its length in units.</param>
    /// <param name="denominator">Of its length in units, at least 1.</param>
    public void Add(AbcPitch? pitch, long numerator, long denominator)
    {
        Flush();
        if (numerator < 1 || denominator < 1 || numerator > Longest * AbcTime.Whole / Unit * denominator)
        {
            throw new FormatException($"a note has the length {numerator}/{denominator}; it must be above 0 and at " +
                $"most {Longest} whole notes.");
        }
        (long length, long rest) = Math.DivRem(Unit * numerator * _factor, denominator * 16);
        if (rest != 0)
            _bar.Break(MelodyRule.OffGrid);
        _factor = 16;
        _pending = (pitch, length, false);
    }

    /// <summary>The note before is longer, the one behind shorter by half, or the other way round.</summary>
    /// <param name="signs">How many signs: each halves again. Below 0 where the first note is the shorter one.</param>
    public void BreakRhythm(int signs)
    {
        const int Most = 3;
        if (_pending is not { } last)
            return;
        int longer = 32 - (16 >> Math.Min(Math.Abs(signs), Most));
        int before = signs > 0 ? longer : 32 - longer;
        (long length, long rest) = Math.DivRem(last.Length * before, 16);
        if (rest != 0)
            _bar.Break(MelodyRule.OffGrid);
        _pending = last with { Length = length };
        _factor = 32 - before;
    }

    /// <summary>The note before sounds on in the next one.</summary>
    public void Tie()
    {
        if (_pending is { } last)
            _pending = last with { IsTiedOn = true };
    }

    /// <summary>Rests of whole bars.</summary>
    public void RestBars(long bars)
    {
        if (bars is < 1 or > AbcScore.MostBars)
            throw new FormatException($"a rest lasts {bars} bars; it must last from 1 to {AbcScore.MostBars}.");
        Flush();
        _tied = null;
        for (long i = 0; i < bars; i++)
        {
            _bar.Rest(AbcTime.Whole);
            if (i + 1 < bars)
                EndBar();
        }
    }

    /// <summary>Something in the bar has no place in windows.</summary>
    public void Break(MelodyRule rule) => _bar.Break(rule);

    /// <summary>A bar line.</summary>
    public void EndBar(bool endsRepeat = false, bool startsRepeat = false, bool endsSection = false, int endings = 0)
    {
        Flush();
        _accidentals.Clear();
        if (!_bar.IsEmpty)
        {
            if (_bars.Count == AbcScore.MostBars)
                throw new FormatException($"there are more than {AbcScore.MostBars} bars; at most so many are read.");
            budget.TakeBar();
            _bars.Add(_bar);
            _bar = new AbcBar(_isWhole);
        }
        if (_bars is [.., var last])
        {
            last.EndsRepeat |= endsRepeat;
            last.EndsSection |= endsSection;
        }
        _bar.StartsRepeat |= startsRepeat;
        _bar.Endings |= endings;
    }

    /// <summary>All bars; the last one needs no line behind it.</summary>
    public IReadOnlyList<AbcBar> Finish()
    {
        EndBar();
        return _bars;
    }

    /// <summary>Semitones of a note from C4, with the accidentals that hold for it.</summary>
    public int Semitones(AbcPitch note)
    {
        if (note.Accidental is { } own)
            _accidentals[note.Letter] = own;
        else if (TiedOn is { } tied && tied.Letter == note.Letter && tied.Octave == note.Octave)
            return tied.Semitones;
        return note.Natural + (_accidentals.TryGetValue(note.Letter, out int held) ? held : Key[note.Letter]);
    }

    /// <summary>The note that the next one is tied to.</summary>
    private AbcPitch? TiedOn => _pending is not { } last ? _tied : last.IsTiedOn ? last.Pitch : null;

    private void Flush()
    {
        if (_pending is not { } note)
            return;
        _pending = null;
        if (note.Pitch is { } pitch)
            _bar.Add(pitch.Semitones, note.Length, _tied?.Semitones == pitch.Semitones);
        else
            _bar.Rest(note.Length);
        _tied = note.IsTiedOn ? note.Pitch : null;
    }
}
