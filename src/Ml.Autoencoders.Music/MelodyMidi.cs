using Ml.Autoencoders.Persistence;
using NAudio.Midi;

namespace Ml.Autoencoders.Music;

/// <summary>Writes melodies as MIDI files of format 0, in 4/4.</summary>
/// <remarks>Each melody begins a bar; between two of them is a rest. What <see cref="MelodyReader"/> reads of such a
/// file are the same notes.</remarks>
public static class MelodyMidi
{
    private const int TicksPerQuarter = 480;
    private const int TicksPerStep = TicksPerQuarter / 4;
    private const int Channel = 1;
    private const int Velocity = 90;

    /// <summary>Writes a file, whole or not at all. An existing file is replaced.</summary>
    /// <param name="path">Of the file, in a folder that exists.</param>
    /// <param name="melodies">A key each step (<see cref="MelodyKeys"/>), one melody after the other.</param>
    /// <param name="options">Null: 120 beats a minute, a bar of rest between two melodies, a piano.</param>
    /// <exception cref="ArgumentException">The path is null or empty, there are no melodies, a key is above 90, or they
    /// last longer than a MIDI file can say.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Save(string path, IEnumerable<IReadOnlyList<uint>> melodies, MelodyMidiOptions? options = null)
    {
        Require.Path(path, Place.Call(nameof(Save)), nameof(path));
        byte[] file = ToBytes(melodies, options);
        AtomicFile.Write(path, stream => stream.Write(file));
    }

    /// <summary>The bytes of such a file.</summary>
    /// <inheritdoc cref="Save"/>
    public static byte[] ToBytes(IEnumerable<IReadOnlyList<uint>> melodies, MelodyMidiOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(melodies);
        options ??= new();
        var events = new MidiEventCollection(midiFileType: 0, TicksPerQuarter);
        IList<MidiEvent> track = events.AddTrack();
        track.Add(new TempoEvent(60_000_000 / options.BeatsPerMinute, 0));
        const int ClicksPerBeat = 24, ThirtySecondsPerBeat = 8, Quarter = 2;
        track.Add(new TimeSignatureEvent(0, 4, Quarter, ClicksPerBeat, ThirtySecondsPerBeat));
        track.Add(new PatchChangeEvent(0, Channel, options.Instrument));
        long step = 0;
        bool isFirst = true;
        foreach (IReadOnlyList<uint> melody in melodies)
        {
            if (!isFirst)
                step = NextBar(step) + options.RestBars * MelodyKeys.StepsPerBar;
            isFirst = false;
            foreach (MelodyNote note in Melody.Notes(melody))
                Add(track, note, step);
            step += melody.Count;
            // The longest time between two events that a file can hold.
            Require.AtMost(step * TicksPerStep, int.MaxValue / 16, Place.Call(nameof(ToBytes)), nameof(melodies));
        }
        if (isFirst)
            throw Place.Call(nameof(ToBytes)).Wrong(nameof(melodies), "is empty; there must be at least one.");
        track.Add(new MetaEvent(MetaEventType.EndTrack, 0, NextBar(step) * TicksPerStep));
        using var stream = new MemoryStream();
        MidiFile.Export(stream, events);
        return stream.ToArray();
    }

    private static void Add(IList<MidiEvent> track, MelodyNote note, long first)
    {
        long start = (first + note.Start) * TicksPerStep;
        var on = new NoteOnEvent(start, Channel, note.Pitch, Velocity, note.Length * TicksPerStep);
        track.Add(on);
        track.Add(on.OffEvent!);
    }

    private static long NextBar(long step) =>
        (step + MelodyKeys.StepsPerBar - 1) / MelodyKeys.StepsPerBar * MelodyKeys.StepsPerBar;
}
