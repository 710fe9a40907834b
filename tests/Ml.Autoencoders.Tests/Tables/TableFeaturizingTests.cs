using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Tables;

/// <summary>What the columns of a table become.</summary>
internal sealed class TableFeaturizingTests
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
    public void Every_type_goes_in_as_it_is()
    {
        IDataView table = Guest.View(_ml, Guest.Make(12));
        IDataView written = _ml.Transforms.FeaturizeTable("Features", Guest.Columns).Fit(table).Transform(table);

        Assert.That(Table.Names(written.Schema), Is.EqualTo(new[]
        {
            "Single", "Double", "SByte", "Byte", "Int16", "UInt16", "Int32", "UInt32", "Int64", "UInt64", "Boolean",
            "Region.south", "Region.east", "Region.north", "Region.(missing)",
            "Color.1", "Color.2", "Color.3", "Color.(missing)",
            "Pair[0]", "Pair[1]", "Wholes[0]", "Wholes[1]", "Flags[0]", "Flags[1]",
        }));
        Assert.That(Table.Ranges(written.Schema),
            Is.EqualTo(new[] { 10, 10, 11, 14, 15, 18, 23, 23, 24, 24 }));
        Assert.That(written.Schema["Features"].IsNormalized(), Is.False);
        Assert.That(written.Schema["Features"].Type, Is.EqualTo(new VectorDataViewType(NumberDataViewType.Single, 25)));
        float[][] rows = Table.Rows(written);
        Assert.That(rows[4], Is.EqualTo(new float[]
        {
            float.NaN, -4e10f, 1, 4, -400, 59_996, -2, 4, -4_999_999_999, ulong.MaxValue, 0,
            0, 1, 0, 0,
            1, 0, 0, 0,
            4, -4, 8, 12, 1, 0,
        }));
        Assert.That(rows[3], Is.EqualTo(new float[]
        {
            1.5f, -3e10f, 0, 3, -300, 59_997, 1, 3, -5_000_000_000, ulong.MaxValue - 1, 1,
            0, 0, 1, 0,
            0, 0, 0, 1,
            3, -3, 6, 9, 0, 1,
        }));
        Assert.That(rows[5][11..15], Is.EqualTo(new[] { 0f, 0, 0, 1 }), "an empty text");
        Assert.That(_warnings.Lines, Is.Empty);
    }

    /// <summary>Of tables in which the order is the same, that of ML.NET being the one of occurrence.</summary>
    [Test]
    public void Slots_are_named_and_noted_as_one_hot_encodings_that_are_joined()
    {
        IDataView table = Guest.View(_ml, Guest.Make(5));
        IDataView theirs = _ml.Transforms.Categorical.OneHotEncoding("Region")
            .Append(_ml.Transforms.Concatenate("Features", "Single", "Region")).Fit(table).Transform(table);
        table = Guest.View(_ml, Guest.Make(3).Concat(Guest.Make(5)[3..].Reverse()));
        IDataView ours = _ml.Transforms.FeaturizeTable("Features", "Single", "Region").Fit(table).Transform(table);

        Assert.That(Table.Names(theirs.Schema), Is.EqualTo(
            new[] { "Single", "Region.south", "Region.north", "Region.east" }));
        Assert.That(Table.Names(ours.Schema), Is.EquivalentTo(Table.Names(theirs.Schema)));
        Assert.That(Table.Ranges(ours.Schema), Is.EqualTo(Table.Ranges(theirs.Schema)).And.EqualTo(new[] { 1, 3 }));
    }

    [Test]
    public void Categories_are_in_the_order_of_their_frequency_and_then_of_their_text()
    {
        IDataView table = Table.Of(_ml, "b", "a", "c", "c", "B", "a", "c", "é");
        Assert.That(Names(table, new()),
            Is.EqualTo(new[] { "Region.c", "Region.a", "Region.B", "Region.b", "Region.é" }));
    }

    [Test]
    public void A_category_that_is_unknown_or_rare_has_zeros()
    {
        IDataView table = Table.Of(_ml, "a", "b", "a", "b", "c", "a", "");
        TableFeaturizingTransformer model = _ml.Transforms
            .FeaturizeTable("Features", new TableFeaturizingOptions { MaximumCategories = 2 }, "Region").Fit(table);

        Assert.That(Table.Names(model.GetOutputSchema(table.Schema)),
            Is.EqualTo(new[] { "Region.a", "Region.b", "Region.(missing)" }));
        Assert.That(Table.Rows(model.Transform(Table.Of(_ml, "b", "c", "d", "A", "", "a "))),
            Is.EqualTo(new float[][] { [0, 1, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 1], [0, 0, 0] }));
        Assert.That(_warnings.Lines, Is.EqualTo(new[]
        {
            "Column 'Region': 2 of 3 categories have a slot, and 83.3 % of the rows that have a category have one of " +
            "these. The others have 0 in all slots of the column.",
        }));
    }

    [Test]
    public void A_missing_category_that_the_fit_has_not_seen_has_zeros()
    {
        TableFeaturizingTransformer model = _ml.Transforms.FeaturizeTable("Features", "Region")
            .Fit(Table.Of(_ml, "a", "b"));
        Assert.That(Table.Rows(model.Transform(Table.Of(_ml, "", "b"))),
            Is.EqualTo(new float[][] { [0, 0], [0, 1] }));
    }

    [Test]
    public void A_missing_category_is_a_gap_where_that_is_asked_for([Values] bool isSeen)
    {
        TableFeaturizingTransformer model = _ml.Transforms.FeaturizeTable("Features", new TableFeaturizingOptions
        {
            MissingCategories = MissingCategoryHandling.Gap,
            CategoryColumns = ["Single"],
        }, "Region", "Int32", "Color", "Single").Fit(Guest.View(_ml,
        [
            new() { Region = "a", Color = 1, Single = 3 }, new() { Region = "b", Color = 2, Single = -1 },
            .. isSeen ? new Guest[] { new() { Color = Guest.NoColor, Single = float.NaN } } : [],
        ]));
        IDataView rows = Guest.View(_ml,
        [
            new() { Region = "b", Color = 1, Single = 3 }, new() { Color = Guest.NoColor, Single = float.NaN },
            new() { Region = "c" },
        ]);

        Assert.That(Table.Names(model.GetOutputSchema(rows.Schema)), Is.EqualTo(
            new[] { "Region.a", "Region.b", "Int32", "Color.2", "Color.3", "Single.-1", "Single.3" }));
        Assert.That(Table.Ranges(model.GetOutputSchema(rows.Schema)), Is.EqualTo(new[] { 0, 1, 3, 4, 5, 6 }));
        Assert.That(Table.Rows(model.Transform(rows)), Is.EqualTo(new float[][]
        {
            [0, 1, 0, 1, 0, 0, 1],
            [float.NaN, float.NaN, 0, float.NaN, float.NaN, float.NaN, float.NaN],
            [0, 0, 0, 0, 0, 0, 0],
        }));
    }

    [Test]
    public void A_category_that_is_called_like_the_missing_one_is_told_from_it() => Assert.That(
        Names(Table.Of(_ml, "(missing)", "(missing)", "x", ""), new()),
        Is.EqualTo(new[] { "Region.(missing)", "Region.x", "Region.((missing))" }));

    [Test]
    public void Numbers_of_every_kind_may_be_categories()
    {
        Guest[] guests = [.. Guest.Make(12), new() { Single = 0f, Double = 0.1 }, new() { Single = -0f, Double = 0.1 },
            new() { Single = 0.1f, Double = double.PositiveInfinity }];
        string[] columns = [.. Guest.Columns.Where(name => name is not ("Boolean" or "Pair" or "Wholes" or "Flags"))];
        IDataView table = Guest.View(_ml, guests);
        TableFeaturizingTransformer model = _ml.Transforms
            .FeaturizeTable("Features", new TableFeaturizingOptions { CategoryColumns = columns }, columns).Fit(table);
        string[] names = Table.Names(model.GetOutputSchema(table.Schema));
        float[][] rows = Table.Rows(model.Transform(table));

        Assert.Multiple(() =>
        {
            Assert.That(names.Where(name => name.StartsWith("Single.", StringComparison.Ordinal)).Take(4),
                Is.EqualTo(new[] { "Single.0", "Single.0.1", "Single.0.5", "Single.1" }));
            Assert.That(names, Has.Member("Single.(missing)").And.Member("Double.Infinity"));
            Assert.That(names, Has.Member("UInt64.18446744073709551615").And.Member("UInt64.18446744073709551614"));
            Assert.That(names, Has.Member("Int64.-5000000000").And.Member("SByte.-3").And.Member("Int16.-800"));
            Assert.That(names, Is.Unique);
        });
        Assert.That(rows.Select(row => row.Sum()), Has.All.EqualTo(columns.Length));
        for (int i = 0; i < guests.Length; i++)
        {
            string[] ones = [.. names.Where((_, slot) => rows[i][slot] == 1)];
            Assert.That(ones, Does.Contain($"UInt64.{guests[i].UInt64}").And.Contain($"Int32.{guests[i].Int32}"));
        }
    }

    [Test]
    public void Keys_are_named_by_their_values()
    {
        IDataView table = Table.Of(_ml, "x", "y", "y", "z", "");
        var pipeline = _ml.Transforms.Conversion.MapValueToKey("Key", "Region")
            .Append(_ml.Transforms.FeaturizeTable("Features", "Key"));
        IDataView written = pipeline.Fit(table).Transform(table);
        Assert.That(Table.Names(written.Schema), Is.EqualTo(new[] { "Key.y", "Key.x", "Key.z", "Key.(missing)" }));
        Assert.That(Table.Rows(written), Is.EqualTo(
            new float[][] { [0, 1, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1] }));
    }

    [TestCase(1_000, 1_000)]
    [TestCase(2_000, 1_000)]
    [TestCase(2_000, 2_000)]
    public void A_thousand_categories_have_a_slot_each(int values, int most)
    {
        // The later, the more frequent.
        IDataView table = Table.Of(_ml, Enumerable.Range(0, values).SelectMany(i =>
            Enumerable.Repeat($"v{i:D4}", 1 + i / 500)));
        TableFeaturizingTransformer model = (most == 1_000
            ? _ml.Transforms.FeaturizeTable("Features", "Region")
            : _ml.Transforms.FeaturizeTable("Features", new() { MaximumCategories = most }, "Region")).Fit(table);

        Assert.That(model.OutputSize, Is.EqualTo(most));
        string[] names = Table.Names(model.GetOutputSchema(table.Schema));
        Assert.That(names[0], Is.EqualTo($"Region.v{values - 500:D4}"));
        Assert.That(names[^1], Is.EqualTo(values == most ? "Region.v0499" : "Region.v1499"));
        float[][] rows = Table.Rows(model.Transform(Table.Of(_ml, $"v{values - 1:D4}", "v0000")));
        Assert.That(rows[0], Has.Exactly(1).EqualTo(1).And.Exactly(most - 1).EqualTo(0));
        Assert.That(rows[0][499], Is.EqualTo(1));
        Assert.That(rows[1].Sum(), Is.EqualTo(values == most ? 1 : 0));
        Assert.That(_warnings.Lines, Has.Length.EqualTo(values == most ? 0 : 1));
    }

    [Test]
    public void One_category_is_a_slot_that_is_one()
    {
        IDataView table = Table.Of(_ml, "a", "a", "a");
        IDataView written = _ml.Transforms.FeaturizeTable("Features", "Region", "Int32").Fit(table).Transform(table);
        Assert.That(Table.Rows(written), Has.All.EqualTo(new float[] { 1, 0 }));
        Assert.That(Table.Ranges(written.Schema), Is.EqualTo(new[] { 0, 0 }));
    }

    /// <summary>A lone surrogate has no place in a file, and a long text is not a category.</summary>
    [Test]
    public void Texts_that_cannot_be_categories_have_zeros()
    {
        string tooLong = new('x', 4_097);
        IDataView table = Table.Of(_ml, "a\ud800", "a\ud800", "😀", tooLong, tooLong);
        TableFeaturizingTransformer model = _ml.Transforms.FeaturizeTable("Features", "Region").Fit(table);
        Assert.That(Table.Names(model.GetOutputSchema(table.Schema)), Is.EqualTo(new[] { "Region.😀" }));
        Assert.That(Table.Rows(model.Transform(table)).Select(row => row[0]), Is.EqualTo(new[] { 0f, 0, 1, 0, 0 }));
        Assert.That(_warnings.Lines.Single(), Does.EndWith(
            " So have 4 rows with a text longer than 4,096 characters, or not well-formed."));
    }

    [Test]
    public void What_a_vector_notes_is_kept()
    {
        IDataView table = Guest.View(_ml, Guest.Make(12));
        IDataView written = _ml.Transforms.Categorical.OneHotEncoding("Encoded", "Region")
            .Append(_ml.Transforms.FeaturizeTable("Features", "Single", "Encoded", "Boolean")).Fit(table)
            .Transform(table);
        Assert.That(Table.Names(written.Schema), Is.EqualTo(
            new[] { "Single", "Encoded.south", "Encoded.north", "Encoded.east", "Boolean" }));
        Assert.That(Table.Ranges(written.Schema), Is.EqualTo(new[] { 1, 3, 4, 4 }));
    }

    [Test]
    public void Numbers_alone_have_no_categories()
    {
        IDataView table = Guest.View(_ml, Guest.Make(3));
        DataViewSchema written = _ml.Transforms.FeaturizeTable("Features", "Single", "Pair").Fit(table)
            .GetOutputSchema(table.Schema);
        Assert.That(Table.Ranges(written), Is.Null);
        Assert.That(Table.Names(written), Is.EqualTo(new[] { "Single", "Pair[0]", "Pair[1]" }));
    }

    private string[] Names(IDataView table, TableFeaturizingOptions options) => Table.Names(
        _ml.Transforms.FeaturizeTable("Features", options, "Region").Fit(table).GetOutputSchema(table.Schema));
}
