using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Music;

namespace Ml.Autoencoders.Tests.Docs;

/// <content>Examples of music.</content>
public partial class Snippets
{
    [Test]
    public void A_folder_of_tunes_becomes_rows()
    {
        Directory.CreateDirectory("tunes");
        File.WriteAllText("tunes/one.abc", "X:1\nM:4/4\nL:1/8\nK:C\ncdef gabc' | c'bag fedc | cdef gabc' |\n");

        var ml = new MLContext(seed: 1);
        MelodySet melodies = new MelodyReader().ReadFolder("tunes");
        foreach (MelodySource source in melodies.Sources)
            Console.WriteLine($"{source.Piece} {source.Voice}: {source.Windows} windows {source.Fault}");
        foreach ((MelodyRule rule, int count) in melodies.Skipped)
            Console.WriteLine($"{rule}: {count}");
        IDataView rows = ml.Data.LoadMelodies(melodies.Windows);   // Melody: 32 keys with names; Piece: a text
        MelodyMidi.Save("first.mid", melodies.Windows.Take(4).Select(window => window.Keys));

        Assert.That(rows.GetColumn<string>("Piece"), Is.EqualTo(new[] { "one.abc X:1", "one.abc X:1" }));
        Assert.That(new MelodyReader().ReadFile("first.mid").Windows.Select(window => window.Keys),
            Is.SupersetOf(melodies.Windows.Select(window => window.Keys)));
    }
}
