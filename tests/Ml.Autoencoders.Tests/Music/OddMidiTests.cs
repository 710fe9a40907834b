using Ml.Autoencoders.Music;

namespace Ml.Autoencoders.Tests.Music;

/// <summary>MIDI files that are damaged or odd: each gives its line, or its windows.</summary>
internal sealed class OddMidiTests
{
    private static readonly byte[] Good = MidiBytes.Song(MidiBytes.Scale());

    private static IEnumerable<TestCaseData> Damaged()
    {
        yield return Case("empty", [], "the file is empty; a MIDI file begins with 'MThd'.");
        yield return Case("of another kind", [.. "RIFF"u8, .. Good[4..]],
            "the file does not begin with the header 'MThd' of a MIDI file.");
        yield return Case("cut in the header", Good[..10],
            "the file does not begin with the header 'MThd' of a MIDI file.");
        yield return Case("with a header of 0 bytes", [.. Good[..7], 0, .. Good[8..]],
            "the header has 0 bytes; a MIDI file has a header of 6.");
        yield return Case("with a header of 4 GB", [.. Good[..4], 255, 255, 255, 255, .. Good[8..]],
            "the header has 4294967295 bytes; a MIDI file has a header of 6.");
        yield return Case("of format 2", MidiBytes.File(2, 4, MidiBytes.Scale()),
            "the file has MIDI format 2; formats 0 and 1 are read.");
        yield return Case("of format 7", MidiBytes.File(7, 4, MidiBytes.Scale()),
            "the file has MIDI format 7; formats 0 and 1 are read.");
        yield return Case("of no ticks a quarter note", MidiBytes.File(1, 0, MidiBytes.Scale()),
            "a quarter note has 0 ticks; it must have at least 1.");
        yield return Case("with time in frames", MidiBytes.File(1, 0xE728, MidiBytes.Scale()),
            "time is in frames of SMPTE; it must be in ticks of a quarter note.");
        yield return Case("cut in a track", Good[..60],
            "track 1 of 1 has 132 bytes by its header, but the file ends after 38 of them.");
        yield return Case("cut before a track", [.. MidiBytes.Header(1, 2, 4), .. Good[14..]],
            "the file ends before track 2 of 2.");
        yield return Case("of 60,000 tracks", MidiBytes.Header(1, 60_000, 4),
            "the file has 60000 tracks; at most 1024 are read.");
        yield return Case("without notes", MidiBytes.Song(MidiBytes.End), "the file has no notes.");
        yield return Case("with nothing but a note without length",
            MidiBytes.Song([.. MidiBytes.Note(60, 0), .. MidiBytes.End]), "the file has no notes.");
        yield return Case("without tracks", MidiBytes.Song(), "the file has no notes.");
        yield return Case("of one note at the end of time",
            MidiBytes.Song([0xFF, 0xFF, 0xFF, 0x7F, 0x90, 60, 64, .. MidiBytes.End]),
            "its notes take more than 10000 bars; at most 10000 are read.");
        yield return Case("with a delta time of five bytes",
            MidiBytes.Song([0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0x90, 60, 64, .. MidiBytes.End]),
            "track 1 has no event of MIDI at its byte 0: Invalid Var Int");
        yield return Case("with a text of 256 MB", MidiBytes.Song([0, 0xFF, 1, 0xFF, 0xFF, 0xFF, 0x7F, 65]),
            "track 1 ends within the event at its byte 0.");
        yield return Case("with an exclusive message of 256 MB", MidiBytes.Song([0, 0xF0, 0xFF, 0xFF, 0xFF, 0x7F, 65]),
            "track 1 ends within the event at its byte 0.");
        yield return Case("cut in a note", MidiBytes.Song([.. MidiBytes.Note(60, 4), 0, 0x90, 60]),
            "track 1 ends within the event at its byte 8.");
        yield return Case("with running status of nothing", MidiBytes.Song([0, 60, 64, .. MidiBytes.End]),
            "track 1 has no event of MIDI at its byte 0: ");
        yield return Case("with a message of a live instrument", MidiBytes.Song([0, 0xF8, .. MidiBytes.End]),
            "track 1 has no event of MIDI at its byte 0: status 0xF8 has no place in a file.");
        yield return Case("with a pitch of 200", MidiBytes.Song([0, 0x90, 200, 64, .. MidiBytes.End]),
            "track 1 has no event of MIDI at its byte 0: ");
        yield return Case("in 0/4", MidiBytes.Song([.. MidiBytes.Meter(0, 2), .. MidiBytes.Scale()]),
            "track 1 has no event of MIDI at its byte 0: a time signature is 0/2^2; it must be at least 1/64.");
        yield return Case("in 4/2^200", MidiBytes.Song([.. MidiBytes.Meter(4, 200), .. MidiBytes.Scale()]),
            "track 1 has no event of MIDI at its byte 0: a time signature is 4/2^200; it must be at least 1/64.");
        yield return Case("in bars shorter than a tick",
            MidiBytes.File(1, 1, [.. MidiBytes.Meter(1, 6), .. MidiBytes.Scale()]),
            "a bar of 1/64 is shorter than a tick; a quarter note has 1.");
        yield return Case("of 9 MB", new byte[9 << 20], "the file has 9437184 bytes; at most 8388608 are read.");
        yield return Case("of 300 voices", MidiBytes.Song([.. Enumerable.Range(0, 300).Select(_ => MidiBytes.Scale())]),
            "the file has 300 voices; at most 256 are read.");

        static TestCaseData Case(string name, byte[] file, string line) =>
            new TestCaseData(file, line).SetName($"A file {name}");
    }

    [TestCaseSource(nameof(Damaged))]
    public void A_damaged_file_gives_its_line(byte[] file, string line)
    {
        MelodySet read = new MelodyReader().ReadMidi(file, "odd.mid");
        Assert.That(read.Windows, Is.Empty);
        string fault = read.Faults.Single();
        Assert.That(fault, Does.StartWith($"odd.mid: {line}").And.Not.Contain("\n"));
    }

    private static IEnumerable<TestCaseData> Odd()
    {
        yield return Case("with a chunk of another kind",
            [.. MidiBytes.Header(1, 1, 4), .. "XFIH"u8, 0, 0, 0, 2, 1, 2, .. Good[14..]]);
        yield return Case("with bytes behind the last track", [.. Good, 1, 2, 3]);
        yield return Case("with a longer header",
            [.. "MThd"u8, 0, 0, 0, 8, 0, 1, 0, 1, 0, 4, 9, 9, .. Good[14..]]);
        yield return Case("with a track without an end", MidiBytes.Song(MidiBytes.Scale()[..^4]));
        yield return Case("with events behind the end of a track", MidiBytes.Song([.. MidiBytes.Scale(), 1, 2, 3]));
        yield return Case("with notes that nothing ends", MidiBytes.Song(
            [.. Enumerable.Range(0, 16).SelectMany(i => (byte[])[(byte)(i == 0 ? 0 : 2), 0x90, (byte)(60 + i), 64])]));
        yield return Case("with ends of notes that never started",
            MidiBytes.Song([0, 0x80, 99, 0, .. MidiBytes.Scale()]));
        yield return Case("with the end of time in a rest", MidiBytes.Song(
            [.. MidiBytes.Scale()[..^4], 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0x2F, 0]));
        yield return Case("of format 0 with another voice", MidiBytes.File(0, 4,
            [.. MidiBytes.Note(99, 0, channel: 5), .. MidiBytes.Scale()]));
        yield return Case("with notes without length",
            MidiBytes.Song([.. MidiBytes.Note(99, 0), .. MidiBytes.Scale()[..^4], .. MidiBytes.Note(99, 0),
                .. MidiBytes.End]));
        yield return Case("with two meters at once",
            MidiBytes.Song([.. MidiBytes.Meter(3, 2), .. MidiBytes.Meter(4, 2), .. MidiBytes.Scale()]));

        static TestCaseData Case(string name, byte[] file) =>
            new TestCaseData(file).SetName($"A file {name} is read");
    }

    [TestCaseSource(nameof(Odd))]
    public void An_odd_file_is_read(byte[] file)
    {
        MelodySet read = new MelodyReader().ReadMidi(file, "odd.mid");
        Assert.That(read.Faults, Is.Empty);
        Assert.That(Melody.Notes(read.Windows.Single().Keys).Select(note => (note.Start, note.Pitch)),
            Is.EqualTo(Enumerable.Range(0, 16).Select(i => (2 * i, 60 + i))));
    }

    [Test]
    public void A_million_notes_that_nothing_ends_are_read()
    {
        byte[] notes = [.. Enumerable.Range(0, 1_000_000).SelectMany(i => (byte[])[0, 0x90, (byte)(i % 128), 64])];
        MelodySet read = new MelodyReader().ReadMidi(MidiBytes.Song(notes), "odd.mid");
        Assert.That(read.Skipped, Is.EqualTo(new Dictionary<MelodyRule, int> { [MelodyRule.TooShort] = 1 }));
    }

    [Test]
    public void Whatever_the_ticks_are_nothing_but_lines_comes_out()
    {
        var random = new Random(4);
        for (int i = 0; i < 2000; i++)
        {
            byte[] notes = [.. Enumerable.Range(0, random.Next(4)).SelectMany(_ =>
                MidiBytes.Note(random.Next(128), random.Next(3), random.Next(2)))];
            byte[] meter = random.Next(2) == 0 ? [] : MidiBytes.Meter(random.Next(1, 5), random.Next(7));
            byte[] file = MidiBytes.File(1, random.Next(1, 5), [.. notes, .. meter, .. notes, .. MidiBytes.End]);
            Assert.That(() => new MelodyReader().ReadMidi(file, "odd.mid"), Throws.Nothing);
        }
    }

    [Test]
    public void Whatever_the_bytes_are_nothing_but_lines_comes_out()
    {
        var random = new Random(3);
        for (int i = 0; i < 2000; i++)
        {
            byte[] file = [.. Good];
            for (int change = random.Next(1, 6); change > 0; change--)
                file[random.Next(file.Length)] = (byte)random.Next(256);
            Assert.That(() => new MelodyReader().ReadMidi(file, "odd.mid"), Throws.Nothing);
        }
    }
}
