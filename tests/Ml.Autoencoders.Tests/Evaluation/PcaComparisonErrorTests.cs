using Microsoft.ML;
using Ml.Autoencoders.Evaluation;

namespace Ml.Autoencoders.Tests.Evaluation;

internal sealed class PcaComparisonErrorTests
{
    private readonly MLContext _ml = new(seed: 1);

    private static IEnumerable<TestCaseData> BadOptions()
    {
        yield return Case(new() { CodeSizes = [] }, "PcaComparisonOptions: CodeSizes is empty; it needs at least one.");
        yield return Case(new() { CodeSizes = [2, 0] }, "PcaComparisonOptions: CodeSizes is 0; it must be at least 1.");
        yield return Case(new() { CodeSizes = [2, 3, 2] },
            "PcaComparisonOptions: CodeSizes has '2' 2 times; it must appear once.");
        yield return Case(new() { CodeSizes = [2, 13] },
            "PcaComparisonOptions, column 'Features' of 12 numbers: CodeSizes is 13; it must be at most 12.");
        yield return Case(new() { TestFraction = 0 },
            "PcaComparisonOptions: TestFraction is 0; it must be above 0 and below 1.");
        yield return Case(new() { TestFraction = 1 },
            "PcaComparisonOptions: TestFraction is 1; it must be above 0 and below 1.");
        yield return Case(new() { TestFraction = float.NaN },
            "PcaComparisonOptions: TestFraction is NaN; it must be above 0 and below 1.");
        yield return Case(new() { Neighbors = 0 }, "PcaComparisonOptions: Neighbors is 0; it must be at least 1.");
        yield return Case(new() { CodeSizes = [2], Neighbors = 5 },
            "PcaComparisonOptions, neighborhoods among 10 test rows: Neighbors is 5; it must be at most 4.");
        yield return Case(new() { CodeSizes = [2], NeighborhoodRows = 8, Neighbors = 4 },
            "PcaComparisonOptions, neighborhoods among 8 test rows: Neighbors is 4; it must be at most 3.");
        yield return Case(new() { NeighborhoodRows = 2 },
            "PcaComparisonOptions: NeighborhoodRows is 2; it must be at least 3.");
        yield return Case(new() { NearestNeighbors = 0 },
            "PcaComparisonOptions: NearestNeighbors is 0; it must be at least 1.");
        yield return Case(new() { CodeSizes = [2], Neighbors = 2, NearestNeighbors = 41, LabelColumnName = "Label" },
            "PcaComparisonOptions, 40 training rows: NearestNeighbors is 41; it must be at most 40.");
        yield return Case(new() { Examples = -1 }, "PcaComparisonOptions: Examples is -1; it must be at least 0.");
        yield return Case(new() { Autoencoders = [new() { Name = " ", Create = _ => null! }] },
            "PcaComparisonOptions: one of the Autoencoders has no name; the table needs one.");
        yield return Case(new() { Autoencoders = [new() { Name = "PCA (exact)", Create = _ => null! }] },
            "PcaComparisonOptions: one of the Autoencoders is named 'PCA (exact)', as one of the PCAs is; it needs " +
            "its own name.");
        yield return Case(new() { Autoencoders = [new() { Name = "mine", Create = null! }] },
            "PcaComparisonOptions.Autoencoders, 'mine': Create is null.");
        yield return Case(new() { Autoencoders = [null!] }, "PcaComparisonOptions: Autoencoders is null.");
        yield return Case(new()
        {
            Autoencoders = [new() { Name = "mine", Create = _ => null! }, new() { Name = "mine", Create = _ => null! }],
        },
            "PcaComparisonOptions: Autoencoders has 'mine' 2 times; it must appear once.");

        static TestCaseData Case(PcaComparisonOptions options, string message) =>
            new TestCaseData(options, message).SetArgDisplayNames(message);
    }

    [TestCaseSource(nameof(BadOptions))]
    public void Options_out_of_range_are_named(PcaComparisonOptions options, string message) =>
        Assert.That(() => _ml.CompareWithPca(Rows.View(_ml, 50), "Features", options),
            Throws.InstanceOf<ArgumentException>().With.Message.StartsWith(message));

    [Test]
    public void A_feature_column_is_there_and_of_known_size()
    {
        IDataView data = Rows.View(_ml, 50);
        Assert.That(() => _ml.CompareWithPca(data, "Pixels"),
            Throws.InstanceOf<ArgumentException>().With.Message.Contains("'Pixels'"));
        Assert.That(() => _ml.CompareWithPca(data, "Name"),
            Throws.InstanceOf<ArgumentException>().With.Message.Contains("'Name'"));
    }

    [Test]
    public void Test_data_have_the_columns_of_the_training_data()
    {
        IDataView longer = _ml.Transforms.Concatenate("Features", "Features", "Features").Fit(Rows.View(_ml, 50))
            .Transform(Rows.View(_ml, 50));
        Assert.That(() => _ml.CompareWithPca(Rows.View(_ml, 50), "Features", Compared.Options(_ml, test: longer)),
            Throws.InstanceOf<ArgumentException>().With.Message.Contains("12").And.Message.Contains("24"));
        IDataView unlabeled = _ml.Transforms.SelectColumns("Features").Fit(Rows.View(_ml, 50))
            .Transform(Rows.View(_ml, 50));
        Assert.That(() => _ml.CompareWithPca(Rows.View(_ml, 50), "Features",
            Compared.Options(_ml, "Label", test: unlabeled)),
            Throws.InstanceOf<ArgumentException>()
                .With.Message.StartsWith("Could not find label column 'Label' among 'Features'."));
    }

    [Test]
    public void There_are_rows_to_train_on_and_to_measure_on()
    {
        IDataView none = _ml.Data.FilterRowsByColumn(_ml.Transforms.Conversion.ConvertType("Label",
            outputKind: Microsoft.ML.Data.DataKind.Single)
            .Fit(Rows.View(_ml, 5)).Transform(Rows.View(_ml, 5)), "Label", lowerBound: 5);
        Assert.That(() => _ml.CompareWithPca(none, "Features"),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "Column 'Features': the training data has no rows. A comparison needs some."));
        Assert.That(() => _ml.CompareWithPca(Rows.View(_ml, 50), "Features", Compared.Options(_ml, test: none)),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "Column 'Features': the test data has no rows. A comparison needs some."));
        Assert.That(() => _ml.CompareWithPca(Rows.View(_ml, 2), "Features",
            new PcaComparisonOptions { TestFraction = 0.2f }), Throws.InvalidOperationException
            .With.Message.EqualTo(
                "PcaComparisonOptions: TestFraction is 0.2, which leaves 0 of 2 rows to measure on and 2 to train " +
                "on; both need some."));
    }

    [Test]
    public void A_number_that_is_missing_is_named()
    {
        Row[] rows = Rows.Make(20);
        rows[7].Features[4] = float.NaN;
        Assert.That(() => _ml.CompareWithPca(_ml.Data.LoadFromEnumerable(rows), "Features"),
            Throws.InvalidOperationException.With.Message.EqualTo(
            "Column 'Features', training row 7: slot 4 is NaN. Replace or remove such values first, for example with " +
            "ml.Transforms.ReplaceMissingValues(\"Features\")."));
    }

    [Test]
    public void An_autoencoder_that_fails_is_named()
    {
        Assert.That(() => Compare("broken", _ => throw new TimeoutException("No time.")),
            Throws.InvalidOperationException
            .With.Message.EqualTo("broken, 2 numbers: No time.").And.InnerException.TypeOf<TimeoutException>());
        Assert.That(() => Compare("none", _ => null!),
            Throws.InvalidOperationException.With.Message.EqualTo("none, 2 numbers: Create returned null."));
        Assert.That(() => Compare("lost", size => _ml.Transforms.Autoencoders.Plain("Code", "Pixels", size)),
            Throws.InvalidOperationException
            .With.Message.StartsWith("lost, 2 numbers: ").And.Message.Contains("'Pixels'"));
    }

    [Test]
    public void An_autoencoder_of_another_size_is_refused_and_freed() =>
        Assert.That(LiveTensors.Left(() => Assert.That(() => Compare("fixed", _ => Stage.Make(_ml)),
            Throws.InvalidOperationException.With.Message.EqualTo(
            "fixed, 2 numbers: Create(2) made an autoencoder that encodes 'Features' in 3 numbers; it has to encode " +
            "'Features' in 2."))), Is.Zero);

    [Test]
    public void A_stage_that_cannot_be_measured_is_freed()
    {
        var options = Compared.Options(_ml, neighbors: 3, onProgress: step =>
        {
            if (step == $"{Compared.Name}, 2 numbers: neighborhoods")
                throw new OperationCanceledException("Stopped.");
        });
        Assert.That(LiveTensors.Left(() =>
            Assert.That(() => _ml.CompareWithPca(Rows.View(_ml, 50), "Features", options),
            Throws.TypeOf<OperationCanceledException>().With.Message.EqualTo("Stopped."))), Is.Zero);
    }

    private PcaComparison Compare(string name, Func<int, AutoencoderEstimator> create) =>
        _ml.CompareWithPca(Rows.View(_ml, 50), "Features",
        new PcaComparisonOptions
        {
            CodeSizes = [2],
            Neighbors = 3,
            Autoencoders = [new() { Name = name, Create = create }],
        });
}
