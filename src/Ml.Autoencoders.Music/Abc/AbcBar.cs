namespace Ml.Autoencoders.Music.Abc;

/// <summary>What stands between two bar lines.</summary>
internal sealed class AbcBar(bool isWhole)
{
    /// <summary>No bar that fits has more: shorter notes are not in steps.</summary>
    private const int MostNotes = 64;

    private readonly List<AbcNote> _notes = [];

    /// <summary>Whether its meter asks for a whole note.</summary>
    public bool IsWhole { get; set; } = isWhole;

    /// <summary>Ticks of its notes and rests.</summary>
    public long Length { get; private set; }

    /// <summary>What keeps it out of windows, apart from its length.</summary>
    public MelodyRule? Rule { get; private set; }

    public bool StartsRepeat { get; set; }

    public bool EndsRepeat { get; set; }

    /// <summary>Whether a thick or a double line follows.</summary>
    public bool EndsSection { get; set; }

    /// <summary>In which passes of a repeat it begins an ending, bit n - 1 for pass n; 0 where it begins
    /// none.</summary>
    public int Endings { get; set; }

    public IReadOnlyList<AbcNote> Notes => _notes;

    public bool IsEmpty => Length == 0 && Rule is null;

    public void Break(MelodyRule rule) => Rule ??= rule;

    public void Rest(long length) => Length += length;

    /// <summary>Adds a note, or lengthens the last one where it is tied to it.</summary>
    public void Add(int pitch, long length, bool isTied)
    {
        if (isTied && _notes is [.., var last] && last.Pitch == pitch && last.End == Length)
            _notes[^1] = last with { Length = last.Length + length };
        else if (_notes.Count == MostNotes)
            Break(MelodyRule.OffGrid);
        else
            _notes.Add(new AbcNote(Length, length, pitch, isTied));
        Length += length;
    }
}
