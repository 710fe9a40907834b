using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Tokens;

/// <summary>Sequences of keys of one length: their keys, names and types.</summary>
internal sealed class KeyPaddingTests
{
    private const SequenceSide End = SequenceSide.End, Start = SequenceSide.Start;

    private static readonly string[] Columns = ["Bytes", "Shorts", "Wholes", "Longs", "Sparse"];

    private readonly MLContext _ml = new(seed: 1);

    [TestCase(End, End, new[] { 1, 2, 0, 0 }, new[] { 1, 2, 3, 4 })]
    [TestCase(Start, End, new[] { 0, 0, 1, 2 }, new[] { 1, 2, 3, 4 })]
    [TestCase(End, Start, new[] { 1, 2, 0, 0 }, new[] { 3, 4, 5, 6 })]
    [TestCase(Start, Start, new[] { 0, 0, 1, 2 }, new[] { 3, 4, 5, 6 })]
    public void Short_rows_are_padded_and_long_ones_cut(SequenceSide padding, SequenceSide truncation, int[] padded,
        int[] cut)
    {
        IDataView rows = KeyRow.View(_ml, [1, 2], [1, 2, 3, 4, 5, 6], [4, 3, 2, 1], []);
        foreach (string column in Columns)
        {
            Assert.That(Padded(rows, column, 4, padding, truncation),
                Is.EqualTo(new[] { padded, cut, [4, 3, 2, 1], [0, 0, 0, 0] }), column);
        }
    }

    [TestCase(End, new[] { 0, 7, 0 }, new[] { 0, 7, 0, 0, 0 })]
    [TestCase(Start, new[] { 8, 0, 9 }, new[] { 0, 0, 0, 7, 0 })]
    public void Missing_keys_stay_where_they_are(SequenceSide side, int[] cut, int[] padded)
    {
        IDataView rows = KeyRow.View(_ml, [0, 7, 0, 8, 0, 9], [0, 7, 0]);
        foreach (string column in Columns)
        {
            Assert.That(Padded(rows, column, 3, side, side)[0], Is.EqualTo(cut), column);
            Assert.That(Padded(rows, column, 5, side, side)[1], Is.EqualTo(padded), column);
        }
    }

    [TestCase(2, new[] { 5, 0 })]
    [TestCase(3, new[] { 5, 0, 6 })]
    [TestCase(4, new[] { 5, 0, 6, 0 })]
    public void A_vector_of_known_size_gets_another(int length, int[] expected) =>
        Assert.That(Padded(KeyRow.View(_ml, [5, 0, 6]), "Known", length, End, End)[0], Is.EqualTo(expected));

    [Test]
    public void Words_of_a_text_keep_their_names()
    {
        IDataView texts = Sentence.View(_ml, "the dog sees the cat", "a cat", "");
        var model = Sentence.Keys(_ml).Append(_ml.Transforms.PadKeys("Tokens", "Words", length: 4)).Fit(texts);
        IDataView padded = model.Transform(texts);
        DataViewSchema.Column column = padded.Schema["Tokens"];
        Assert.That(padded.GetColumn<uint[]>(column),
            Is.EqualTo(new uint[][] { [1, 2, 3, 1], [5, 4, 0, 0], [0, 0, 0, 0] }));
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetKeyValues(ref names);
        Assert.That(names.DenseValues().Select(name => $"{name}"),
            Is.EqualTo(new[] { "the", "dog", "sees", "cat", "a" }));
        Assert.That(column.Type, Is.EqualTo(
            new VectorDataViewType((KeyDataViewType)padded.Schema["Words"].Type.GetItemType(), 4)));
        IDataView back = _ml.Transforms.Conversion.MapKeyToValue("Tokens").Fit(padded).Transform(padded);
        Assert.That(back.GetColumn<string[]>("Tokens").ElementAt(1), Is.EqualTo(new[] { "a", "cat", "", "" }));
    }

    [Test]
    public void Characters_are_keys_too()
    {
        IDataView texts = Sentence.View(_ml, "ab", "abcd");
        var pipeline = _ml.Transforms.Text.TokenizeIntoCharactersAsKeys("Letters", "Text", useMarkerCharacters: false)
            .Append(_ml.Transforms.PadKeys("Letters", length: 3));
        IDataView padded = pipeline.Fit(texts).Transform(texts);
        ushort[][] keys = [.. padded.GetColumn<ushort[]>("Letters")];
        Assert.That(keys[1][..2], Is.EqualTo(keys[0][..2]));
        Assert.That((keys[0][2], keys[1].Length), Is.EqualTo((0, 3)));
        Assert.That(padded.Schema["Letters"].HasKeyValues(), Is.True);
    }

    [Test]
    public void The_longest_row_of_the_fit_gives_the_length_unless_told()
    {
        IDataView rows = KeyRow.View(_ml, [1, 2], [1, 2, 3, 4, 5], []);
        foreach (string column in Columns)
            Assert.That(_ml.Transforms.PadKeys("Tokens", column).Fit(rows).Length, Is.EqualTo(5), column);
        IDataView unread = new UnreadableView(rows);
        Assert.That(_ml.Transforms.PadKeys("Tokens", "Known").Fit(unread).Length, Is.EqualTo(3));
        Assert.That(_ml.Transforms.PadKeys("Tokens", "Wholes", length: 7).Fit(unread).Length, Is.EqualTo(7));
    }

    [Test]
    public void The_schema_that_is_promised_is_delivered([Values("Words", "Tokens")] string output)
    {
        IDataView texts = Sentence.View(_ml, "the dog", "a cat");
        IDataView words = Sentence.Keys(_ml).Fit(texts).Transform(texts);
        KeyPaddingEstimator estimator = _ml.Transforms.PadKeys(output, "Words", length: 3);
        KeyPaddingTransformer fitted = estimator.Fit(words);
        DataViewSchema delivered = fitted.GetOutputSchema(words.Schema);
        Assert.Multiple(() =>
        {
            Assert.That(SchemaText.Of(SchemaShape.Create(delivered)),
                Is.EquivalentTo(SchemaText.Of(estimator.GetOutputSchema(SchemaShape.Create(words.Schema)))));
            Assert.That(fitted.Transform(words).Schema.Select(SchemaText.Of),
                Is.EqualTo(delivered.Select(SchemaText.Of)));
        });
    }

    [Test]
    public void Keys_without_names_and_slots_with_names_are_promised_as_they_are_delivered()
    {
        IDataView rows = KeyRow.View(_ml, [1, 2, 3]);
        foreach (string column in Columns.Append("Known"))
        {
            KeyPaddingEstimator estimator = _ml.Transforms.PadKeys("Tokens", column, length: 2);
            Assert.That(SchemaText.Of(SchemaShape.Create(estimator.Fit(rows).GetOutputSchema(rows.Schema))),
                Is.EquivalentTo(SchemaText.Of(estimator.GetOutputSchema(SchemaShape.Create(rows.Schema)))), column);
        }
    }

    [Test]
    public void The_transformer_says_what_it_does()
    {
        KeyPaddingTransformer model = _ml.Transforms.PadKeys("Tokens", "Wholes", 32, Start, End)
            .Fit(KeyRow.View(_ml, [1]));
        Assert.That((model.OutputColumnName, model.InputColumnName, model.Length, model.PaddingSide,
            model.TruncationSide), Is.EqualTo(("Tokens", "Wholes", 32, Start, End)));
        Assert.That(model.ToString(), Is.EqualTo("Keys of Wholes to Tokens (32)"));
    }

    [Test]
    public void A_prediction_engine_gives_the_same_keys()
    {
        string[] texts = ["the dog sees the cat", "a cat", ""];
        IDataView view = Sentence.View(_ml, texts);
        var model = Sentence.Keys(_ml).Append(_ml.Transforms.PadKeys("Tokens", "Words", length: 3)).Fit(view);
        using PredictionEngine<Sentence, Padding> engine =
            _ml.Model.CreatePredictionEngine<Sentence, Padding>(model);
        Assert.That(texts.Select(text => engine.Predict(new Sentence { Text = text }).Tokens),
            Is.EqualTo(model.Transform(view).GetColumn<uint[]>("Tokens")));
    }

    [Test]
    public void Rows_are_read_by_several_cursors_at_once()
    {
        int[][] keys = [.. Enumerable.Range(0, 500).Select(i => Enumerable.Repeat(1 + i % 9, i % 7).ToArray())];
        IDataView padded = _ml.Transforms.PadKeys("Tokens", "Sparse", length: 4).Fit(KeyRow.View(_ml, keys))
            .Transform(KeyRow.View(_ml, keys));
        DataViewRowCursor[] cursors = padded.GetRowCursorSet([padded.Schema["Tokens"]], 3);
        var read = new uint[keys.Length][];
        Parallel.ForEach(cursors, cursor =>
        {
            using (cursor)
            {
                ValueGetter<VBuffer<uint>> get = cursor.GetGetter<VBuffer<uint>>(padded.Schema["Tokens"]);
                ValueGetter<DataViewRowId> getId = cursor.GetIdGetter();
                VBuffer<uint> row = default;
                DataViewRowId id = default;
                while (cursor.MoveNext())
                {
                    get(ref row);
                    getId(ref id);
                    read[id.Low] = [.. row.DenseValues()];
                }
            }
        });
        Assert.That(read, Is.EqualTo(padded.GetColumn<uint[]>("Tokens")));
    }

    private int[][] Padded(IDataView rows, string column, int length, SequenceSide padding, SequenceSide truncation)
    {
        IDataView padded = _ml.Transforms.PadKeys("Tokens", column, length, padding, truncation).Fit(rows)
            .Transform(rows);
        IDataView wholes = _ml.Transforms.Conversion.ConvertType("Tokens", outputKind: DataKind.UInt32).Fit(padded)
            .Transform(padded);
        return [.. wholes.GetColumn<uint[]>("Tokens").Select(row => row.Select(key => (int)key).ToArray())];
    }

    private sealed class Padding
    {
        public uint[] Tokens { get; set; } = [];
    }
}
