using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Tables;

/// <summary>Tables in ML.NET's model file.</summary>
internal sealed class TableArchiveTests
{
    private const string Description = "Table.json";

    private readonly MLContext _ml = new(seed: 1);
    private byte[] _saved = [];

    [OneTimeSetUp]
    public void Save()
    {
        IDataView table = Guest.View(_ml, Guest.Make(12));
        _saved = ModelZip.Save(_ml, _ml.Transforms.FeaturizeTable("Features",
            new TableFeaturizingOptions { CategoryColumns = ["Int32"] }, "Region", "Color", "Int32", "Pair", "Single")
            .Fit(table), table.Schema);
    }

    [Test]
    public void A_loaded_table_is_the_same([Values] MissingCategoryHandling handling)
    {
        IDataView table = Guest.View(_ml, Guest.Make(60));
        var pipeline = _ml.Transforms.Conversion.MapValueToKey("Key", "Region")
            .Append(_ml.Transforms.Categorical.OneHotEncoding("Encoded", "Int32"))
            .Append(_ml.Transforms.FeaturizeTable("Features", new TableFeaturizingOptions
            {
                MissingCategories = handling,
                CategoryColumns = ["UInt64", "Double"],
            }, [.. Guest.Columns, "Key", "Encoded"]));
        var model = pipeline.Fit(table);
        ITransformer loaded = ModelZip.Load(_ml, ModelZip.Save(_ml, model, table.Schema));

        IDataView written = loaded.Transform(table);
        Assert.That(Table.Rows(written), Is.EqualTo(Table.Rows(model.Transform(table))));
        Assert.That(Table.Names(written.Schema), Is.EqualTo(Table.Names(model.GetOutputSchema(table.Schema))));
        Assert.That(Table.Ranges(written.Schema), Is.EqualTo(Table.Ranges(model.GetOutputSchema(table.Schema))));
        var last = (TableFeaturizingTransformer)((IEnumerable<ITransformer>)loaded).Last();
        Assert.That(last.InputColumnNames, Is.EqualTo([.. Guest.Columns, "Key", "Encoded"]));
        Assert.That((last.OutputColumnName, last.OutputSize),
            Is.EqualTo(("Features", Table.Names(written.Schema).Length)));
        Assert.That(last.ToString(), Is.EqualTo($"Table of 18 columns to Features ({last.OutputSize})"));
    }

    [Test]
    public void Every_text_is_saved()
    {
        IDataView table = Table.Of(_ml, "a\"b", "\\", "a\0b", "ü", "😀", " ", "\r\n", "<&>", "null", "\u2028");
        TableFeaturizingTransformer model = _ml.Transforms.FeaturizeTable("Features", "Region").Fit(table);
        ITransformer loaded = ModelZip.Load(_ml, ModelZip.Save(_ml, model, table.Schema));
        Assert.That(Table.Rows(loaded.Transform(table)), Is.EqualTo(Table.Rows(model.Transform(table)))
            .And.All.Exactly(1).EqualTo(1));
    }

    [Test]
    public void A_damaged_description_is_refused()
    {
        byte[] json = new ModelZip(_saved).Read(Description);
        json[json.Length / 2] ^= 1;
        Refused(new ModelZip(_saved).Replace(Description, json),
            "'Table.json' is damaged: its SHA-256 is not the one that was saved with it.");
        Refused(new ModelZip(_saved).Remove(Description), "'Table.json' is missing.");
    }

    [TestCase("version", "2", "The table's description has version 2; this library reads up to 1.")]
    [TestCase("output", "\"\"", "table.output is empty or white space.")]
    [TestCase("columns", "[]", "table.columns.count is 0; it must be at least 1.")]
    [TestCase("columns[0].name", "\" \"", "table.columns[0].name is empty or white space.")]
    [TestCase("columns[0].name", "\"Color\"", "table.columns[1].name is 'Color', as another column's is.")]
    [TestCase("columns[0].kind", "\"boolean\"", "table.columns[0].kind is Boolean; a category cannot be of it.")]
    [TestCase("columns[0].kind", "\"dateTime\"", "table.columns[0].kind is DateTime; a category cannot be of it.")]
    [TestCase("columns[0].kind", "11", "The table's description cannot be read")]
    [TestCase("columns[0].missing", "\"else\"", "The table's description cannot be read")]
    [TestCase("columns[0].values", "[]", "table.columns[0].values.count is 0; it must be at least 1.")]
    [TestCase("columns[0].values", "null", "The table's description cannot be read")]
    [TestCase("columns[0].values[1]", "null",
        "table.columns[0].values[1]: is null; it must be a value of the column.")]
    [TestCase("columns[0].values[1]", "\"\"",
        "table.columns[0].values[1]: is 0 characters long; it must be 1 to 4096.")]
    [TestCase("columns[0].values[1]", "\"south\"", "table.columns[0].values[1]: 'south' is in it twice.")]
    [TestCase("columns[0].labels", "[\"a\",\"b\",\"c\"]",
        "table.columns[0].labels has 3 names; only keys have them, one for each of 3 values.")]
    [TestCase("columns[0].isKey", "true", "table.columns[0].kind is String; a key cannot be of it.")]
    [TestCase("columns[0].holds", "\"numbers\"", "The table's description cannot be read")]
    [TestCase("columns[0].holds", "\"secrets\"", "The table's description cannot be read")]
    [TestCase("columns[1].values[0]", "\"0\"", "table.columns[1].values[0]: is 0; keys are from 1 on.")]
    [TestCase("columns[1].values[0]", "\"-1\"", "table.columns[1].values[0]: is -1; keys are from 1 on.")]
    [TestCase("columns[1].values[0]", "\"01\"",
        "table.columns[1].values[0]: is '01'; it must be a value of UInt32, as .NET writes it.")]
    [TestCase("columns[2].values[0]", "\"x\"",
        "table.columns[2].values[0]: is 'x'; it must be a value of Int32, as .NET writes it.")]
    [TestCase("columns[3].length", "0", "table.columns[3].length is 0; it must be at least 1.")]
    [TestCase("columns[3].length", "2147483647", "table.columns[3].length is 2147483647; it must be at most 16777216.")]
    [TestCase("columns[3].length", "16777216",
        "table.output would have 16,777,229 numbers, 16,777,216 of them for column 'Pair'; it can have at most " +
        "16,777,216.")]
    [TestCase("columns[3].slots", "[\"a\"]", "table.columns[3].slots has 1 names; it must have one for each slot.")]
    [TestCase("columns[3].slots", "[\"a\",null]",
        "table.columns[3].slots has 2 names; it must have one for each slot.")]
    [TestCase("columns[3].oneHot", "[{\"first\":1,\"count\":2}]",
        "table.columns[3].oneHot ends with 1..3; it must be among 2 slots of numbers.")]
    [TestCase("columns[3].oneHot", "[{\"first\":0,\"count\":2},{\"first\":1,\"count\":1}]",
        "table.columns[3].oneHot holds the slots 0..2 and 1..2; a slot must be in one group only.")]
    [TestCase("columns[3].oneHot", "[{\"first\":2147483647,\"count\":2147483647}]",
        "table.columns[3].oneHot ends with 2147483647..4294967294; it must be among 2 slots of numbers.")]
    [TestCase("columns[3].kind", "\"string\"", "table.columns[3].kind is String; it must be a number or Boolean.")]
    [TestCase("columns[4]", "null", "table.columns[4]: is null; it must be a column.")]
    [TestCase("more", "1", "The table's description cannot be read")]
    public void A_description_that_cannot_be_is_refused(string path, string value, string message)
    {
        var zip = new ModelZip(_saved);
        JsonNode json = JsonNode.Parse(zip.ReadText(Description))!;
        JsonNode place = json;
        string[] steps = path.Replace("]", "", StringComparison.Ordinal).Split('.', '[');
        foreach (string step in steps[..^1])
            place = int.TryParse(step, CultureInfo.InvariantCulture, out int index) ? place[index]! : place[step]!;
        if (int.TryParse(steps[^1], CultureInfo.InvariantCulture, out int last))
            place[last] = JsonNode.Parse(value);
        else
            place[steps[^1]] = JsonNode.Parse(value);
        Refused(zip.Forge(Description, json.ToJsonString()), message);
    }

    [Test]
    public void Two_entries_of_one_name_are_refused()
    {
        var zip = new ModelZip(_saved);
        Refused(zip.Forge(Description, zip.ReadText(Description).Replace("\"output\":", "\"output\":\"X\",\"output\":",
            StringComparison.Ordinal)), "The table's description cannot be read");
    }

    private void Refused(ModelZip zip, string message)
    {
        Exception error = Assert.Catch(() => ModelZip.Load(_ml, zip.ToBytes()))!;
        while (error.InnerException is { } inner)
            error = inner;
        Assert.That(error, Is.InstanceOf<FormatException>());
        Assert.That(error.Message,
            Does.Match("^'.*' in the model file: ").And.Contain($" in the model file: {message}"));
    }
}
