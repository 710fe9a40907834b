using System.Text;
using Ml.Autoencoders.Music;

namespace Ml.Autoencoders.Tests.Music;

/// <summary>Folders of files, good and bad ones together.</summary>
internal sealed class MelodyFolderTests
{
    private const string Tune = "X:1\nT:Caf\u00e9\nM:4/4\nL:1/8\nK:C\ncdef gabc' | c'bag fedc |\n";

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void Files_are_read_in_order_and_a_damaged_one_costs_nothing_else()
    {
        Directory.CreateDirectory(_folder.File("more"));
        File.WriteAllBytes(_folder.File("a.MID"), MidiBytes.Song(MidiBytes.Scale()));
        File.WriteAllBytes(_folder.File("b.midi"), MidiBytes.Song(MidiBytes.Scale())[..50]);
        File.WriteAllBytes(_folder.File("b2.mid"), MidiBytes.Song([.. MidiBytes.Note(60, 0), .. MidiBytes.End]));
        File.WriteAllText(_folder.File("c.abc"), Tune);
        File.WriteAllText(_folder.File("more/d.abc"), "nothing");
        File.WriteAllText(_folder.File("more/e.txt"), Tune);
        MelodySet read = new MelodyReader().ReadFolder(_folder.Path);
        Assert.That(read.Windows.Select(window => window.Piece), Is.EqualTo(new[] { "a.MID", "c.abc X:1 Caf\u00e9" }));
        Assert.That(read.Faults, Is.EqualTo(new[]
        {
            "b.midi: track 1 of 1 has 132 bytes by its header, but the file ends after 28 of them.",
            "b2.mid: the file has no notes.",
            "more/d.abc: the file has no tune; a tune begins with a field X:, such as X:1.",
        }));
        Assert.That(read.Sources.Select(source => source.Windows), Is.EqualTo(new[] { 1, 0, 0, 1, 0 }));
    }

    [Test]
    public void Older_files_that_are_not_utf_8_are_read()
    {
        File.WriteAllBytes(_folder.File("old.abc"), Encoding.Latin1.GetBytes(Tune));
        File.WriteAllBytes(_folder.File("new.abc"), [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Tune)]);
        Assert.That(new MelodyReader().ReadFolder(_folder.Path).Windows.Select(window => window.Piece),
            Is.EqualTo(new[] { "new.abc X:1 Caf\u00e9", "old.abc X:1 Caf\u00e9" }));
    }

    [Test]
    public void A_file_of_its_own_is_named_by_its_name()
    {
        File.WriteAllText(_folder.File("c.abc"), Tune);
        Assert.That(new MelodyReader().ReadFile(_folder.File("c.abc")).Windows.Single().Piece,
            Is.EqualTo("c.abc X:1 Caf\u00e9"));
    }

    [Test]
    public void A_file_that_is_too_large_is_not_read()
    {
        using (FileStream stream = File.Create(_folder.File("large.mid")))
            stream.SetLength(1L << 33);
        Assert.That(new MelodyReader().ReadFolder(_folder.Path).Faults, Is.EqualTo(new[]
        {
            "large.mid: the file has 8589934592 bytes; at most 8388608 are read.",
        }));
    }

    [Test]
    public void What_is_not_there_is_named()
    {
        Assert.That(() => new MelodyReader().ReadFolder(_folder.File("none")),
            Throws.TypeOf<DirectoryNotFoundException>().With.Message.Contains("none"));
        Assert.That(() => new MelodyReader().ReadFile(_folder.File("none.mid")),
            Throws.TypeOf<FileNotFoundException>().With.Message.Contains("none.mid"));
        Assert.That(() => new MelodyReader().ReadFile(_folder.File("none.wav")),
            Throws.ArgumentException.With.Message.Contains("must end in .mid, .midi or .abc"));
    }
}
