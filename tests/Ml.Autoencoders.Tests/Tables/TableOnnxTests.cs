using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Tables;

/// <summary>Tables in ML.NET's own export to ONNX.</summary>
internal sealed class TableOnnxTests
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
    public void A_table_gives_the_same_numbers([Values] MissingCategoryHandling handling,
        [Values(ConvertedModel.Oldest, ConvertedModel.Newest)] int version)
    {
        IDataView table = Guest.View(_ml, Guest.Make(40));
        RequireSame(_ml.Transforms.FeaturizeTable("Features",
            new TableFeaturizingOptions { MissingCategories = handling }, Guest.Columns).Fit(table), table, version);
    }

    [Test]
    public void Numbers_that_are_categories_give_the_same_numbers([Values] MissingCategoryHandling handling,
        [Values(ConvertedModel.Oldest, ConvertedModel.Newest)] int version)
    {
        string[] columns = [.. Guest.Columns.Where(name => name is not ("Boolean" or "Pair" or "Wholes" or "Flags"))];
        Guest[] odd =
        [
            new() { Single = float.NaN, Double = double.NaN }, new() { Double = 0.1 }, new() { Double = 0.1f },
            new() { Single = float.PositiveInfinity, Double = double.NegativeInfinity }, new() { Single = -0f },
            new() { UInt64 = 1UL << 63, Int64 = long.MinValue, Int32 = int.MinValue },
        ];
        TableFeaturizingTransformer model = _ml.Transforms.FeaturizeTable("Features", new TableFeaturizingOptions
        {
            MissingCategories = handling,
            CategoryColumns = columns,
        }, columns).Fit(Guest.View(_ml, [.. Guest.Make(7), .. odd]));
        RequireSame(model, Guest.View(_ml, [.. Guest.Make(60), .. odd]), version);
    }

    /// <summary>And keys, that stages before it write.</summary>
    [Test]
    public void Unknown_and_rare_categories_give_the_same_numbers(
        [Values(ConvertedModel.Oldest, ConvertedModel.Newest)] int version)
    {
        var pipeline = _ml.Transforms.Conversion.MapValueToKey("Key", "Region").Append(_ml.Transforms.FeaturizeTable(
            "Features", new TableFeaturizingOptions { MaximumCategories = 2 }, "Region", "Key", "Color"));
        IDataView table = Table.Of(_ml, "a", "b", "a", "b", "c", "ü", "a b");
        RequireSame(pipeline.Fit(table), Table.Of(_ml, "", "a", "x", "c", "b", "ü", "A"), version);
    }

    [Test]
    public void A_detector_of_a_table_gives_the_same_scores()
    {
        IDataView table = Guest.View(_ml, Guest.Make(60));
        using var model = _ml.AnomalyDetection.Trainers.Autoencoder(["Region", "Int32", "Boolean", "Single"], new()
        {
            CodeSize = 2,
            Network = Small.Network,
            MissingValues = MissingValueHandling.LeaveOut,
            Training = Small.Training(),
        }).Fit(table);
        using var converted = new ConvertedModel(_ml, model, table, ConvertedModel.Oldest);
        float[] expected = [.. ColumnNumbers.Of(model.Transform(table), "Score").Select(row => row[0])];
        Assert.That(converted.Run(table, "Score")["Score"].Select(row => row[0]),
            Is.EqualTo(expected).Within(1e-4).And.All.Not.NaN);
    }

    [Test]
    public void A_category_that_onnx_runtime_would_cut_is_not_exported()
    {
        IDataView table = Table.Of(_ml, "a\0b", "a");
        TableFeaturizingTransformer model = _ml.Transforms.FeaturizeTable("Features", "Region").Fit(table);
        Assert.That(() => new ConvertedModel(_ml, model, table, ConvertedModel.Oldest),
            Throws.InvalidOperationException);
        Assert.That(_warnings.Lines, Has.Member("A category of column 'Region' has the character NUL, where a text " +
            "ends in ONNX Runtime. ML.NET's ConvertToOnnx cannot export a model with that table."));
    }

    [Test]
    public void A_column_that_would_be_taken_for_another_is_not_exported()
    {
        IDataView table = Table.Of(_ml, "a", "b");
        TableFeaturizingTransformer model = _ml.Transforms.FeaturizeTable("Region.output", "Region").Fit(table);
        Assert.That(() => new ConvertedModel(_ml, model, table, ConvertedModel.Oldest),
            Throws.Exception);
        Assert.That(_warnings.Lines, Has.Member("Column 'Region.output' would get the values of column 'Region', to " +
            "whose name ML.NET appends '.output'. Choose another name. ML.NET's ConvertToOnnx cannot export a model " +
            "with that table."));
    }

    private void RequireSame(ITransformer model, IDataView table, int version)
    {
        float[][] expected = Table.Rows(model.Transform(table));
        using var converted = new ConvertedModel(_ml, model, table, version);
        Assert.That(converted.Run(table, "Features")["Features"], Is.EqualTo(expected));
        Assert.That(_warnings.Lines.Where(line => line.Contains("ONNX", StringComparison.Ordinal)), Is.Empty);
    }
}
