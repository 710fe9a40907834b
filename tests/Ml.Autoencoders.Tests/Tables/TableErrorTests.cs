using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Tables;

/// <summary>What is wrong with a table, in words.</summary>
internal sealed class TableErrorTests
{
    private const string Expected =
        "expected a number, a Boolean, a text, a key, or a vector of numbers or Booleans of known size, got ";

    private readonly MLContext _ml = new(seed: 1);

    private static IEnumerable<TestCaseData> Types()
    {
        yield return new TestCaseData(nameof(Odd.Day),
            "DateTime. Make numbers of it first, such as the hour of the day or days since a date, with " +
            "ml.Transforms.CustomMapping");
        yield return new TestCaseData(nameof(Odd.Duration),
            "TimeSpan. Make numbers of it first, such as the hour of the day or days since a date, with " +
            "ml.Transforms.CustomMapping");
        yield return new TestCaseData(nameof(Odd.Words),
            "Vector<String, 2>. Make numbers of its words first: ml.Transforms.Text.FeaturizeText(\"Words\")");
        yield return new TestCaseData(nameof(Odd.Keys),
            "Vector<Key<UInt32, 0-2>, 2>. Count its keys first: ml.Transforms.Conversion.MapKeyToVector(\"Keys\", " +
            "outputCountVector: true)");
        yield return new TestCaseData(nameof(Odd.Any),
            "Vector<Single>. Set its size in the loader, with [VectorType(n)] on the property of a class or with " +
            "SchemaDefinition");
    }

    [TestCaseSource(nameof(Types))]
    public void A_type_that_is_not_taken_is_named_with_a_remedy(string column, string found)
    {
        IDataView table = _ml.Data.LoadFromEnumerable(new Odd[] { new() });
        TableFeaturizingEstimator estimator = _ml.Transforms.FeaturizeTable("Features", column);
        Assert.That(() => estimator.Fit(table), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message
            .StartsWith($"Schema mismatch for input column '{column}': {Expected}{found}"));
        Assert.That(() => estimator.GetOutputSchema(SchemaShape.Create(table.Schema)),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message
            .Contains(found[found.IndexOf('.', StringComparison.Ordinal)..]));
    }

    [Test]
    public void An_image_is_named_with_a_remedy()
    {
        IDataView table = _ml.Transforms.LoadImages("Image", null!, "Region").Fit(Table.Of(_ml, "a"))
            .Transform(Table.Of(_ml, "a"));
        Assert.That(() => _ml.Transforms.FeaturizeTable("Features", "Image").Fit(table),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains(
                "Make a vector of numbers of it first, as ml.Transforms.ExtractPixels does of images, or leave it"));
    }

    [Test]
    public void A_missing_column_is_named_among_the_others()
    {
        IDataView table = _ml.Data.LoadFromEnumerable(new Odd[] { new() });
        TableFeaturizingEstimator estimator = _ml.Transforms.FeaturizeTable("Features", "Regoin");
        const string Message = "Could not find input column 'Regoin' among 'Day', 'Duration', 'Words', 'Keys', 'Any'.";
        Assert.That(() => estimator.Fit(table),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.StartsWith(Message));
        Assert.That(() => estimator.GetOutputSchema(SchemaShape.Create(table.Schema)),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.StartsWith("Could not find input column"));
    }

    [Test]
    public void Arguments_are_checked_by_the_call() => Assert.Multiple(() =>
    {
        Refused(() => _ml.Transforms.FeaturizeTable("Features"),
            "FeaturizeTable: inputColumnNames is empty; it must name at least one column. (Parameter " +
            "'inputColumnNames')");
        Refused(() => _ml.Transforms.FeaturizeTable("Features", "A", "B", "A"),
            "FeaturizeTable: inputColumnNames has 'A' twice; each column goes in once. (Parameter 'inputColumnNames')");
        Refused(() => _ml.Transforms.FeaturizeTable("Features", "A", " "),
            "FeaturizeTable: inputColumnNames is empty or white space. (Parameter 'inputColumnNames')");
        Refused(() => _ml.Transforms.FeaturizeTable("", "A"),
            "FeaturizeTable: outputColumnName is empty or white space. (Parameter 'outputColumnName')");
        Refused(() => _ml.AnomalyDetection.Trainers.Autoencoder([]),
            "Autoencoder: inputColumnNames is empty; it must name at least one column. (Parameter " +
            "'inputColumnNames')");
        Refused(() => _ml.AnomalyDetection.Trainers.VariationalAutoencoder(["A", "A"]),
            "VariationalAutoencoder: inputColumnNames has 'A' twice; each column goes in once. (Parameter " +
            "'inputColumnNames')");
        RefusedOptions(new() { MaximumCategories = 0 },
            "MaximumCategories is 0; it must be at least 1. (Parameter 'MaximumCategories')");
        RefusedOptions(new() { MaximumCategories = 1_000_001 },
            "MaximumCategories is 1000001; it must be at most 1000000. (Parameter 'MaximumCategories')");
        RefusedOptions(new() { MissingCategories = (MissingCategoryHandling)7 },
            "MissingCategories is 7; it must be one of Category, Gap. (Parameter 'MissingCategories')");
        RefusedOptions(new() { CategoryColumns = ["C"] },
            "CategoryColumns has 'C', which is not among the input columns: A, B. (Parameter 'CategoryColumns')");
        RefusedOptions(new() { CategoryColumns = ["A", "A"] },
            "CategoryColumns has 'A' twice. (Parameter 'CategoryColumns')");
    });

    [TestCase("Pair", "a vector")]
    [TestCase("Flags", "a vector")]
    [TestCase("Boolean", "a Boolean, which has one slot for its two values")]
    public void Columns_that_cannot_be_categories_are_named(string column, string what)
    {
        IDataView table = Guest.View(_ml, Guest.Make(3));
        TableFeaturizingEstimator estimator = _ml.Transforms.FeaturizeTable("Features",
            new TableFeaturizingOptions { CategoryColumns = [column] }, column);
        string message = $"TableFeaturizingOptions: CategoryColumns has '{column}', {what}; it must be a column of " +
            "one number per row.";
        Assert.That(() => estimator.Fit(table), Throws.InvalidOperationException.With.Message.EqualTo(message));
        Assert.That(() => estimator.GetOutputSchema(SchemaShape.Create(table.Schema)),
            Throws.InvalidOperationException.With.Message.EqualTo(message));
    }

    [Test]
    public void Categories_that_are_not_there_are_named([Values] MissingCategoryHandling handling)
    {
        TableFeaturizingEstimator estimator = _ml.Transforms.FeaturizeTable("Features",
            new TableFeaturizingOptions { MissingCategories = handling }, "Region");
        Assert.That(() => estimator.Fit(Table.Of(_ml, "", "")), Throws.InvalidOperationException.With.Message.EqualTo(
            "Column 'Region' is missing in all of the 2 rows of the fit; there must be at least one category. Leave " +
            "the column out."));
        Assert.That(() => estimator.Fit(Table.Of(_ml)), Throws.InvalidOperationException.With.Message.EqualTo(
            "There are no rows to find the categories of 'Region' in."));
        Assert.That(() => estimator.Fit(Table.Of(_ml, new string('x', 5_000))),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "Column 'Region' has only texts that cannot be categories: longer than 4,096 characters, or not " +
                "well-formed. Make numbers of its words first: ml.Transforms.Text.FeaturizeText(\"Region\")."));
    }

    [Test]
    public void Too_many_values_are_not_categories()
    {
        IDataView table = _ml.Data.LoadFromEnumerable(
            Enumerable.Range(0, 1_000_001).Select(i => new Narrow { Number = i }));
        Assert.That(() => _ml.Transforms.FeaturizeTable("Features",
            new TableFeaturizingOptions { CategoryColumns = ["Number"] }, "Number").Fit(table),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "Column 'Number' has more than 1,000,000 different values, which are not categories but names or " +
                "numbers of single rows. Leave it out, or make something of it that rows have in common, for example " +
                "with ml.Transforms.Categorical.OneHotHashEncoding(\"Number\")."));
    }

    [Test]
    public void Too_much_text_is_not_categories()
    {
        string rest = new('x', 4_000);
        IDataView table = _ml.Data.LoadFromEnumerable(
            Enumerable.Range(0, 20_000).Select(i => new Guest { Region = $"{i}{rest}" }));
        Assert.That(() => _ml.Transforms.FeaturizeTable("Features", "Region").Fit(table),
            Throws.InvalidOperationException.With.Message.StartsWith("Column 'Region' has different texts of more " +
                "than 67,108,864 characters in all, which are not categories"));
    }

    [Test]
    public void A_vector_that_would_be_too_long_is_not_made()
    {
        var schema = SchemaDefinition.Create(typeof(Odd));
        schema[nameof(Odd.Any)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 1 << 24);
        IDataView table = _ml.Data.LoadFromEnumerable(new Odd[] { new() }, schema);
        table = _ml.Transforms.CopyColumns("Other", "Any").Fit(table).Transform(table);
        Assert.That(() => _ml.Transforms.FeaturizeTable("Features", "Any", "Other").Fit(table),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "Column 'Features' would have 33,554,432 numbers, 16,777,216 of them for column 'Any'; it can have " +
                "at most 16,777,216. Leave columns out, or lower MaximumCategories."));
    }

    [Test]
    public void A_column_that_has_another_type_than_in_the_fit_is_named()
    {
        TableFeaturizingTransformer model = _ml.Transforms
            .FeaturizeTable("Features", "Region", "Single", "Pair", "Color").Fit(Guest.View(_ml, Guest.Make(5)));
        Named("Region", "Single", "expected String, as in the fit, got Single");
        Named("Single", "Double", "expected Single, as in the fit, got Double");
        Named("Single", "Pair", "expected Single, as in the fit, got Vector<Single, 2>");
        Named("Pair", "Single", "expected a vector of 2 Single, as in the fit, got Single");
        Named("Color", "UInt32", "expected a key of UInt32, as in the fit, got UInt32");

        void Named(string column, string other, string message)
        {
            IDataView table = Guest.View(_ml, Guest.Make(5));
            table = _ml.Transforms.CopyColumns(column, other).Fit(table).Transform(table);
            Assert.That(() => model.Transform(table), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message
                .StartsWith($"Schema mismatch for input column '{column}': {message}"));
        }
    }

    [Test]
    public void A_key_that_is_mapped_anew_is_refused()
    {
        var keys = _ml.Transforms.Conversion.MapValueToKey("Key", "Region");
        IDataView table = Table.Of(_ml, "a", "b", "b");
        table = keys.Fit(table).Transform(table);
        TableFeaturizingTransformer model = _ml.Transforms.FeaturizeTable("Features", "Key").Fit(table);
        IDataView other = Table.Of(_ml, "b", "a");
        other = keys.Fit(other).Transform(other);
        IDataView longer = Table.Of(_ml, "a", "b", "c");
        longer = keys.Fit(longer).Transform(longer);

        Assert.That(() => model.Transform(other), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message
            .StartsWith("Schema mismatch for input column 'Key': expected a key whose value 2 is 'b', as in the fit, " +
                "got one where it is 'a'. Map it with the transformer that mapped it in the fit, not with one that " +
                "is fitted anew"));
        Assert.That(Table.Rows(model.Transform(longer)), Is.EqualTo(new float[][] { [0, 1], [1, 0], [0, 0] }));
    }

    private static void Refused(Action call, string message) =>
        Assert.That(call, Throws.InstanceOf<ArgumentException>().With.Message.EqualTo(message));

    private void RefusedOptions(TableFeaturizingOptions options, string message) => Refused(
        () => _ml.Transforms.FeaturizeTable("Features", options, "A", "B"), $"TableFeaturizingOptions: {message}");

    private sealed class Narrow
    {
        public int Number { get; set; }
    }

    private sealed class Odd
    {
        public DateTime Day { get; set; }

        public TimeSpan Duration { get; set; }

        [VectorType(2)]
        public string[] Words { get; set; } = ["", ""];

        [VectorType(2), KeyType(3)]
        public uint[] Keys { get; set; } = [0, 0];

        public float[] Any { get; set; } = [];
    }
}
