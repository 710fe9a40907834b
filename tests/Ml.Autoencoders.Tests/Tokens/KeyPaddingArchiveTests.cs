using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Tokens;

/// <summary>The padding of keys in model files.</summary>
internal sealed class KeyPaddingArchiveTests
{
    private const string Description = "KeyPadding.json";

    private readonly MLContext _ml = new(seed: 1);
    private byte[] _saved = [];

    [OneTimeSetUp]
    public void Save()
    {
        IDataView rows = KeyRow.View(_ml, [1]);
        _saved = ModelZip.Save(_ml, _ml.Transforms.PadKeys("Tokens", "Wholes", length: 4).Fit(rows), rows.Schema);
    }

    [Test]
    public void A_loaded_stage_gives_the_same_keys_with_the_same_names(
        [Values] SequenceSide padding, [Values] SequenceSide truncation)
    {
        IDataView texts = Sentence.View(_ml, "the dog sees the cat", "a cat", "");
        var model = Sentence.Keys(_ml)
            .Append(_ml.Transforms.PadKeys("Tokens", "Words", 4, padding, truncation)).Fit(texts);
        ITransformer loaded = ModelZip.Load(_ml, ModelZip.Save(_ml, model, texts.Schema));
        Assert.That(loaded.Transform(texts).GetColumn<uint[]>("Tokens"),
            Is.EqualTo(model.Transform(texts).GetColumn<uint[]>("Tokens")));
        Assert.That(loaded.GetOutputSchema(texts.Schema).Select(SchemaText.Of),
            Is.EqualTo(model.GetOutputSchema(texts.Schema).Select(SchemaText.Of)));
        VBuffer<ReadOnlyMemory<char>> names = default;
        loaded.GetOutputSchema(texts.Schema)["Tokens"].GetKeyValues(ref names);
        Assert.That(names.DenseValues().Select(name => $"{name}"), Does.Contain("sees"));
        var last = (KeyPaddingTransformer)((IEnumerable<ITransformer>)loaded).Last();
        Assert.That((last.InputColumnName, last.OutputColumnName, last.Length, last.PaddingSide, last.TruncationSide),
            Is.EqualTo(("Words", "Tokens", 4, padding, truncation)));
    }

    [TestCase("version", "2", "The key padding's description has version 2; this library reads up to 1.")]
    [TestCase("output", "\"\"", "padding.output is empty or white space.")]
    [TestCase("input", "\"a\\u0000b\"", "padding.input is 'a\\0b', which holds the character NUL.")]
    [TestCase("input", "null", "The key padding's description cannot be read: *")]
    [TestCase("length", "0", "padding.length is 0; it must be at least 1.")]
    [TestCase("length", "16777217", "padding.length is 16777217; it must be at most 16777216.")]
    [TestCase("length", "2147483648", "The key padding's description cannot be read: *")]
    [TestCase("paddingSide", "\"middle\"", "The key padding's description cannot be read: *")]
    [TestCase("truncationSide", "1", "The key padding's description cannot be read: *")]
    [TestCase("truncationSide", null, "The key padding's description cannot be read: *")]
    public void What_cannot_be_is_refused_with_its_place(string path, string? value, string message)
    {
        Exception refused = Refused(DescriptionEdit.Edited(_saved, path, value, Description).ToBytes());
        Assert.Multiple(() =>
        {
            Assert.That(refused.Message,
                Does.StartWith($"The key padding in the model file cannot be read. {message.TrimEnd('*')}"));
            Assert.That(refused.GetBaseException(), Is.TypeOf<FormatException>()
                .With.Message.Contains($"' in the model file: {message.TrimEnd('*')}"));
        });
    }

    [Test]
    public void A_damaged_or_missing_description_is_refused()
    {
        byte[] json = new ModelZip(_saved).Read(Description);
        for (int i = 0; i < json.Length; i += 3)
        {
            byte[] flipped = [.. json];
            flipped[i] ^= (byte)(1 << i % 8);
            Assert.That(Refused(new ModelZip(_saved).Replace(Description, flipped).ToBytes())
                .GetBaseException().Message,
                Does.EndWith($"'{Description}' is damaged: its SHA-256 is not the one that was saved with it."));
        }
        Assert.That(Refused(new ModelZip(_saved).Remove(Description).ToBytes()).GetBaseException().Message,
            Does.EndWith($"'{Description}' is missing."));
    }

    /// <summary>Without what ML.NET wraps around it.</summary>
    private Exception Refused(byte[] bytes) =>
        Assert.Throws<InvalidOperationException>(() => ModelZip.Load(_ml, bytes))!.InnerException!.InnerException!;
}
