using Ml.Autoencoders.Music;

namespace Ml.Autoencoders.Tests.Music;

/// <summary>The tunes that come with the sample.</summary>
internal sealed class TunesTests
{
    private static readonly string Text = File.ReadAllText(Repository.PathOf("samples/Melodies/tunes.abc"));
    private static readonly MelodySet Tunes = new MelodyReader().ReadAbc(Text, "tunes.abc");

    [Test]
    public void Sixty_and_more_tunes_give_windows_each()
    {
        Assert.That(Tunes.Faults, Is.Empty);
        Assert.That(Tunes.Sources, Has.Count.AtLeast(60));
        Assert.That(Tunes.Sources.Where(source => source.Windows < 2).Select(source => source.Piece), Is.Empty);
        foreach (MelodySource source in Tunes.Sources)
            TestContext.Out.WriteLine($"{source.Windows,3} {source.Piece} {string.Join(" ", source.Skipped)}");
    }

    [Test]
    public void Only_upbeats_and_last_bars_are_not_full()
    {
        foreach (MelodySource source in Tunes.Sources)
        {
            Assert.That(source.Skipped.GetValueOrDefault(MelodyRule.NotFull), Is.AtMost(2), source.Piece);
            Assert.That(source.Skipped.Keys.Except(
                [MelodyRule.NotFull, MelodyRule.Repeated, MelodyRule.TooFewNotes]), Is.Empty, source.Piece);
        }
    }

    [Test]
    public void Each_has_a_title_and_an_origin()
    {
        Assert.That(Text.Split("\nX:").Skip(1), Is.All.Contains("\nT:").And.All.Contains("\nO:"));
        Assert.That(Tunes.Sources.Select(source => source.Piece), Is.Unique);
    }
}
