using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Evaluation;

namespace Ml.Autoencoders.Tests.Evaluation;

internal sealed class ComparedLabelTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestCase("Text", "ab")]
    [TestCase("Whole", "-1 7")]
    [TestCase("Number", "0.5 1.5")]
    [TestCase("Boolean", "False True")]
    [TestCase("Key", "ab")]
    public void Labels_of_every_kind_are_read_in_words_and_learned(string column, string words)
    {
        PcaComparison comparison = _ml.CompareWithPca(View(Make(160)), "Features", new PcaComparisonOptions
        {
            CodeSizes = [2],
            Autoencoders = [],
            LabelColumnName = column,
        });

        string[] expected = words.Contains(' ', StringComparison.Ordinal) ? words.Split(' ') : ["a", "b"];
        Assert.That(comparison.TestLabels!.Distinct().Order(StringComparer.Ordinal), Is.EqualTo(expected));
        ComparedStage exact = comparison.Stages[0];
        Assert.That(exact.LinearAccuracy, Is.GreaterThan(0.8));
        Assert.That(exact.LightGbmAccuracy, Is.GreaterThan(0.8));
        Assert.That(exact.NearestNeighborAccuracy, Is.GreaterThan(0.8));
    }

    [Test]
    public void Labels_belong_to_the_rows_of_the_split()
    {
        Item[] items = Make(50);
        PcaComparison comparison = _ml.CompareWithPca(View(items), "Features", new PcaComparisonOptions
        {
            CodeSizes = [1],
            Autoencoders = [],
            LabelColumnName = "Text",
            Neighbors = 2,
            Examples = 100,
        });

        Dictionary<float, string> labels = items.ToDictionary(item => item.Features[0], item => item.Text);
        Assert.That(comparison.TestLabels, Is.EqualTo(comparison.Examples.Select(row => labels[row[0]])));
        int[] places =
            [.. comparison.Examples.Select(row => Array.FindIndex(items, item => item.Features[0] == row[0]))];
        Assert.That(places, Is.Ordered.And.Unique.And.Length.EqualTo(10), "a fifth of the rows, in their order");
        Assert.That(places, Is.Not.EqualTo(Enumerable.Range(0, 10)).And.Not.EqualTo(Enumerable.Range(40, 10)),
            "drawn by chance");
    }

    [Test]
    public void A_label_that_was_never_trained_on_is_never_read()
    {
        Item[] test = [.. Make(20), .. Make(20).Select(item => new Item { Features = item.Features, Text = "new" })];
        ComparedStage exact = _ml.CompareWithPca(View(Make(100)), "Features", new PcaComparisonOptions
        {
            CodeSizes = [2],
            Autoencoders = [],
            LabelColumnName = "Text",
            TestData = View(test),
        }).Stages[0];
        Assert.That(exact.NearestNeighborAccuracy, Is.InRange(0.4, 0.5));
        Assert.That(exact.LinearAccuracy, Is.InRange(0.4, 0.5));
        Assert.That(exact.LightGbmAccuracy, Is.InRange(0.3, 0.5));
    }

    [TestCase("Text", "Column 'Text', training row 3: the label is missing. Leave such rows out.")]
    [TestCase("Number", "Column 'Number', training row 3: the label is missing. Leave such rows out.")]
    [TestCase("Key", "Column 'Key', training row 3: the label is missing, or was unseen when its key was mapped. " +
        "Give every row one of 'a', 'b', or leave such rows out: ml.Data.FilterRowsByMissingValues(data, \"Key\").")]
    public void A_missing_label_is_named(string column, string message)
    {
        Item[] items = Make(30);
        items[3].Text = "";
        items[3].Number = float.NaN;
        Assert.That(() => _ml.CompareWithPca(View(items), "Features", column),
            Throws.InvalidOperationException.With.Message.EqualTo(message));
    }

    [Test]
    public void A_label_column_is_there_and_holds_labels()
    {
        IDataView data = View(Make(30));
        Assert.That(() => _ml.CompareWithPca(data, "Features", "Nothing"),
            Throws.InstanceOf<ArgumentException>()
                .With.Message.StartsWith(
                    "Could not find label column 'Nothing' among 'Features', 'Text', 'Whole', 'Number', 'Boolean', " +
                    "'Key'."));
        Assert.That(() => _ml.CompareWithPca(data, "Features", "Features"), Throws.InstanceOf<ArgumentException>()
            .With.Message.StartsWith(
                "Label column 'Features' is of type Vector<Single, 12>; it must be a key, a text, a Boolean or a " +
                "number."));
    }

    private IDataView View(Item[] items)
    {
        IDataView view = _ml.Data.LoadFromEnumerable(items);
        IDataView names = _ml.Data.LoadFromEnumerable([new Item { Text = "a" }, new Item { Text = "b" }]);
        return _ml.Transforms.Conversion.MapValueToKey("Key", "Text",
            keyData: _ml.Transforms.SelectColumns("Text").Fit(names).Transform(names))
            .Fit(view).Transform(view);
    }

    private static Item[] Make(int count) => [.. Rows.Make(count).Select(row => new Item
    {
        Features = row.Features,
        Text = row.Label == 1 ? "a" : "b",
        Whole = row.Label == 1 ? 7 : -1,
        Number = row.Label + 0.5f,
        Boolean = row.Label == 1,
    })];

    private sealed class Item
    {
        [VectorType(Row.Size)]
        public float[] Features { get; set; } = new float[Row.Size];

        public string Text { get; set; } = "";

        public int Whole { get; set; }

        public float Number { get; set; }

        public bool Boolean { get; set; }
    }
}
