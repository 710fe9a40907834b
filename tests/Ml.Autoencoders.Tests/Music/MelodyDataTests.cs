using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Music;

namespace Ml.Autoencoders.Tests.Music;

internal sealed class MelodyDataTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Test]
    public void A_column_of_keys_has_the_numbers_that_are_put_in()
    {
        uint[] melody = [.. Keys.Of("C4 . - C8"), 0];
        IDataView rows = _ml.Data.LoadMelodies([new MelodyWindow(melody, "tune", "", 3)]);
        var type = (VectorDataViewType)rows.Schema["Melody"].Type;
        Assert.That(type.Size, Is.EqualTo(5));
        Assert.That(((KeyDataViewType)type.ItemType).Count, Is.EqualTo((ulong)90));
        Assert.That(rows.GetColumn<uint[]>("Melody").Single(), Is.EqualTo(melody));
        Assert.That(rows.GetColumn<string>("Piece").Single(), Is.EqualTo("tune"));
    }

    [Test]
    public void Keys_know_their_names()
    {
        IDataView rows = _ml.Data.LoadMelodies([Keys.Of("C4 . - C8")]);
        IDataView named = _ml.Transforms.Conversion.MapKeyToValue("Name", "Melody").Fit(rows).Transform(rows);
        Assert.That(named.GetColumn<string[]>("Name").Single(), Is.EqualTo(new[] { "C4", "hold", "off", "C8" }));
    }

    [Test]
    public void Missing_windows_and_keys_are_named()
    {
        var window = new MelodyWindow(new uint[2], "", "", 0);
        Assert.That(() => _ml.Data.LoadMelodies([window, null!]), Throws.ArgumentException.With.Message
            .EqualTo("LoadMelodies: windows has null at index 1; each must have keys. (Parameter 'windows')"));
        foreach (Action load in new Action[]
        {
            () => _ml.Data.LoadMelodies([window, window with { Keys = null! }]),
            () => _ml.Data.LoadMelodies([new uint[2], null!]),
        })
        {
            Assert.That(load, Throws.ArgumentException.With.Message.EqualTo("LoadMelodies: windows has a window " +
                "without keys at index 1; each must have keys. (Parameter 'windows')"));
        }
        Assert.That(() => _ml.Data.LoadMelodies((IEnumerable<uint[]>)null!), Throws.ArgumentNullException
            .With.Message.Contains("LoadMelodies: windows is null"));
    }

    [Test]
    public void What_is_no_table_of_melodies_is_refused()
    {
        Assert.That(() => _ml.Data.LoadMelodies(Array.Empty<uint[]>()),
            Throws.ArgumentException.With.Message.Contains("windows is empty"));
        Assert.That(() => _ml.Data.LoadMelodies([new uint[2], new uint[3]]),
            Throws.ArgumentException.With.Message.Contains("one of 3 steps and one of 2"));
        Assert.That(() => _ml.Data.LoadMelodies([new uint[] { 91 }]),
            Throws.InstanceOf<ArgumentException>().With.Message.Contains("91"));
    }
}
