using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Tokens;

/// <summary>The padding of keys in ML.NET's own export to ONNX.</summary>
internal sealed class KeyPaddingOnnxTests
{
    private MLContext _ml = null!;
    private Warnings _warnings = null!;

    [SetUp]
    public void MakeContext()
    {
        _ml = new MLContext(seed: 1);
        _warnings = new Warnings(_ml);
    }

    [Test]
    public void A_vector_of_known_size_gives_the_same_keys([Values(2, 3, 5)] int length,
        [Values] SequenceSide padding, [Values] SequenceSide truncation,
        [Values(ConvertedModel.Oldest, ConvertedModel.Newest)] int version)
    {
        IDataView rows = Known(_ml, [1, 2, 3], [4, 0, 5], [0, 0, 0]);
        RequireSame(_ml.Transforms.PadKeys("Tokens", "Known", length, padding, truncation).Fit(rows), rows, version);
    }

    /// <summary>ML.NET exports the splitting of texts for one text at a time.</summary>
    [Test]
    public void Words_of_a_text_give_the_same_keys([Values(1, 2, 5, 9)] int length,
        [Values(ConvertedModel.Oldest, ConvertedModel.Newest)] int version)
    {
        string[] texts = ["the dog sees the cat", "a cat", "the"];
        var model = Sentence.Keys(_ml).Append(_ml.Transforms.PadKeys("Tokens", "Words", length))
            .Fit(Sentence.View(_ml, texts));
        foreach (string text in texts.Append("the unknown cat"))
            RequireSame(model, Sentence.View(_ml, text), version);
    }

    [TestCase(SequenceSide.End, SequenceSide.Start)]
    [TestCase(SequenceSide.Start, SequenceSide.End)]
    public void The_start_of_rows_of_different_lengths_is_refused(SequenceSide padding, SequenceSide truncation)
    {
        IDataView texts = Sentence.View(_ml, "the dog", "a");
        var model = Sentence.Keys(_ml).Append(_ml.Transforms.PadKeys("Tokens", "Words", 4, padding, truncation))
            .Fit(texts);
        Assert.That(() => _ml.Model.ConvertToOnnx(model, texts, new MemoryStream()),
            Throws.TypeOf<NotSupportedException>().With.Message.EqualTo(
                "The stage PadKeys of column 'Tokens' cannot be exported to ONNX: column 'Words' is a vector of " +
                "unknown size, which the export pads and cuts at the end only. Set both sides to End, or export the " +
                "stages after it."));
    }

    [Test]
    public void A_column_that_would_be_taken_for_another_is_not_exported()
    {
        IDataView rows = Known(_ml, [1, 2, 3]);
        KeyPaddingTransformer model = _ml.Transforms.PadKeys("Known.output", "Known", length: 2).Fit(rows);
        using var converted = new ConvertedModel(_ml, model, rows, ConvertedModel.Oldest);
        Assert.That(_warnings.Lines, Has.Member("Column 'Known.output' would get the values of column 'Known', to " +
            "whose name ML.NET appends '.output'. Choose another name. ML.NET's ConvertToOnnx cannot export a model " +
            "with that stage."));
    }

    private static IDataView Known(MLContext ml, params uint[][] rows) =>
        ml.Data.LoadFromEnumerable(rows.Select(row => new KnownRow { Known = row }));

    private void RequireSame(ITransformer model, IDataView rows, int version)
    {
        float[][] expected = [.. model.Transform(rows).GetColumn<uint[]>("Tokens")
            .Select(row => row.Select(key => (float)key).ToArray())];
        using var converted = new ConvertedModel(_ml, model, rows, version);
        Assert.That(converted.Run(rows, "Tokens")["Tokens"], Is.EqualTo(expected));
        Assert.That(_warnings.Lines.Where(line => line.Contains("ONNX", StringComparison.Ordinal)), Is.Empty);
    }

    private sealed class KnownRow
    {
        [KeyType(9), VectorType(3)]
        public uint[] Known { get; set; } = [];
    }
}
