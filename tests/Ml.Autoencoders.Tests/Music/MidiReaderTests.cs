using Ml.Autoencoders.Music;

namespace Ml.Autoencoders.Tests.Music;

/// <summary>What is read of MIDI files that are in order.</summary>
internal sealed class MidiReaderTests
{
    private const string Scale =
        "C4 . C#4 . D4 . D#4 . E4 . F4 . F#4 . G4 . G#4 . A4 . A#4 . B4 . C5 . C#5 . D5 . D#5 .";

    [TestCase(0)]
    [TestCase(1)]
    public void Two_bars_are_a_window(int format)
    {
        MelodySet read = Read(MidiBytes.File(format, MidiBytes.Quarter, MidiBytes.Scale()));
        Assert.That(read.Windows.Select(window => Keys.Words(window.Keys)), Is.EqualTo(new[] { Scale }));
        Assert.That(read.Sources.Single(), Is.EqualTo(
            new MelodySource("a.mid", "", 1, read.Sources[0].Skipped, Fault: null)));
        Assert.That(read.Skipped, Is.Empty);
    }

    [Test]
    public void The_highest_note_counts_and_the_next_one_ends_it()
    {
        // C4 and E4 for two beats, A3 after one of them; then nothing; then G4.
        byte[] track =
        [
            0, 0x90, 60, 64, 0, 0x90, 64, 64, 4, 0x90, 57, 64, 4, 0x80, 57, 0, 0, 0x80, 60, 0, 0, 0x80, 64, 0,
            4, 0x90, 67, 64, 4, 0x80, 67, 0, .. MidiBytes.End,
        ];
        Assert.That(Words(MidiBytes.Song(track), bars: 1), Is.EqualTo("E4 . . . A3 . . . - . . . G4 . . ."));
    }

    [Test]
    public void Running_status_and_a_note_on_without_velocity_are_read()
    {
        byte[] track = [0, 0x90, 60, 64, 4, 60, 0, 0, 62, 64, 4, 62, 0, 4, 64, 64, 4, 64, 0, .. MidiBytes.End];
        Assert.That(Words(MidiBytes.Song(track), bars: 1), Is.EqualTo("C4 . . . D4 . . . - . . . E4 . . ."));
    }

    [Test]
    public void Running_status_goes_on_after_texts_and_exclusive_messages()
    {
        byte[] track =
        [
            0, 0x90, 60, 64, 0, 0xFF, 1, 2, 65, 66, 4, 60, 0, 0, 0xF0, 2, 1, 0xF7, 0, 62, 64, 12, 62, 0,
            .. MidiBytes.End,
        ];
        Assert.That(Words(MidiBytes.Song(track), bars: 1), Is.EqualTo("C4 . . . D4 . . . . . . . . . . ."));
    }

    [Test]
    public void Each_channel_of_each_track_is_a_voice_and_equal_windows_count_once()
    {
        MelodySet read = Read(MidiBytes.Song(
            MidiBytes.Scale(60), MidiBytes.Scale(72, channel: 3), MidiBytes.Scale(60, channel: 1),
            MidiBytes.Scale(40, channel: 9)));
        Assert.That(read.Windows.Select(window => window.Voice),
            Is.EqualTo(new[] { "track 1, channel 1", "track 2, channel 4" }));
        Assert.That(read.Skipped, Is.EqualTo(new Dictionary<MelodyRule, int>
        {
            [MelodyRule.Percussion] = 1,
            [MelodyRule.Repeated] = 1,
        }));
    }

    [Test]
    public void Notes_are_moved_to_the_nearest_sixteenth_within_the_tolerance()
    {
        // 100 ticks a step: starts at 20 before and 24 behind a step.
        byte[] track =
        [
            0, 0x90, 60, 64, 0x83, 0x60, 0x80, 60, 0, 0, 0x90, 62, 64, 0x84, 0x20, 0x80, 62, 0, 0, 0x90, 64, 64,
            0x83, 0x10, 0x80, 64, 0, .. MidiBytes.End,
        ];
        byte[] file = MidiBytes.File(1, 400, track);
        Assert.That(Words(file, bars: 1), Is.EqualTo("C4 . . . . D4 . . . . E4 . . . - ."));
        Assert.That(Read(file, new() { Bars = 1, MinimumNotes = 1, Tolerance = 0.04f }).Skipped.Keys,
            Is.EqualTo(new[] { MelodyRule.OffGrid }));
    }

    [Test]
    public void A_meter_begins_a_bar_and_other_meters_keep_windows_away()
    {
        // A bar of 4/4, two of 3/4, two of 2/2.
        int pitch = 60;
        byte[] track =
        [
            .. Beats(4), .. MidiBytes.Meter(3, 2), .. Beats(6), .. MidiBytes.Meter(2, 1), .. Beats(8), .. MidiBytes.End,
        ];
        MelodySet read = Read(MidiBytes.Song(track), new() { Bars = 1 });
        Assert.That(read.Windows.Select(window => window.Bar), Is.EqualTo(new[] { 0, 3, 4 }));
        Assert.That(read.Skipped, Is.EqualTo(new Dictionary<MelodyRule, int> { [MelodyRule.OtherMeter] = 2 }));

        byte[] Beats(int count) =>
            [.. Enumerable.Range(0, count).SelectMany(_ => MidiBytes.Note(pitch++, MidiBytes.Quarter))];
    }

    [Test]
    public void Windows_move_by_a_bar_and_each_place_has_one_rule()
    {
        // Five bars: a scale of two, a bar of rest, two bars of two notes each.
        byte[] track =
        [
            .. MidiBytes.Scale()[..^4], 16, 0xFF, 1, 0, .. Enumerable.Range(0, 4)
                .SelectMany(i => MidiBytes.Note(60 + i, 8)), .. MidiBytes.End,
        ];
        MelodySet read = Read(MidiBytes.Song(track));
        Assert.That(read.Windows.Select(window => window.Bar), Is.EqualTo(new[] { 0, 1, 3 }));
        Assert.That(read.Skipped, Is.EqualTo(new Dictionary<MelodyRule, int> { [MelodyRule.TooFewNotes] = 1 }));
    }

    [Test]
    public void Triplets_and_pitches_without_a_key_cost_their_windows()
    {
        byte[] triplets = [.. Enumerable.Range(0, 24).SelectMany(i => MidiBytes.Note(60 + i, 1)), .. MidiBytes.End];
        Assert.That(Read(MidiBytes.File(1, 3, triplets)).Skipped.Keys, Is.EqualTo(new[] { MelodyRule.OffGrid }));
        Assert.That(Read(MidiBytes.Song(MidiBytes.Scale(10))).Skipped.Keys,
            Is.EqualTo(new[] { MelodyRule.OutOfRange }));
    }

    [Test]
    public void Options_are_checked()
    {
        Assert.That(() => new MelodyReaderOptions { Bars = 0 },
            Throws.InstanceOf<ArgumentException>().With.Message.Contains("Bars is 0; it must be at least 1"));
        Assert.That(() => new MelodyReaderOptions { Tolerance = 0.6f },
            Throws.InstanceOf<ArgumentException>().With.Message.Contains("Tolerance is 0.6; it must be at most 0.5"));
    }

    private static string Words(byte[] file, int bars) =>
        Keys.Words(Read(file, new() { Bars = bars, MinimumNotes = 1 }).Windows.Single().Keys);

    private static MelodySet Read(byte[] file, MelodyReaderOptions? options = null)
    {
        MelodySet read = new MelodyReader(options).ReadMidi(file, "a.mid");
        Assert.That(read.Faults, Is.Empty);
        return read;
    }
}
