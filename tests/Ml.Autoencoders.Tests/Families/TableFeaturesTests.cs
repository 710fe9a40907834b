using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Training;

namespace Ml.Autoencoders.Tests.Families;

/// <summary>The preset for features of tables that are to serve a classifier.</summary>
internal sealed class TableFeaturesTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestCase(1, 1, 64)]
    [TestCase(200, 8, 64)] // 67.9
    [TestCase(500, 8, 104)] // 107.3
    [TestCase(240, 18, 168)] // 167.3
    [TestCase(600, 18, 256)] // 264.5
    [TestCase(10_000, 30, 256)]
    [TestCase(5_000_000, 10_000, 256)]
    public void What_is_chosen_is_as_documented(long rows, int columns, int width)
    {
        Defaults chosen = DenoisingOptions.TableFeatures().Rule.For(rows, new SlotColumns(columns, []));
        Assert.That(chosen, Is.EqualTo(new Defaults(64,
            Network.Dense([width, width], Activation.Relu, batchNorm: true), InputScaling.Standardize, null)
        {
            Updates = 500,
            BatchSize = 64,
            LearningRate = 2e-3f,
            Optimizer = OptimizerKind.AdamW,
            Schedule = LearningRateSchedule.Cosine(),
        }));
    }

    [Test]
    public void The_options_are_as_documented()
    {
        Action<TrainingEpoch> onEpoch = _ => { };
        DenoisingOptions options = DenoisingOptions.TableFeatures(updates: 30, onEpoch);
        Assert.Multiple(() =>
        {
            Assert.That(options.Corruption, Is.EqualTo(Corruption.Swap(0.2f)));
            Assert.That(options.Output, Is.EqualTo(StageOutput.RowAndHiddenActivations));
            Assert.That(options.Training, Is.EqualTo(new TrainingOptions { OnEpoch = onEpoch }));
            Assert.That(options.Rule.Typical.Updates, Is.EqualTo(30));
            Assert.That(options with { Training = new() }, Is.EqualTo(DenoisingOptions.TableFeatures(updates: 30)));
            Assert.That(options with { Training = new() }, Is.Not.EqualTo(DenoisingOptions.TableFeatures()));
            Assert.That(DenoisingOptions.TableFeatures(), Is.Not.EqualTo(new DenoisingOptions
            {
                Corruption = Corruption.Swap(0.2f),
                Output = StageOutput.RowAndHiddenActivations,
            }));
        });
    }

    [TestCase(0)]
    [TestCase(1_000_001)]
    public void A_number_of_updates_out_of_range_is_refused(int updates) =>
        Assert.That(() => DenoisingOptions.TableFeatures(updates), Throws.TypeOf<ArgumentOutOfRangeException>()
            .With.Property("ParamName").EqualTo("updates"));

    [Test]
    public void Updates_survive_other_training_options_that_do_not_say_how_long()
    {
        DenoisingOptions options = DenoisingOptions.TableFeatures(updates: 5) with { Training = new() { Seed = 3 } };
        using AutoencoderTransformer model = Fit(options, Rows.View(_ml, 100));
        using AutoencoderTransformer other =
            Fit(options with { Training = new() { Updates = 7, Seed = 3 } }, Rows.View(_ml, 100));
        // Two batches per epoch: 64 and 36 rows.
        Assert.That((model.History.Count, other.History.Count), Is.EqualTo((3, 4)));
    }

    [Test]
    public void The_output_column_is_the_scaled_row_and_the_hidden_activations_and_the_log_says_how_many()
    {
        List<string> lines = [];
        _ml.Log += Keep;
        IDataView table = Rows.View(_ml, 200);
        DenoisingOptions options = DenoisingOptions.TableFeatures(updates: 8) with { CodeSize = 6 };
        using AutoencoderTransformer model = Fit(options, table);
        _ml.Log -= Keep;
        float[][] features = [.. model.Transform(table).GetColumn<float[]>("Features2")];
        float[][] hidden = [.. model.EncodeHidden(table, "Hidden").GetColumn<float[]>("Hidden")];
        Assert.Multiple(() =>
        {
            // Four batches an epoch: 64, 64, 64 and 8 rows.
            Assert.That(lines, Has.One.EqualTo("For 200 rows of 12: encoder 12-104-104-6, scaling Standardize, " +
                "SwapNoise(0.2), at least 8 updates in 2 epochs of batches of 64, AdamW with learning rate 0.002 " +
                $"(cosine to 0). Column 'Features2': {Row.Size + model.HiddenSize} numbers."));
            Assert.That(features, Has.All.Length.EqualTo(Row.Size + model.HiddenSize));
            Assert.That(features.Select(row => row[Row.Size..]), Is.EqualTo(hidden));
            for (int slot = 0; slot < Row.Size; slot++)
            {
                double[] column = [.. features.Select(row => (double)row[slot])];
                Assert.That(column.Average(), Is.EqualTo(0).Within(1e-5));
                Assert.That(column.Average(value => value * value), Is.EqualTo(1).Within(0.01));
            }
            Assert.That(model.Encode(Rows.Make(1)[0].Features), Has.Length.EqualTo(6));
        });

        void Keep(object? sender, LoggingEventArgs line)
        {
            if (line.Kind is ChannelMessageKind.Info)
                lines.Add(line.RawMessage);
        }
    }

    [Test]
    public void Whatever_is_set_is_taken_and_the_rest_still_chosen()
    {
        DenoisingOptions options = DenoisingOptions.TableFeatures() with
        {
            Network = Network.Dense(7),
            Corruption = Corruption.Masking(0.5f),
            Output = StageOutput.Code,
            Training = new() { Epochs = 2, Seed = 3 },
        };
        using AutoencoderTransformer model = Fit(options, Rows.View(_ml, 60));
        Assert.Multiple(() =>
        {
            Assert.That(model.HiddenSize, Is.EqualTo(7));
            Assert.That(model.History, Has.Count.EqualTo(2));
            Assert.That(model.Transform(Rows.View(_ml, 3)).GetColumn<float[]>("Features2"),
                Has.All.Length.EqualTo(model.CodeSize));
            Assert.That(model.Model.Definition.Scaling, Is.EqualTo(InputScaling.Standardize));
            // The cosine ends near 0.
            Assert.That(model.History[^1].LearningRate, Is.LessThan(1.2e-3).And.GreaterThan(0));
        });
    }

    [Test]
    public void The_same_seed_gives_the_same_bits_also_of_rows_that_are_not_kept_and_after_saving()
    {
        // Some 21,800 rows of 12 numbers are 1 MiB.
        IDataView table = Rows.View(_ml, 23_000);
        DenoisingOptions options = DenoisingOptions.TableFeatures() with { Training = new() { Updates = 5, Seed = 3 } };
        DenoisingOptions streamed = options with { Training = options.Training with { RowMemoryMegabytes = 1 } };
        float[] expected = Features(options, table);
        float[] expectedOfStream = Features(streamed, table);
        Assert.Multiple(() =>
        {
            Assert.That(Features(options, table), Is.EqualTo(expected));
            Assert.That(Features(streamed, table), Is.EqualTo(expectedOfStream));
            Assert.That(expectedOfStream, Has.Length.EqualTo(expected.Length).And.Not.EqualTo(expected));
        });

        using AutoencoderTransformer model = Fit(options, table);
        using var loaded = (AutoencoderTransformer)ModelZip.Load(_ml, ModelZip.Save(_ml, model, table.Schema));
        Assert.That(Features(loaded), Is.EqualTo(expected));
    }

    [TestCase(1, 40, TestName = "One column")]
    [TestCase(4, 2, TestName = "Two rows")]
    [TestCase(400, 3, TestName = "Many more columns than rows")]
    public void Small_tables_are_learned_from_without_a_warning_about_the_code(int columns, int rows)
    {
        var random = new Random(1);
        RequireFinite([.. Enumerable.Range(0, rows)
            .Select(_ => (float[])[.. Enumerable.Range(0, columns).Select(_ => random.NextSingle())])]);
    }

    [TestCase(5)]
    [TestCase(0)]
    public void Constant_columns_are_learned_from(int varying)
    {
        var random = new Random(1);
        RequireFinite([.. Enumerable.Range(0, 50).Select(_ =>
            (float[])[.. Enumerable.Range(0, 8).Select(slot => slot < varying ? random.NextSingle() : 1e6f)])]);
    }

    [Test]
    public void One_row_is_too_few() =>
        Assert.That(() => Fit(DenoisingOptions.TableFeatures(), Rows.View(_ml, 1)),
            Throws.InvalidOperationException.With.Message.EqualTo("Column 'Features': there is one training row, " +
                "and batch normalization needs at least 2."));

    [TestCase(1, 16, "Column 'Features': there is one training row, and a corruption that takes the values of other " +
        "rows needs at least 2.")]
    [TestCase(20, 1, "TrainingOptions.BatchSize is 1, and a corruption that takes the values of other rows needs " +
        "batches of at least 2 rows.")]
    public void A_row_needs_another_one_to_take_values_from(int rows, int batchSize, string message) =>
        Assert.That(() => Fit(new()
        {
            Corruption = Corruption.Masking(0.1f).Then(Corruption.Swap(0.1f)),
            Network = Network.Dense(4),
            Training = new() { Epochs = 1, BatchSize = batchSize },
        }, Rows.View(_ml, rows)), Throws.InvalidOperationException.With.Message.EqualTo(message));

    [Test]
    public void A_category_of_a_thousand_values_moves_whole()
    {
        IDataView texts = _ml.Data.LoadFromEnumerable(
            Enumerable.Range(0, 1_500).Select(i => new Category { Kind = $"kind {i % 1_000}", Amount = i % 7 }));
        IDataView table = _ml.Transforms.Categorical.OneHotEncoding("Kind")
            .Append(_ml.Transforms.Concatenate("Features", "Amount", "Kind")).Fit(texts).Transform(texts);
        using AutoencoderTransformer model = Fit(DenoisingOptions.TableFeatures(updates: 5), table);
        Assert.That(model.Model.Definition.Corruption, Is.EqualTo(Corruption.Swap(0.2f, 1..1_001)));
        Assert.That(model.History[^1].Training.Total, Is.Not.NaN);
    }

    /// <summary>
    /// Two of the columns have one sign in half of the rows, whose label is 1, and different ones in the others: no
    /// linear classifier sees that in the columns themselves.
    /// </summary>
    [Test]
    public void A_linear_classifier_reads_from_the_features_what_it_does_not_read_from_the_columns()
    {
        LabeledTable[] rows = Signs(1_200, seed: 1);
        (LabeledTable[] training, LabeledTable[] test) = (rows[..600], rows[600..]);
        double raw = Accuracy(_ml.Transforms.NormalizeMeanVariance("Features2", "Features"), training, test);
        double preset = Accuracy(_ml.Transforms.Autoencoders.Denoising("Features2", "Features",
            DenoisingOptions.TableFeatures() with { Training = new() { Seed = 3 } }), training, test);
        Assert.Multiple(() =>
        {
            Assert.That(raw, Is.LessThan(0.65));
            Assert.That(preset, Is.GreaterThan(0.9));
        });
    }

    private double Accuracy(IEstimator<ITransformer> features, LabeledTable[] training, LabeledTable[] test)
    {
        using var model = features.Append(_ml.BinaryClassification.Trainers.LbfgsLogisticRegression(
                featureColumnName: "Features2", l1Regularization: 0, l2Regularization: 1))
            .Fit(_ml.Data.LoadFromEnumerable(training));
        return _ml.BinaryClassification.Evaluate(model.Transform(_ml.Data.LoadFromEnumerable(test))).Accuracy;
    }

    private static LabeledTable[] Signs(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            float[] row = [.. Enumerable.Range(0, 6).Select(_ => random.NextSingle() * 2 - 1)];
            return new LabeledTable { Features = row, Label = row[0] * row[1] > 0 };
        })];
    }

    /// <summary>The fit of a table, and that it warns of nothing but that there is nothing to learn.</summary>
    private static void RequireFinite(float[][] rows)
    {
        var ml = new MLContext(seed: 1);
        var warnings = new Warnings(ml);
        var schema = SchemaDefinition.Create(typeof(LabeledTable));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows[0].Length);
        IDataView table =
            ml.Data.LoadFromEnumerable(rows.Select(row => new LabeledTable { Features = row }).ToArray(), schema);
        using AutoencoderTransformer model = ml.Transforms.Autoencoders.Denoising("Features2", "Features",
            DenoisingOptions.TableFeatures() with { Training = new() { Updates = 10, Seed = 3 } }).Fit(table);
        float[][] features = [.. model.Transform(table).GetColumn<float[]>("Features2")];
        Assert.Multiple(() =>
        {
            Assert.That(features.SelectMany(row => row), Has.All.Matches<float>(float.IsFinite));
            Assert.That(features, Has.All.Length.EqualTo(rows[0].Length + model.HiddenSize));
            Assert.That(warnings.Lines.Where(line => !line.StartsWith("The reconstruction loss ended",
                StringComparison.Ordinal)), Is.Empty);
        });
    }

    private float[] Features(DenoisingOptions options, IDataView table)
    {
        using AutoencoderTransformer model = Fit(options, table);
        return Features(model);
    }

    private float[] Features(AutoencoderTransformer model) =>
        [.. model.Transform(Rows.View(_ml, 5, seed: 4)).GetColumn<float[]>("Features2").SelectMany(row => row)];

    private AutoencoderTransformer Fit(DenoisingOptions options, IDataView table) =>
        _ml.Transforms.Autoencoders.Denoising("Features2", "Features", options).Fit(table);

    private sealed class LabeledTable
    {
        [VectorType(6)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }

    private sealed class Category
    {
        public string Kind { get; set; } = "";

        public float Amount { get; set; }
    }
}
