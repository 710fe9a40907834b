using System.Buffers.Binary;

namespace Ml.Autoencoders.Music.Midi;

/// <summary>What a MIDI file holds of notes and bars.</summary>
internal sealed class MidiSong
{
    private const int HeaderBytes = 6;
    private const int ChunkBytes = 8;
    private const int MostTracks = 1_024;
    private const int MostVoices = 256;

    /// <summary>MIDI counts channels from 1 in words, and from 0 in bytes.</summary>
    private const int PercussionChannel = 10;

    private readonly List<MidiTrack> _tracks = [];
    private readonly List<TimeSignature> _signatures = [];
    private readonly int _ticksPerQuarter;

    private MidiSong(int ticksPerQuarter) => _ticksPerQuarter = ticksPerQuarter;

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">It is damaged or of a kind that is not read.</exception>
    public static MidiSong Read(byte[] file)
    {
        if (file.Length == 0)
            throw new FormatException("the file is empty; a MIDI file begins with 'MThd'.");
        if (file.Length < ChunkBytes + HeaderBytes || !file.AsSpan().StartsWith("MThd"u8))
            throw new FormatException("the file does not begin with the header 'MThd' of a MIDI file.");
        uint length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(4));
        if (length < HeaderBytes || length > file.Length - ChunkBytes)
            throw new FormatException($"the header has {length} bytes; a MIDI file has a header of {HeaderBytes}.");
        ReadOnlySpan<byte> header = file.AsSpan(ChunkBytes);
        int format = BinaryPrimitives.ReadUInt16BigEndian(header);
        int tracks = BinaryPrimitives.ReadUInt16BigEndian(header[2..]);
        int division = BinaryPrimitives.ReadUInt16BigEndian(header[4..]);
        if (format is not (0 or 1))
            throw new FormatException($"the file has MIDI format {format}; formats 0 and 1 are read.");
        if (tracks > MostTracks)
            throw new FormatException($"the file has {tracks} tracks; at most {MostTracks} are read.");
        if (division >= 0x8000)
            throw new FormatException("time is in frames of SMPTE; it must be in ticks of a quarter note.");
        if (division == 0)
            throw new FormatException("a quarter note has 0 ticks; it must have at least 1.");
        var song = new MidiSong(division);
        song.ReadTracks(file, ChunkBytes + (int)length, tracks);
        if (song._tracks.All(track => track.Channels.Count == 0))
            throw new FormatException("the file has no notes.");
        return song;
    }

    /// <summary>The voices: each channel of each track that holds notes.</summary>
    /// <param name="tolerance">How far from a step a note may start, in steps.</param>
    public IReadOnlyList<Voice> Voices(float tolerance)
    {
        (int Track, int Channel, List<TimedNote> Notes)[] parts = [.. _tracks.SelectMany((track, number) =>
            track.Channels.Select(channel => (number + 1, channel.Key, channel.Value)))];
        if (parts.Length > MostVoices)
            throw new FormatException($"the file has {parts.Length} voices; at most {MostVoices} are read.");
        long end = parts.Max(part => part.Notes.Max(note => note.End));
        var bars = new MidiBars(_signatures, _ticksPerQuarter, end);
        return [.. parts.Select(part => bars.Voice(
            parts.Length == 1 ? "" : $"track {part.Track}, channel {part.Channel}", part.Notes,
            part.Channel == PercussionChannel, tolerance))];
    }

    /// <summary>Chunks of other kinds are passed over, as the standard asks.</summary>
    private void ReadTracks(byte[] file, int at, int tracks)
    {
        while (_tracks.Count < tracks)
        {
            int number = _tracks.Count + 1;
            if (at > file.Length - ChunkBytes)
                throw new FormatException($"the file ends before track {number} of {tracks}.");
            uint length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 4));
            bool isTrack = file.AsSpan(at).StartsWith("MTrk"u8);
            at += ChunkBytes;
            if (length > file.Length - at)
            {
                throw new FormatException($"track {number} of {tracks} has {length} bytes by its header, but the " +
                    $"file ends after {file.Length - at} of them.");
            }
            if (isTrack)
                _tracks.Add(MidiTrack.Read(file, at, (int)length, number, _ticksPerQuarter, _signatures));
            at += (int)length;
        }
    }
}
