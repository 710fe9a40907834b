using System.IO.Compression;
using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Persistence;

/// <summary>Model files that an accident has altered: an error, or the same numbers as before; never others.</summary>
internal sealed class DamagedArchiveTests
{
    private readonly MLContext _ml = new();
    private byte[] _saved = [];
    private int[][] _expected = [];

    [OneTimeSetUp]
    public void Save()
    {
        using AutoencoderTransformer model = Stage.Fit(_ml);
        _saved = ModelZip.Save(_ml, model, Rows.View(_ml, 1).Schema);
        _expected = Bits.OfVectors(model.Transform(Rows.View(_ml, 10)), "Clean");
    }

    [Test]
    public void A_file_that_is_cut_short_is_refused()
    {
        for (int i = 0; i < 60; i++)
        {
            byte[] cut = _saved[..(_saved.Length * i / 60)];
            Assert.That(() => ModelZip.Load(_ml, cut), Throws.TypeOf<FormatException>());
        }
        Assert.That(() => ModelZip.Load(_ml, _saved[..^1]), Throws.TypeOf<FormatException>());
    }

    [Test]
    public void A_flipped_bit_anywhere_gives_an_error_or_changes_nothing()
    {
        var random = new Random(5);
        int refused = 0;
        for (int i = 0; i < 300; i++)
        {
            byte[] flipped = [.. _saved];
            flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
            refused += IsRefused(flipped) ? 1 : 0;
        }
        // Dates, names of temporary entries and the like change nothing; they are the lesser part.
        Assert.That(refused, Is.GreaterThan(200));
    }

    [TestCase(ModelZip.Description)]
    [TestCase(ModelZip.Weights)]
    public void A_flipped_bit_in_a_stream_is_seen_and_the_stream_named(string stream)
    {
        var random = new Random(5);
        byte[] whole = new ModelZip(_saved).Read(stream);
        for (int i = 0; i < 40; i++)
        {
            byte[] flipped = [.. whole];
            flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
            RequireDamage(stream, flipped);
        }
        RequireDamage(stream, whole[..^1]);
        RequireDamage(stream, [.. whole, 0]);
        RequireDamage(stream, []);
    }

    /// <summary>ML.NET's header, the digests, and the name of an assembly.</summary>
    [Test]
    public void A_flipped_bit_in_any_byte_of_the_key_gives_an_error_or_changes_nothing()
    {
        byte[] whole = new ModelZip(_saved).Read(ModelZip.Digests);
        int refused = 0;
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] flipped = [.. whole];
            flipped[i] ^= (byte)(1 << i % 8);
            refused += IsRefused(new ModelZip(_saved).Replace(ModelZip.Digests, flipped).ToBytes()) ? 1 : 0;
        }
        // The digests and the name alone are more; about half of the header is room that nothing is in.
        Assert.That(refused, Is.GreaterThan(64 + 2 * "Ml.Autoencoders".Length));
    }

    [TestCase(ModelZip.Description)]
    [TestCase(ModelZip.Weights)]
    [TestCase(ModelZip.Digests)]
    public void Two_entries_of_one_name_are_refused(string stream)
    {
        using var altered = new MemoryStream();
        altered.Write(_saved);
        using (var zip = new ZipArchive(altered, ZipArchiveMode.Update, leaveOpen: true))
        {
            string path = zip.Entries.Single(entry => entry.Name == stream).FullName;
            using Stream entry = zip.CreateEntry(path).Open();
            entry.Write(new ModelZip(_saved).Read(stream));
        }
        var error = Assert.Throws<InvalidOperationException>(() => ModelZip.Load(_ml, altered.ToArray()));
        Assert.That(error.GetBaseException().Message, Does.EndWith($"' in the model file: '{stream}' is in it twice."));
    }

    private void RequireDamage(string stream, byte[] bytes)
    {
        byte[] damaged = new ModelZip(_saved).Replace(stream, bytes).ToBytes();
        var error = Assert.Throws<InvalidOperationException>(() => ModelZip.Load(_ml, damaged));
        Assert.That(error.GetBaseException(), Is.TypeOf<FormatException>().With.Message.EndsWith(
            $"' in the model file: '{stream}' is damaged: its SHA-256 is not the one that was saved with it."));
    }

    private bool IsRefused(byte[] model)
    {
        ITransformer? loaded = null;
        try
        {
            loaded = ModelZip.Load(_ml, model);
        }
        catch (Exception error)
        {
            Assert.That(error.GetBaseException(),
                Is.Not.InstanceOf<OutOfMemoryException>().And.Not.InstanceOf<NullReferenceException>());
            return true;
        }
        using (loaded as IDisposable)
            Assert.That(Bits.OfVectors(loaded.Transform(Rows.View(_ml, 10)), "Clean"), Is.EqualTo(_expected));
        return false;
    }
}
