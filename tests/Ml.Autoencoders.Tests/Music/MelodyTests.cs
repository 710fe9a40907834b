using Ml.Autoencoders.Music;

namespace Ml.Autoencoders.Tests.Music;

internal sealed class MelodyTests
{
    [Test]
    public void Keys_have_the_numbers_and_names_of_the_alphabet()
    {
        Assert.That(MelodyKeys.Names, Has.Count.EqualTo(90).And.Unique);
        Assert.That(MelodyKeys.Names[(int)MelodyKeys.Hold - 1], Is.EqualTo("hold"));
        Assert.That(MelodyKeys.Names[(int)MelodyKeys.Off - 1], Is.EqualTo("off"));
        foreach ((int pitch, uint key, string name) in new[]
        {
            (21, 3u, "A0"), (60, 42u, "C4"), (61, 43u, "C#4"), (108, 90u, "C8"),
        })
        {
            Assert.That(MelodyKeys.OfPitch(pitch), Is.EqualTo(key));
            Assert.That(MelodyKeys.PitchOf(key), Is.EqualTo(pitch));
            Assert.That(MelodyKeys.Names[(int)key - 1], Is.EqualTo(name));
        }
        Assert.That(new uint[] { 0, 1, 2 }.Select(MelodyKeys.PitchOf), Is.All.Null);
    }

    [Test]
    public void A_note_ends_at_the_next_one_at_off_and_with_the_melody() =>
        Assert.That(Melody.Notes(Keys.Of(". C4 . E4 - . G4 .")), Is.EqualTo(new MelodyNote[]
        {
            new(1, 2, 60), new(3, 1, 64), new(6, 2, 67),
        }));

    [Test]
    public void A_missing_key_changes_nothing() =>
        Assert.That(Melody.Notes([MelodyKeys.OfPitch(60), 0, 0, 2]), Is.EqualTo(new MelodyNote[] { new(0, 3, 60) }));

    [Test]
    public void Notes_become_keys_with_off_only_where_one_ends() =>
        Assert.That(Keys.Words(Melody.FromNotes([new(1, 2, 60), new(3, 1, 64), new(6, 9, 67)], steps: 8)),
            Is.EqualTo(". C4 . E4 - . G4 ."));

    [Test]
    public void A_note_that_lasts_beyond_the_next_start_ends_there() =>
        Assert.That(Keys.Words(Melody.FromNotes([new(0, 6, 60), new(2, 1, 62)], steps: 8)),
            Is.EqualTo("C4 . D4 - . . . ."));

    [Test]
    public void A_note_that_lasts_beyond_the_end_of_the_next_leaves_no_end() =>
        Assert.That(Keys.Words(Melody.FromNotes([new(0, 6, 60), new(2, 1, 62), new(5, int.MaxValue, 64)], steps: 8)),
            Is.EqualTo("C4 . D4 - . E4 . ."));

    [Test]
    public void Half_a_million_notes_become_keys()
    {
        uint[] keys = Melody.FromNotes(Enumerable.Range(0, 500_000).Select(i => new MelodyNote(2 * i, 1, 60)),
            steps: 1_000_000);
        Assert.That(keys.Where((key, step) => key != (step % 2 == 0 ? MelodyKeys.OfPitch(60) : MelodyKeys.Off)),
            Is.Empty);
    }

    [Test]
    public void Notes_of_keys_of_notes_are_the_notes()
    {
        var random = new Random(5);
        for (int i = 0; i < 200; i++)
        {
            IReadOnlyList<MelodyNote> notes = Melody.Notes(Keys.Random(random, 32));
            Assert.That(Melody.Notes(Melody.FromNotes(notes, 32)), Is.EqualTo(notes));
        }
    }

    [TestCase(4, 4, "start must be above 4")]
    [TestCase(4, 32, "below 32")]
    public void Notes_that_have_no_step_of_their_own_are_refused(int first, int second, string said) =>
        Assert.That(() => Melody.FromNotes([new(first, 1, 60), new(second, 1, 60)], 32),
            Throws.ArgumentException.With.Message.Contains(said));

    [Test]
    public void Transposing_moves_notes_and_nothing_else()
    {
        uint[] melody = Keys.Of("C4 . D4 - . C5");
        Assert.That(Keys.Words(Melody.Transpose(melody, 3)), Is.EqualTo("D#4 . F4 - . D#5"));
        Assert.That(Melody.TranspositionRange(melody), Is.EqualTo((21 - 60, 108 - 72)));
        Assert.That(Melody.Transpose(Melody.Transpose(melody, -39), 39), Is.EqualTo(melody));
        Assert.That(() => Melody.Transpose(melody, 37), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message
            .Contains("semitones is 37; it must be at most 36"));
    }

    [Test]
    public void Silence_can_be_transposed_by_anything() =>
        Assert.That(Melody.Transpose(Keys.Of(". ."), 1000), Is.EqualTo(Keys.Of(". .")));

    [Test]
    public void A_key_that_is_none_is_refused() => Assert.That(() => Melody.Notes([91]),
        Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("key is 91; it must be at most 90"));
}
