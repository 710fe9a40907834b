using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Evaluation;

namespace Ml.Autoencoders.Tests.Options;

internal sealed class CategoriesTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Test]
    public void Of_the_same_columns_are_equal()
    {
        string[] columns = ["A", "B"];
        Assert.That(Categories.Of("A", "B"), Is.EqualTo(Categories.Of(columns)));
        Assert.That(Categories.Of("A", "B"), Is.Not.EqualTo(Categories.Of("B", "A")));
        Assert.That(Categories.Annotated, Is.Not.EqualTo(Categories.None));
        Assert.That($"{Categories.Of("A", "B")}, {Categories.None}, {Categories.Annotated}",
            Is.EqualTo("Of('A', 'B'), None, Annotated"));
    }

    [Test]
    public void Columns_are_named_once_each()
    {
        Assert.That(() => Categories.Of(), Throws.ArgumentException.With.Message.Contains("columns is empty"));
        Assert.That(() => Categories.Of("A", "A"), Throws.ArgumentException.With.Message.Contains("'A' twice"));
        Assert.That(() => Categories.Of(" "), Throws.ArgumentException.With.Message.Contains("white space"));
        Assert.That(() => Categories.Of(null!), Throws.ArgumentNullException);
        Assert.That(() => Categories.Of("A", null!), Throws.InstanceOf<ArgumentException>());
    }

    private static IEnumerable<TestCaseData> Obstacles()
    {
        yield return new TestCaseData(
            new PlainOptions { Loss = ReconstructionLoss.BinaryCrossEntropy }, "Loss is BinaryCrossEntropy");
        yield return new TestCaseData(new PlainOptions { Image = new(2, 5) }, "Image is");
        yield return new TestCaseData(new PlainOptions { TargetColumnName = "T" }, "TargetColumnName is 'T'");
        yield return new TestCaseData(
            new PlainOptions { Corruption = Corruption.Downscale(2) }, "Corruption.Downscale changes pictures");
        yield return new TestCaseData(
            new PlainOptions { Network = Network.Temporal(), Sequence = new(2, 5) }, "takes sequences");
    }

    [TestCaseSource(nameof(Obstacles))]
    public void What_does_not_go_with_categories_is_refused(PlainOptions options, string said) => Assert.That(
        () => _ml.Transforms.Autoencoders.Plain("Code", "Features",
            options with { Categories = Categories.Of("Region") }),
        Throws.ArgumentException.With.Message.Contains("Categories is Of('Region')").And.Message.Contains(said));

    [Test]
    public void A_column_that_has_no_such_slots_is_refused()
    {
        IDataView rows = MixedRows.View(_ml, MixedRows.Make(40));
        Assert.That(() => Fit(rows, Categories.Of("Regio")), Throws.InvalidOperationException
            .With.Message.Contains("Categories names 'Regio', and column 'Features' has no slot of that name"));
    }

    [Test]
    public void Slots_that_are_no_category_are_refused_with_their_values()
    {
        Sale[] sales = MixedRows.Make(40);
        sales[7].IsNew = 2;
        Assert.That(() => Fit(MixedRows.View(_ml, sales), Categories.Of("IsNew")), Throws.InvalidOperationException
            .With.Message.Contains("slot 9 ('IsNew')").And.Message.Contains("training values reach from")
            .And.Message.Contains("must be 0 or 1"));
    }

    [Test]
    public void Slots_between_zero_and_one_are_no_category()
    {
        Sale[] sales = MixedRows.Make(40);
        sales[7].IsNew = 0.5f;
        Assert.That(() => Fit(MixedRows.View(_ml, sales), Categories.Of("IsNew")), Throws.InvalidOperationException
            .With.Message.Contains("slot 9 ('IsNew')").And.Message.Contains("must be 0 or 1"));
    }

    [Test]
    public void Of_a_category_no_more_than_one_slot_is_one()
    {
        Sale[] sales = MixedRows.Make(40);
        // Slots of two categories are taken for one.
        IDataView rows = _ml.Transforms.FeaturizeTable("Region", "Region").Append(
            _ml.Transforms.FeaturizeTable("Region.Product", "Product"))
            .Append(_ml.Transforms.Concatenate("All", "Region", "Region.Product"))
            .Append(_ml.Transforms.NormalizeMinMax("Features", "All", fixZero: true))
            .Fit(_ml.Data.LoadFromEnumerable(sales)).Transform(_ml.Data.LoadFromEnumerable(sales));
        Assert.That(() => Fit(rows, Categories.Of("Region")), Throws.InvalidOperationException
            .With.Message.Contains("are 1 in training rows on average; of a category it must be at most one"));
    }

    /// <summary>What a class is called may have a point in it, more often than what a column is called.</summary>
    [Test]
    public void A_column_is_named_up_to_the_first_point()
    {
        Sale[] sales = MixedRows.Make(60);
        foreach (Sale sale in sales)
            sale.Region = $"1.{sale.Region}";
        IDataView rows = _ml.Transforms.FeaturizeTable("Features", "Region", "Product")
            .Fit(_ml.Data.LoadFromEnumerable(sales))
            .Transform(_ml.Data.LoadFromEnumerable(sales));
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Plain("Code", "Features", new PlainOptions
        {
            Categories = Categories.Annotated,
            ColumnErrorsColumnName = "Why",
            Training = new() { Epochs = 1 },
        }).Fit(rows);
        VBuffer<ReadOnlyMemory<char>> names = default;
        model.Transform(rows).Schema["Why"].GetSlotNames(ref names);
        Assert.That(names.DenseValues().Select(name => name.ToString()), Is.EqualTo(new[] { "Region", "Product" }));
    }

    /// <summary>The mean over columns, times their number: not times that of the slots.</summary>
    [Test]
    public void A_loss_that_is_a_sum_counts_columns()
    {
        IDataView rows = MixedRows.View(_ml, MixedRows.Make(40));
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Wasserstein("Code", "Features",
            new WassersteinOptions
            {
                Categories = Categories.Of("Region", "Product", "IsNew"),
                ErrorColumnName = "Error",
                Training = new() { Epochs = 1, LearningRate = 1e-30f, Seed = 1 },
            }).Fit(rows, rows);
        double mean = model.Transform(rows).GetColumn<float>("Error").Average();
        Assert.That(model.History[0].Validation!.Terms["reconstruction"], Is.EqualTo(5 * mean).Within(0.1).Percent);
    }

    [Test]
    public void A_comparison_with_PCA_knows_the_categories_of_the_data()
    {
        IDataView rows = MixedRows.View(_ml, MixedRows.Make(60));
        PcaComparison comparison = _ml.CompareWithPca(rows, "Features", new PcaComparisonOptions
        {
            CodeSizes = [2],
            Autoencoders =
            [
                new ComparedAutoencoder
                {
                    Name = "categories",
                    Create = size => _ml.Transforms.Autoencoders.Plain("Code", "Features", new PlainOptions
                    {
                        CodeSize = size,
                        Categories = Categories.Of("Region"),
                        Training = new() { Epochs = 1 },
                    }),
                },
            ],
        });
        Assert.That(comparison.Stages.Select(stage => stage.Name), Has.Member("categories"));
    }

    [Test]
    public void A_detector_with_no_option_set_takes_the_annotated_ones()
    {
        IDataView rows = MixedRows.View(_ml, MixedRows.Make(200));
        using AutoencoderAnomalyTransformer detector = _ml.AnomalyDetection.Trainers.Autoencoder("Features",
            new AutoencoderAnomalyOptions { ColumnErrorsColumnName = "Why" }).Fit(rows);
        // Numbers 1 and 2, Region, Product, and IsNew, which ML.NET annotates nowhere.
        Assert.That(((VectorDataViewType)detector.Transform(rows).Schema["Why"].Type).Size, Is.EqualTo(5));
        using AutoencoderAnomalyTransformer other = _ml.AnomalyDetection.Trainers.Autoencoder("Features",
            new AutoencoderAnomalyOptions { ColumnErrorsColumnName = "Why", Categories = Categories.None }).Fit(rows);
        Assert.That(((VectorDataViewType)other.Transform(rows).Schema["Why"].Type).Size, Is.EqualTo(MixedRows.Size));
    }

    /// <summary>
    /// Each region has its own products: an order for another's is impossible, though both are usual.
    /// </summary>
    [Test]
    public void An_impossible_pair_of_categories_is_found_and_an_unknown_class_too()
    {
        Sale[] rows = MixedRows.Make(600);
        IDataView view = MixedRows.View(_ml, rows);
        using AutoencoderAnomalyTransformer detector = _ml.AnomalyDetection.Trainers.Autoencoder("Features",
            new AutoencoderAnomalyOptions { Contamination = 0.02f, Training = new() { Seed = 2 } }).Fit(view);
        Sale[] others = MixedRows.Make(100, seed: 5);
        for (int i = 0; i < 10; i++)
        {
            // Products of region r are r and r + 1.
            int region = int.Parse(others[i].Region[1..], System.Globalization.CultureInfo.InvariantCulture);
            others[i].Product = $"p{(region + 2 + i % 2) % 4}";
            others[i].IsNew = others[i].Product == "p2" ? 1 : 0;
        }
        for (int i = 10; i < 15; i++)
            others[i].Region = "elsewhere";
        float[] scores = [.. detector.Transform(MixedRows.View(_ml, others)).GetColumn<float>("Score")];
        float usual = scores[15..].Order().ElementAt(80);
        Assert.That(scores[..15].Count(score => score > usual), Is.AtLeast(14));
    }

    private AutoencoderTransformer Fit(IDataView rows, Categories categories) => _ml.Transforms.Autoencoders.Plain(
        "Code", "Features", new PlainOptions { Categories = categories, Training = new() { Epochs = 1 } }).Fit(rows);
}
