using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Tokens;

/// <summary>What is wrong with a column that is to be padded, in words.</summary>
internal sealed class KeyPaddingErrorTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestCase("Text", "String. Split it into words and make keys of them first: " +
        "ml.Transforms.Text.TokenizeIntoWords(\"Text\") and ml.Transforms.Conversion.MapValueToKey(\"Text\")")]
    [TestCase("Texts", "Vector<String>. Make keys of its values first: " +
        "ml.Transforms.Conversion.MapValueToKey(\"Texts\")")]
    [TestCase("Numbers", "Vector<Single, 2>. Make keys of its values first: " +
        "ml.Transforms.Conversion.MapValueToKey(\"Numbers\")")]
    [TestCase("Number", "Int32. Join columns into a vector and make keys of its values first: " +
        "ml.Transforms.Concatenate(\"Number\", ...) and ml.Transforms.Conversion.MapValueToKey(\"Number\")")]
    [TestCase("Key", "Key<UInt32, 0-4>. Join columns into a vector before keys are made of their values: " +
        "ml.Transforms.Concatenate(\"Key\", ...) and ml.Transforms.Conversion.MapValueToKey(\"Key\")")]
    [TestCase("Day", "DateTime. Make a vector of keys of it first")]
    public void A_column_that_holds_no_sequences_of_keys_is_named_with_a_remedy(string column, string found)
    {
        IDataView rows = _ml.Data.LoadFromEnumerable([new Odd()]);
        KeyPaddingEstimator estimator = _ml.Transforms.PadKeys("Tokens", column);
        Assert.That(() => estimator.Fit(rows), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message
            .StartsWith($"Schema mismatch for input column '{column}': expected a vector of keys, got {found}"));
        Assert.That(() => estimator.GetOutputSchema(SchemaShape.Create(rows.Schema)),
            Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Message.Contains(found[found.IndexOf('.', StringComparison.Ordinal)..]));
        Assert.That(() => _ml.Transforms.PadKeys("Tokens", column, length: 3).Fit(rows),
            Throws.TypeOf<ArgumentOutOfRangeException>());
        KeyPaddingTransformer model = _ml.Transforms.PadKeys("Tokens", column, length: 3)
            .Fit(_ml.Data.LoadFromEnumerable([new Even()]));
        Assert.That(() => model.Transform(rows), Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Message.Contains(found));
        Assert.That(() => model.GetOutputSchema(rows.Schema), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    /// <summary>As the remedies say.</summary>
    [Test]
    public void The_remedies_work()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable([new Odd(), new Odd()]);
        var pipeline = _ml.Transforms.Text.TokenizeIntoWords("Text")
            .Append(_ml.Transforms.Conversion.MapValueToKey("Text"))
            .Append(_ml.Transforms.PadKeys("Text"))
            .Append(_ml.Transforms.Concatenate("Number", "Number", "Number"))
            .Append(_ml.Transforms.Conversion.MapValueToKey("Number"))
            .Append(_ml.Transforms.PadKeys("Number", length: 3));
        IDataView padded = pipeline.Fit(rows).Transform(rows);
        Assert.That(padded.GetColumn<uint[]>("Text").First(), Is.EqualTo(new uint[] { 1, 2 }));
        Assert.That(padded.GetColumn<uint[]>("Number").First(), Is.EqualTo(new uint[] { 1, 1, 0 }));
    }

    [Test]
    public void A_missing_column_is_named_among_the_others()
    {
        IDataView rows = Sentence.View(_ml, "a");
        KeyPaddingEstimator estimator = _ml.Transforms.PadKeys("Tokens", "Wrods");
        Assert.That(() => estimator.Fit(rows), Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Message.StartsWith("Could not find input column 'Wrods' among 'Text'."));
        Assert.That(() => estimator.GetOutputSchema(SchemaShape.Create(rows.Schema)),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("Could not find input column"));
    }

    [Test]
    public void Rows_without_keys_give_no_length()
    {
        foreach (int[][] rows in new int[][][] { [], [[], []] })
        {
            Assert.That(() => _ml.Transforms.PadKeys("Tokens", "Wholes").Fit(KeyRow.View(_ml, rows)),
                Throws.InvalidOperationException.With.Message.EqualTo(
                    "Column 'Wholes' has no key in any row, which gives no length. Set the length of the sequences."));
        }
    }

    [Test]
    public void Arguments_are_checked_by_the_call() => Assert.Multiple(() =>
    {
        Refused(() => _ml.Transforms.PadKeys(" "), "PadKeys: outputColumnName is empty or white space.");
        Refused(() => _ml.Transforms.PadKeys(null!), "PadKeys: outputColumnName is null.");
        Refused(() => _ml.Transforms.PadKeys("A", ""), "PadKeys: inputColumnName is empty or white space.");
        Refused(() => _ml.Transforms.PadKeys("A", length: 0), "PadKeys: length is 0; it must be at least 1.");
        Refused(() => _ml.Transforms.PadKeys("A", length: 16_777_217),
            "PadKeys: length is 16777217; it must be at most 16777216.");
        Refused(() => _ml.Transforms.PadKeys("A", paddingSide: (SequenceSide)7),
            "PadKeys: paddingSide is 7; it must be one of End, Start.");
        Refused(() => _ml.Transforms.PadKeys("A", truncationSide: (SequenceSide)(-1)),
            "PadKeys: truncationSide is -1; it must be one of End, Start.");
    });

    [Test]
    public void A_canceled_fit_ends()
    {
        var ml = new MLContext(1);
        int read = 0;
        IEnumerable<KeyRow> Rows()
        {
            for (int i = 0; i < 1_000; i++)
            {
                if (++read == 10)
                    ml.CancelExecution();
                yield return KeyRow.Of(1);
            }
        }

        Assert.That(() => ml.Transforms.PadKeys("Tokens", "Wholes").Fit(ml.Data.LoadFromEnumerable(Rows())),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(read, Is.LessThan(1_000));
    }

    private static void Refused(Action call, string message) =>
        Assert.That(call, Throws.InstanceOf<ArgumentException>().With.Message.StartsWith($"{message} (Parameter '"));

    private sealed class Odd
    {
        public string Text { get; set; } = "a word";

        public string[] Texts { get; set; } = ["a"];

        [VectorType(2)]
        public float[] Numbers { get; set; } = [1, 2];

        public int Number { get; set; } = 3;

        [KeyType(5)]
        public uint Key { get; set; } = 2;

        public DateTime Day { get; set; } = new(2026, 1, 1);
    }

    /// <summary>The same columns as they must be.</summary>
    private sealed class Even
    {
        [KeyType(5)]
        public uint[] Text { get; set; } = [1];

        [KeyType(5)]
        public uint[] Texts { get; set; } = [1];

        [KeyType(5)]
        public uint[] Numbers { get; set; } = [1];

        [KeyType(5)]
        public uint[] Number { get; set; } = [1];

        [KeyType(5)]
        public uint[] Key { get; set; } = [1];

        [KeyType(5)]
        public uint[] Day { get; set; } = [1];
    }
}
