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
