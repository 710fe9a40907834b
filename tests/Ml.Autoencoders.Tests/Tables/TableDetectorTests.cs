using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Tables;

/// <summary>Detectors that take several columns.</summary>
internal sealed class TableDetectorTests
{
    private readonly MLContext _ml = new(seed: 1);

    private static IEnumerable<TestCaseData> Kinds()
    {
        yield return new TestCaseData((MLContext ml, string[] columns) =>
            ml.AnomalyDetection.Trainers.Autoencoder(columns, new AutoencoderAnomalyOptions
            {
                CodeSize = 2,
                Network = Small.Network,
                MissingValues = MissingValueHandling.LeaveOut,
                FeatureErrorsColumnName = "Errors",
                Training = Small.Training(),
            }),
            (MLContext ml) => ml.AnomalyDetection.Trainers.Autoencoder("Features", new AutoencoderAnomalyOptions
            {
                CodeSize = 2,
                Network = Small.Network,
                MissingValues = MissingValueHandling.LeaveOut,
                FeatureErrorsColumnName = "Errors",
                Training = Small.Training(),
            })).SetName("Autoencoder");
        yield return new TestCaseData((MLContext ml, string[] columns) =>
            ml.AnomalyDetection.Trainers.VariationalAutoencoder(columns, new VariationalAnomalyOptions
            {
                CodeSize = 2,
                Network = Small.Network,
                MissingValues = MissingValueHandling.LeaveOut,
                FeatureErrorsColumnName = "Errors",
                Training = Small.Training(),
            }),
            (MLContext ml) => ml.AnomalyDetection.Trainers.VariationalAutoencoder("Features",
                new VariationalAnomalyOptions
                {
                    CodeSize = 2,
                    Network = Small.Network,
                    MissingValues = MissingValueHandling.LeaveOut,
                    FeatureErrorsColumnName = "Errors",
                    Training = Small.Training(),
                })).SetName("VariationalAutoencoder");
    }

    [TestCaseSource(nameof(Kinds))]
    public void A_detector_of_columns_is_one_of_the_table(
        Func<MLContext, string[], IEstimator<TransformerChain<AutoencoderAnomalyTransformer>>> ofColumns,
        Func<MLContext, IEstimator<AutoencoderAnomalyTransformer>> ofFeatures)
    {
        string[] columns = ["Region", "Int32", "Boolean", "Color", "Pair", "Single"];
        IDataView table = Guest.View(_ml, Guest.Make(80));
        var gaps = new TableFeaturizingOptions { MissingCategories = MissingCategoryHandling.Gap };
        // Each context draws its seed from the same.
        using TransformerChain<AutoencoderAnomalyTransformer> detector =
            ofColumns(new MLContext(7), columns).Fit(table);
        IDataView features = _ml.Transforms.FeaturizeTable("Features", gaps, columns).Fit(table).Transform(table);
        using AutoencoderAnomalyTransformer composed = ofFeatures(new MLContext(7)).Fit(features);

        IDataView scored = detector.Transform(table);
        Assert.That(Table.Rows(scored).Count(row => row.Any(float.IsNaN)), Is.GreaterThan(10), "rows with gaps");
        Assert.That(scored.GetColumn<float>("Score"), Is.EqualTo(composed.Transform(features).GetColumn<float>("Score"))
            .And.All.Not.NaN);
        Assert.That(Table.Names(scored.Schema, "Errors"), Is.EqualTo(new[]
        {
            "Region.south", "Region.east", "Region.north", "Int32", "Boolean", "Color.1", "Color.2", "Color.3",
            "Pair[0]", "Pair[1]", "Single",
        }));
        Assert.That(detector.LastTransformer.FeatureColumnName, Is.EqualTo("Features"));
        Assert.That(detector.LastTransformer.FeatureColumnStage, Is.EqualTo(nameof(TableFeaturizingTransformer)));
        Assert.That(detector.LastTransformer.Score(Table.Rows(features)[0]),
            Is.EqualTo(scored.GetColumn<float>("Score").First()));
    }

    [Test]
    public void Missing_categories_are_categories_where_gaps_are_not_left_out()
    {
        IDataView table = Guest.View(_ml, Guest.Make(40));
        using var detector = _ml.AnomalyDetection.Trainers.Autoencoder(["Region", "Int32", "Boolean"],
            new() { CodeSize = 2, Network = Small.Network, Training = Small.Training() }).Fit(table);
        Assert.That(Table.Names(detector.GetOutputSchema(table.Schema)), Has.Member("Region.(missing)"));
    }

    [Test]
    public void Nothing_has_to_be_set()
    {
        EstimatorChain<AutoencoderAnomalyTransformer> detector =
            _ml.AnomalyDetection.Trainers.Autoencoder(["Region", "Int32", "Boolean"]);
        SchemaShape promised = detector.GetOutputSchema(SchemaShape.Create(Guest.View(_ml, Guest.Make(1)).Schema));
        Assert.That(promised.Select(column => column.Name), Is.SupersetOf(new[] { "Features", "Score" }));
    }

    [Test]
    public void A_detector_is_saved_with_its_table()
    {
        IDataView table = Guest.View(_ml, Guest.Make(60));
        using var detector = _ml.AnomalyDetection.Trainers.VariationalAutoencoder(["Region", "Int32", "Color"],
            new() { CodeSize = 2, Network = Small.Network, Training = Small.Training() }).Fit(table);
        ITransformer loaded = ModelZip.Load(_ml, ModelZip.Save(_ml, detector, table.Schema));
        using var disposed = (IDisposable)loaded;
        Assert.That(loaded.Transform(table).GetColumn<float>("Score"),
            Is.EqualTo(detector.Transform(table).GetColumn<float>("Score")));
    }
}
