using NAudio.Midi;

namespace Ml.Autoencoders.Music.Midi;

/// <summary>The notes of a track, by channel.</summary>
internal sealed class MidiTrack
{
    private const int MetaEvent = 0xFF;
    private const int Pitches = 128;

    private readonly SortedDictionary<int, List<TimedNote>> _channels = [];

    /// <summary>Which note of a channel sounds at a pitch; -1 for none.</summary>
    private readonly Dictionary<int, int[]> _sounding = [];
    private readonly int _ticksPerQuarter;
    private readonly List<TimeSignature> _signatures;
    private long _tick;
    private long _lastNoteEvent;

    private MidiTrack(int ticksPerQuarter, List<TimeSignature> signatures)
    {
        _ticksPerQuarter = ticksPerQuarter;
        _signatures = signatures;
    }

    /// <summary>In the order of their starts. Channels count from 1.</summary>
    public IReadOnlyDictionary<int, List<TimedNote>> Channels => _channels;

    /// <summary>Reads a track, and adds its time signatures to those of the song.</summary>
    /// <exception cref="FormatException">It is damaged.</exception>
    public static MidiTrack Read(byte[] file, int from, int length, int number, int ticksPerQuarter,
        List<TimeSignature> signatures)
    {
        var track = new MidiTrack(ticksPerQuarter, signatures);
        using var stream = new MemoryStream(file, from, length, writable: false);
        using var reader = new BinaryReader(stream);
        long at = 0;
        try
        {
            MidiEvent? last = null;
            while (stream.Position < length)
            {
                at = stream.Position;
                last = track.ReadEvent(reader, last, out bool isEnd);
                if (isEnd)
                    break;
            }
        }
        catch (EndOfStreamException fault)
        {
            throw new FormatException($"track {number} ends within the event at its byte {at}.", fault);
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or InvalidDataException)
        {
            throw new FormatException($"track {number} has no event of MIDI at its byte {at}: {OneLine(fault)}",
                fault);
        }
        track.CloseAll();
        track.DropEmpty();
        return track;
    }

    /// <summary>The event after which running status goes on: notes and controls, nothing else.</summary>
    private MidiEvent? ReadEvent(BinaryReader reader, MidiEvent? last, out bool isEnd)
    {
        Stream stream = reader.BaseStream;
        long at = stream.Position;
        _tick += MidiEvent.ReadVarInt(reader);
        int status = reader.ReadByte();
        isEnd = false;
        if (status >= 0xF0)
        {
            isEnd = ReadOther(reader, status);
            return last;
        }
        // Read again, with the status: only events without a length of their own, which take no memory, are left to
        // the package.
        stream.Position = at;
        MidiEvent read = MidiEvent.ReadNextEvent(reader, last);
        if (read.CommandCode is MidiCommandCode.NoteOn or MidiCommandCode.NoteOff)
            Add((NoteEvent)read);
        return read;
    }

    /// <summary>Events with a length: of them, only time signatures and the end of the track matter.</summary>
    /// <returns>Whether it is the end of the track.</returns>
    private bool ReadOther(BinaryReader reader, int status)
    {
        Stream stream = reader.BaseStream;
        if (status is not (MetaEvent or 0xF0 or 0xF7))
            throw new FormatException($"status 0x{status:X2} has no place in a file.");
        MetaEventType kind = status == MetaEvent ? (MetaEventType)reader.ReadByte() : default;
        int length = MidiEvent.ReadVarInt(reader);
        if (length > stream.Length - stream.Position)
            throw new EndOfStreamException();
        long next = stream.Position + length;
        if (status == MetaEvent && kind == MetaEventType.TimeSignature)
            AddSignature(reader, length);
        stream.Position = next;
        return status == MetaEvent && kind == MetaEventType.EndTrack;
    }

    private void AddSignature(BinaryReader reader, int length)
    {
        const int Finest = 6;
        if (length < 2)
            throw new FormatException($"a time signature has {length} bytes; it must have 4.");
        int numerator = reader.ReadByte();
        int power = reader.ReadByte();
        if (numerator == 0 || power > Finest)
            throw new FormatException($"a time signature is {numerator}/2^{power}; it must be at least 1/64.");
        _signatures.Add(new TimeSignature(_tick, numerator, 1 << power));
    }

    /// <summary>A note that starts ends the one that sounds at its pitch.</summary>
    private void Add(NoteEvent note)
    {
        _lastNoteEvent = _tick;
        if (!_sounding.TryGetValue(note.Channel, out int[]? sounding))
        {
            sounding = new int[Pitches];
            Array.Fill(sounding, -1);
            _sounding.Add(note.Channel, sounding);
        }
        if (sounding[note.NoteNumber] >= 0)
        {
            List<TimedNote> notes = _channels[note.Channel];
            int open = sounding[note.NoteNumber];
            notes[open] = notes[open] with { End = _tick };
            sounding[note.NoteNumber] = -1;
        }
        if (!MidiEvent.IsNoteOn(note))
            return;
        if (!_channels.TryGetValue(note.Channel, out List<TimedNote>? own))
            _channels.Add(note.Channel, own = []);
        sounding[note.NoteNumber] = own.Count;
        own.Add(new TimedNote(_tick, _tick, note.NoteNumber));
    }

    /// <summary>Notes that nothing ends last as long as others of the track, at least a sixteenth.</summary>
    private void CloseAll()
    {
        foreach ((int channel, int[] sounding) in _sounding)
        {
            foreach (int open in sounding.Where(open => open >= 0))
            {
                TimedNote note = _channels[channel][open];
                _channels[channel][open] =
                    note with { End = Math.Max(_lastNoteEvent, note.Start + Math.Max(_ticksPerQuarter / 4, 1)) };
            }
        }
    }

    /// <summary>Notes that end at the tick they start at are none.</summary>
    private void DropEmpty()
    {
        foreach ((int channel, List<TimedNote> notes) in _channels.ToArray())
        {
            notes.RemoveAll(note => note.End <= note.Start);
            if (notes.Count == 0)
                _channels.Remove(channel);
        }
    }

    private static string OneLine(Exception fault) => fault.Message.ReplaceLineEndings(" ");
}
