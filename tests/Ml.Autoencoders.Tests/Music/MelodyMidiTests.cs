using System.Text;
using Ml.Autoencoders.Music;
using NAudio.Midi;

namespace Ml.Autoencoders.Tests.Music;

/// <summary>Melodies that are written as MIDI, and read back.</summary>
internal sealed class MelodyMidiTests
{
    [Test]
    public void What_is_read_back_are_the_same_keys([Values(1, 2, 4)] int bars)
    {
        var random = new Random(bars);
        uint[][] melodies = [.. Enumerable.Range(0, 50).Select(_ => Keys.Random(random, 16 * bars))];
        MelodySet read = Read(MelodyMidi.ToBytes(melodies), bars);
        Assert.That(read.Faults, Is.Empty);
        // Between two melodies there is a bar of rest.
        uint[][] found = [.. read.Windows.Where(window => window.Bar % (bars + 1) == 0).Select(window => window.Keys)];
        Assert.That(found.Select(Keys.Words), Is.EqualTo(melodies.Select(Keys.Words)));
    }

    [Test]
    public void Tempo_meter_and_instrument_are_written()
    {
        byte[] file = MelodyMidi.ToBytes([Keys.Of("C4 . . . - . . .")],
            new() { BeatsPerMinute = 90, Instrument = 73 });
        MidiEventCollection events = new MidiFile(new MemoryStream(file), strictChecking: true).Events;
        Assert.That(events.MidiFileType, Is.Zero);
        Assert.That(events[0].OfType<TempoEvent>().Single().Tempo, Is.EqualTo(90).Within(1e-3));
        Assert.That(events[0].OfType<TimeSignatureEvent>().Single().TimeSignature, Is.EqualTo("4/4"));
        Assert.That(events[0].OfType<PatchChangeEvent>().Single().Patch, Is.EqualTo(73));
        NoteOnEvent note = events[0].OfType<NoteOnEvent>().First();
        Assert.That((note.NoteNumber, note.NoteLength), Is.EqualTo((60, events.DeltaTicksPerQuarterNote)));
    }

    [Test]
    public void Without_rests_melodies_follow_each_other()
    {
        uint[] melody = Keys.Of("C4 . D4 . E4 . F4 . G4 . A4 . B4 . C5 .");
        MelodySet read = Read(MelodyMidi.ToBytes([melody, melody], new() { RestBars = 0 }), bars: 2);
        Assert.That(read.Windows.Single().Keys, Is.EqualTo((uint[])[.. melody, .. melody]));
    }

    [Test]
    public void Nothing_is_no_file() =>
        Assert.That(() => MelodyMidi.ToBytes([]), Throws.ArgumentException.With.Message.Contains("melodies is empty"));

    [Test]
    public void A_file_is_saved_whole()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("one.mid");
        MelodyMidi.Save(path, [Keys.Of("C4 . . .")]);
        Assert.That(Encoding.ASCII.GetString(File.ReadAllBytes(path), 0, 4), Is.EqualTo("MThd"));
        Assert.That(Directory.GetFiles(folder.Path), Has.Length.EqualTo(1));
    }

    private static MelodySet Read(byte[] file, int bars) =>
        new MelodyReader(new() { Bars = bars, MinimumNotes = 1 }).ReadMidi(file, "written.mid");
}
