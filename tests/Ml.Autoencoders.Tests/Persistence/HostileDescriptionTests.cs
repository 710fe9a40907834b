using Microsoft.ML;
using Ml.Autoencoders.Codes;

namespace Ml.Autoencoders.Tests.Persistence;

/// <summary>
/// Model files whose digests are right and whose description says what cannot be: an error that names the entry, the
/// value and what it must be.
/// </summary>
internal sealed class HostileDescriptionTests
{
    private const string First = "model.network.encoder.layers[1]";
    private const string Segments = "model.network.decoder.layers[1]";
    private const string Tokens = "model.network.encoder.layers[0]";
    private const string Decoder = "model.network.decoder.layers[0]";

    private const string Activations = """
        {"layer":"activation","function":"relu"},{"layer":"activation","function":"relu"},
        {"layer":"activation","function":"relu"},{"layer":"activation","function":"relu"},
        {"layer":"activation","function":"relu"},{"layer":"activation","function":"relu"},
        {"layer":"activation","function":"relu"},{"layer":"activation","function":"relu"},
        {"layer":"activation","function":"relu"},{"layer":"activation","function":"relu"},
        {"layer":"activation","function":"relu"},
        """;

    /// <summary>An encoder of few weights with 33 wide layers that take none.</summary>
    private const string Wide = """[{"layer":"linear","outputs":16777216},""" + Activations + Activations + Activations
        + """{"layer":"linear","outputs":3}]""";

    private readonly MLContext _ml = new();
    private readonly Dictionary<string, byte[]> _saved = new(StringComparer.Ordinal);

    [OneTimeSetUp]
    public void Save()
    {
        AutoencoderCatalog catalog = _ml.Transforms.Autoencoders;
        Network pictures = Network.Compose(layers => layers.Reshape(1, 3, 4).Convolution(2).Relu().Dropout(0.1f));
        Keep("pictures", catalog.Denoising("Code", "Features", new()
        {
            CodeSize = 3,
            Network = pictures,
            Image = new ImageFormat(3, 4),
            ReconstructionColumnName = "Clean",
            Training = new()
            {
                Epochs = 2,
                BatchSize = 16,
                Seed = 7,
                EarlyStopping = new(2, 0.5),
                Schedule = LearningRateSchedule.Step(2),
            },
        }).Fit(Rows.View(_ml, 20)));
        Keep("adversarial", catalog.Adversarial("Code", "Features", new()
        {
            CodeSize = 3,
            Network = Small.Network,
            Prior = CodePrior.Ring(4),
            Discriminator = [5],
            Training = Small.Training(1),
        }).Fit(Rows.View(_ml, 20)));
        Keep("quantized",
            catalog.VectorQuantized("Code", "Features",
                new() { CodeSize = 4, CodebookSize = 4, Network = Small.Network, Training = Small.Training(1) })
            .Fit(Rows.View(_ml, 20)));
        Keep("variational", catalog.Variational("Code", "Features", new()
        {
            CodeSize = 3,
            Network = Small.Network,
            OutputVariance = 1,
            Warmup = KlWarmup.Linear(2),
            ConditionColumnName = "Kind",
            Training = Small.Training(1),
        }).Fit(LabeledRows.View(_ml, 20)));
        Keep("importance",
            catalog.ImportanceWeighted("Code", "Features",
                new() { CodeSize = 3, Network = Small.Network, Training = Small.Training(1) }).Fit(Rows.View(_ml, 20)));
        Keep("binarized", catalog.Plain("Code", "Features", new()
        {
            CodeSize = 3,
            Network = Small.Network,
            Loss = ReconstructionLoss.BinaryCrossEntropy,
            Binarization = Binarization.Dynamic,
            Training = Small.Training(1),
        }).Fit(Rows.View(_ml, 20)));
        KeepHidden(catalog);
        KeepRecurrent(catalog);
        KeepHierarchical(catalog);
        KeepTokens(catalog);
        KeepPriors(catalog);
        KeepDetectors();
    }

    private void KeepRecurrent(AutoencoderCatalog catalog)
    {
        Keep("recurrent", catalog.Plain("Code", "Features", new()
        {
            CodeSize = 3,
            Network = Network.Recurrent([4]),
            Sequence = new SequenceFormat(4, 3),
            Training = Small.Training(1),
        }).Fit(Rows.View(_ml, 20)));
        Keep("feedback", catalog.Plain("Code", "Features", new()
        {
            CodeSize = 3,
            Network = Network.Recurrent([4, 2], feedsBack: true, scheduledSampling: 0.5f),
            Sequence = new SequenceFormat(4, 3),
            Training = Small.Training(1),
        }).Fit(Rows.View(_ml, 20)));
    }

    private void KeepHierarchical(AutoencoderCatalog catalog) =>
        Keep("hierarchical", catalog.Plain("Code", "Features", new()
        {
            CodeSize = 3,
            Network = Network.Recurrent([4], feedsBack: true, segments: 2),
            Sequence = new SequenceFormat(4, 3),
            Training = Small.Training(1),
        }).Fit(Rows.View(_ml, 20)));

    private void KeepTokens(AutoencoderCatalog catalog) =>
        Keep("tokens", catalog.Plain("Code", "Features", new()
        {
            CodeSize = 3,
            Network = Network.Compose(layers => layers.Tokens(12, 3).Flatten()),
            Training = Small.Training(1),
        }).Fit(Rows.View(_ml, 20)));

    private void KeepDetectors()
    {
        Keep("detector", _ml.AnomalyDetection.Trainers.VariationalAutoencoder("Features",
            new()
            {
                CodeSize = 3,
                Network = Small.Network,
                PValueColumnName = "P",
                Training = Small.Training(1),
            }).Fit(Rows.View(_ml, 20)));
        Keep("scored", _ml.AnomalyDetection.Trainers.Autoencoder("Features", new()
        {
            CodeSize = 3,
            Network = Small.Network,
            Score = AnomalyScoreKind.Both,
            CodePartColumnName = "Part",
            Training = Small.Training(1),
        }).Fit(Rows.View(_ml, 20)));
        IDataView windows = _ml.Transforms.SlidingWindow("Features", ["Features"], length: 2)
            .Fit(Rows.View(_ml, 20)).Transform(Rows.View(_ml, 20));
        Keep("series", _ml.AnomalyDetection.Trainers.Autoencoder("Features", new()
        {
            CodeSize = 3,
            Network = Small.Network,
            Score = AnomalyScoreKind.Both,
            WindowScore = WindowScore.Mean,
            Training = Small.Training(1),
        }).Fit(windows));
    }

    private void KeepHidden(AutoencoderCatalog catalog) =>
        Keep("hidden", catalog.Plain("Code", "Features", new()
        {
            CodeSize = 3,
            Network = Small.Network,
            HiddenColumnName = "Hidden",
            Output = StageOutput.HiddenActivations,
            Training = Small.Training(1),
        }).Fit(Rows.View(_ml, 20)));

    private void KeepPriors(AutoencoderCatalog catalog)
    {
        var mixture = new CodeMixture([0.5, 0.5],
            [new Gaussian([1, 0, 0], [[1], [0, 1], [0, 0, 1]]), new Gaussian([0, 1, 0], [[1], [0, 1], [0, 0, 1]])]);
        foreach ((string name, CodePrior prior) in new[]
        {
            ("flow", CodePrior.Flow(2, 4)),
            ("vamp", CodePrior.Vamp(3)),
            ("mixture", mixture),
        })
        {
            Keep(name, catalog.Variational("Code", "Features",
                new() { CodeSize = 3, Network = Small.Network, Prior = prior, Training = Small.Training(1) })
                .Fit(Rows.View(_ml, 20)));
        }
    }

    // Layers.
    [TestCase("pictures", First + ".padding", "-999", First + ".padding is -999; it must be at least 0.")]
    [TestCase("pictures", First + ".padding", "2147483647",
        First + ".padding is 2147483647; it must be at most 3, as the kernel.")]
    [TestCase("pictures", First + ".padding", "4", First + ".padding is 4; it must be at most 3, as the kernel.")]
    [TestCase("pictures", First + ".stride", "0", First + ".stride is 0; it must be at least 1.")]
    [TestCase("pictures", First + ".stride", "3000000", First + ".stride is 3000000; it must be at most 65536.")]
    [TestCase("pictures", First + ".kernel", "0", First + ".kernel is 0; it must be at least 1.")]
    [TestCase("pictures", First + ".kernel", "6",
        First + ": Convolution(2, kernel 6, stride 2, padding 1) leaves nothing of an image of 1 x 3 x 4.")]
    [TestCase("pictures", First + ".filters", "-2147483648", First + ".filters is -2147483648; it must be at least 1.")]
    [TestCase("pictures", First, "null", First + ": the list holds null where a layer must be.")]
    [TestCase("pictures", "model.network.encoder.layers[0].to.dimensions", "[12]",
        First + ": Convolution(2, kernel 3, stride 2, padding 1) takes an image (channels x height x width) or a " +
        "sequence (channels x steps), and gets 12: put Reshape(...) or Sequence(...) before it.")]
    [TestCase("pictures", "model.network.encoder.layers[0].to.dimensions", "[1,-3,-4]",
        "model.network.encoder.layers[0].to.dimensions is 1 x -3 x -4; each dimension must be at least 1.")]
    [TestCase("pictures", "model.network.encoder.layers[0].to.dimensions", "[1,3,2,2]",
        First + ": Convolution(2, kernel 3, stride 2, padding 1) takes an image (channels x height x width) or a " +
        "sequence (channels x steps), and gets 1 x 3 x 2 x 2: put Reshape(...) or Sequence(...) before it.")]
    [TestCase("pictures", "model.network.encoder.layers[0].to.dimensions", "[1,3,1,2,1,2,1,1,1]",
        "model.network.encoder.layers[0].to.dimensions is [1, 3, 1, 2, 1, 2, 1, 1, 1]; it must have at least one " +
        "dimension (a vector), and at most 8.")]
    [TestCase("pictures", "model.network.encoder.layers[0].to.dimensions", "[1,4,3]",
        "model.image is 1 x 3 x 4 (planar: channels x height x width), of which the encoder gets 1 x 3 x 4; it takes " +
        "pictures of 1 x 4 x 3.")]
    [TestCase("pictures", "model.network.encoder.inputShape.dimensions", "[-12]",
        "model.network.encoder.inputShape.dimensions is -12; each dimension must be at least 1.")]
    [TestCase("pictures", "model.network.encoder.inputShape.dimensions", "[65536,65536,65536]",
        "model.network.encoder.inputShape.dimensions is 65536 x 65536 x 65536, which is 281,474,976,710,656 numbers; " +
        "at most 536,870,897 are possible.")]
    [TestCase("pictures", "model.network.encoder.layers[3].rate", "1",
        "model.network.encoder.layers[3].rate is 1; it must be at least 0 and below 1.")]
    [TestCase("pictures", "model.network.encoder.layers[5].outputs", "0",
        "model.network.encoder.layers[5].outputs is 0; it must be at least 1.")]
    [TestCase("pictures", "model.network.decoder.layers[5]", null,
        "model.network.decoder.layers end in an image of 1 x 3 x 4; they must end in a vector.")]
    [TestCase("pictures", "model.network.decoder.layers[4].outputPaddingHeight", "2",
        "model.network.decoder.layers[4].outputPaddingHeight is 2; it must be at most 1.")]
    [TestCase("pictures", "model.network.decoder.layers[4].outputPaddingWidth", "-1",
        "model.network.decoder.layers[4].outputPaddingWidth is -1; it must be at least 0.")]
    // Recurrences: refused before the memory of their weights, or of their gates, is asked for.
    [TestCase("recurrent", First + ".units", "0", First + ".units is 0; it must be at least 1.")]
    [TestCase("recurrent", First + ".units", "2147483647",
        First + ".units is 2147483647; it must be at most 16777216.")]
    [TestCase("recurrent", First + ".units", "16777216",
        "model.network: its 'encoder.1.weight_hh_l0' would hold 1,125,899,906,842,624 numbers, more than the " +
        "536,870,897 that a tensor can be saved with.")]
    [TestCase("recurrent", "model.network.encoder.layers[0].to.dimensions", "[12]",
        First + ": Lstm(4, last state) takes a sequence (channels x steps), and gets 12: put Sequence(...) before it.")]
    [TestCase("recurrent", "model.network.decoder.layers[0].steps", "0",
        "model.network.decoder.layers[0].steps is 0; it must be at least 1.")]
    [TestCase("recurrent", "model.network.decoder.layers[0].steps", "500000000",
        "model.network.decoder.layers[0]: Unfold(500000000 steps, Lstm(4)) needs 8,000,000,000 numbers for what " +
        "500,000,000 steps are given; at most 536,870,897 are possible.")]
    [TestCase("recurrent", "model.network.decoder.layers[0].units", "5",
        "The weights' tensor 'decoder.0.weight_ih_l0' is [16, 3]; the network needs [20, 3].")]
    [TestCase("feedback", Decoder + ".units", "[]",
        Decoder + ".units is a list of 0; it must name the units of at least one layer, and of at most 16.")]
    [TestCase("feedback", Decoder + ".units", "[2, -4]", Decoder + ".units is -4; it must be at least 1.")]
    [TestCase("feedback", Decoder + ".units", "[2, 4, 2]",
        "The weights have no tensor 'decoder.0.weight_ih_l2'.")]
    [TestCase("feedback", Decoder + ".steps", "10001", Decoder + ".steps is 10001; it must be at most 10000.")]
    [TestCase("feedback", Decoder + ".channels", "0", Decoder + ".channels is 0; it must be at least 1.")]
    [TestCase("feedback", Decoder + ".droppedInputs", "2", Decoder + ".droppedInputs is 2; it must be at most 1.")]
    [TestCase("feedback", Decoder + ".scheduledSampling", "-1",
        Decoder + ".scheduledSampling is -1; it must be at least 0.")]
    [TestCase("recurrent", "model.network.encoder.inputShape.dimensions", "[4,3]",
        "model.network.encoder.inputShape is 4 x 3; it must be a vector of more than the 0 numbers of the " +
        "condition.")]
    // Segments.
    [TestCase("hierarchical", Segments + ".layers", "[]",
        Segments + ": it is made of 0 layers; it must be at least 1, and at most 10,000.")]
    [TestCase("hierarchical", Segments + ".layers", "[null]",
        Segments + ".layers[0]: the list holds null where a layer must be.")]
    [TestCase("hierarchical", Segments + ".layers[0].steps", "0",
        Segments + ".layers[0].steps is 0; it must be at least 1.")]
    [TestCase("hierarchical", Segments + ".layers[0].steps", "3",
        "model.network.decoder gives 18 numbers per row; it must give 12, as many as are encoded.")]
    [TestCase("hierarchical", Decoder + ".steps", "30000000", Segments + ": PerSegment(Feedback(2 x 3, Lstm(4))) " +
        "needs 960,000,000 numbers for 30,000,000 segments; at most 536,870,897 are possible.")]
    [TestCase("hierarchical", Segments + ".layers", """[{"layer":"linear","outputs":6}]""",
        Segments + ": PerSegment(Linear(6)) makes 6 of a segment; it must make a sequence.")]
    // Tokens.
    [TestCase("tokens", Tokens + ".classes", "0", Tokens + ".classes is 0; it must be at least 1.")]
    [TestCase("tokens", Tokens + ".classes", "-2147483648", Tokens + ".classes is -2147483648; it must be at least 1.")]
    [TestCase("tokens", Tokens + ".classes", "2147483647",
        Tokens + ".classes is 2147483647; it must be at most 16777216.")]
    [TestCase("tokens", Tokens + ".classes", "16777216", "model.network: its 'encoder.2.weight' would hold " +
        "603,979,812 numbers, more than the 536,870,897 that a tensor can be saved with.")]
    [TestCase("tokens", Tokens + ".steps", "0", Tokens + ".steps is 0; it must be at least 1.")]
    [TestCase("tokens", Tokens + ".steps", "400000000", Tokens + ".steps is 400000000; it must be at most 268435448.")]
    [TestCase("tokens", Tokens + ".steps", "11",
        Tokens + ": Tokens(11 steps, 3 classes) takes a vector of 11 numbers per row, and gets 12.")]
    // Windows of series.
    [TestCase("series", "model.window", "{ \"steps\": 5, \"channels\": 2 }",
        "model.window is 5 x 2 (steps x channels); the model takes 24 numbers per row.")]
    [TestCase("series", "model.window.steps", "0", "model.window.steps is 0; it must be at least 1.")]
    [TestCase("series", "model.window.channels", "2147483647",
        "model.window is 2 x 2147483647 (steps x channels); the model takes 24 numbers per row.")]
    [TestCase("series", "model.window", "null", "model.windowScore is Mean; the rows are not windows of series.")]
    [TestCase("series", "model.windowScore", "\"lastStep\"",
        "model.windowScore is LastStep; the score is not a reconstruction error.")]
    // Columns.
    [TestCase("pictures", "columns.reconstruction", "\"Code\"",
        "columns.reconstruction is 'Code', as another output column is; each needs its own name.")]
    [TestCase("pictures", "columns.input", "\"\"", "columns.input is empty or white space.")]
    [TestCase("pictures", "columns.code", "\" \"", "columns.code is empty or white space.")]
    [TestCase("pictures", "columns.code", "null",
        "columns.code is null; a stage that encodes needs a column for codes.")]
    [TestCase("pictures", "columns.code", "\"a\\u0000b\"", "columns.code is 'a\\0b', which holds the character NUL.")]
    [TestCase("hidden", "columns.hidden", "\"Code\"",
        "columns.hidden is 'Code', as another output column is; each needs its own name.")]
    [TestCase("hidden", "columns.hidden", "\"\"", "columns.hidden is empty or white space.")]
    [TestCase("hidden", "model.network.encoder.layers[1]", null,
        "columns.output is HiddenActivations, and the encoder has no hidden layer: no activation comes before the " +
        "code. Choose a network with one, for example Network.Dense(512, 256).")]
    [TestCase("hidden", "model.network.encoder.layers", Wide,
        "columns.output is HiddenActivations, and hidden activations are 553,648,128 numbers; at most " +
        "536,870,897 are possible.")]
    [TestCase("pictures", "columns.condition", "\"Kind\"", "columns.condition is 'Kind'; the model has no condition.")]
    [TestCase("pictures", "columns.target", "\"Target\"",
        "columns.target is 'Target'; the model reconstructs what it encodes.")]
    [TestCase("quantized", "columns.codeColumns", "{ \"CodeIndices\": null }",
        "columns.codeColumns.codeIndices is null; it must be the name of a column.")]
    [TestCase("pictures", "columns.codeColumns", "{ \"LogVariance\": \"Noise\" }",
        "columns.codeColumns.logVariance is 'Noise'; the model's codes have no such column.")]
    [TestCase("pictures", "columns.codeColumns", "{ \"CodeIndices\": \"Keys\" }",
        "columns.codeColumns.codeIndices is 'Keys'; the model's codes have no such column.")]
    [TestCase("pictures", "columns.sample", "\"Draw\"",
        "columns.sample is 'Draw'; only a row that has a code that is a random variable has such a column.")]
    [TestCase("pictures", "columns.evidenceLowerBound", "\"Bound\"",
        "columns.evidenceLowerBound is 'Bound'; only a row that is measured by its probability has such a column.")]
    [TestCase("pictures", "columns.detects", "true", "columns.detects is true; detection is null.")]
    // Pictures and their ranges.
    [TestCase("pictures", "model.range.least", "\"NaN\"", "model.range.least is NaN; it must be a finite number.")]
    [TestCase("pictures", "model.range.greatest", "\"Infinity\"",
        "model.range.greatest is Infinity; it must be a finite number.")]
    [TestCase("pictures", "model.range", "{ \"least\": 2, \"greatest\": 1 }",
        "model.range.greatest is 1; it must be at least 2.")]
    [TestCase("pictures", "model.image.height", "0", "model.image.height is 0; it must be at least 1.")]
    [TestCase("pictures", "model.image.width", "2147483647",
        "model.image.height is 3, with a width of 2147483647 and 1 channels; a picture can have at most 536,870,897 " +
        "numbers.")]
    [TestCase("pictures", "model.image.width", "5",
        "model.image is 1 x 3 x 5 (planar: channels x height x width), of which the encoder gets 1 x 3 x 5; it takes " +
        "12 numbers per row.")]
    [TestCase("pictures", "model.corruption.probability", "1.5",
        "model.corruption.probability is 1.5; it must be at most 1.")]
    [TestCase("pictures", "model.corruption",
        "{ \"corruption\": \"warp\", \"rotation\": 9, \"scale\": 0, \"shift\": 0, \"shear\": 0 }",
        "model.corruption.rotation is 9; it must be at most 3.1415927.")]
    [TestCase("pictures", "model.corruption",
        "{ \"corruption\": \"chain\", \"steps\": [ { \"corruption\": \"none\" }, null ] }",
        "model.corruption.steps[1]: the list holds null where a corruption must be.")]
    [TestCase("adversarial", "model.corruption",
        "{ \"corruption\": \"swap\", \"probability\": -1 }",
        "model.corruption.probability is -1; it must be at least 0.")]
    [TestCase("adversarial", "model.corruption",
        "{ \"corruption\": \"swap\", \"probability\": 0.5, \"groups\": [{ \"first\": -1, \"count\": 2 }] }",
        "model.corruption.groups holds the slots -1..1; a group must begin at slot 0 or later, and hold at least " +
        "one.")]
    [TestCase("adversarial", "model.corruption",
        "{ \"corruption\": \"swap\", \"probability\": 0.5, \"groups\": [{ \"first\": 3, \"count\": 0 }] }",
        "model.corruption.groups holds the slots 3..3; a group must begin at slot 0 or later, and hold at least one.")]
    [TestCase("adversarial", "model.corruption",
        "{ \"corruption\": \"swap\", \"probability\": 0.5, " +
        "\"groups\": [{ \"first\": 3, \"count\": 4 }, { \"first\": 0, \"count\": 4 }] }",
        "model.corruption.groups holds the slots 0..4 and 3..7; a slot must be in one group only.")]
    [TestCase("adversarial", "model.corruption",
        "{ \"corruption\": \"swap\", \"probability\": 0.5, " +
        "\"groups\": [{ \"first\": 0, \"count\": 2147483647 }, { \"first\": 2147483647, \"count\": 2147483647 }] }",
        "model.corruption: Corruption.Swap has a group of the slots 2147483647..4294967294, and a row has 12.")]
    [TestCase("adversarial", "model.corruption",
        "{ \"corruption\": \"swap\", \"probability\": 0.5, \"groups\": [{ \"first\": 11, \"count\": 2 }] }",
        "model.corruption: Corruption.Swap has a group of the slots 11..13, and a row has 12.")]
    [TestCase("pictures", "model.corruption",
        "{ \"corruption\": \"swap\", \"probability\": 0.5, \"groups\": [{ \"first\": 0, \"count\": 2 }] }",
        "model.image is 1 x 3 x 4 (planar: channels x height x width): Corruption.Swap has groups of slots, and rows " +
        "are an image of 1 x 3 x 4, whose values move one by one.")]
    [TestCase("pictures", "model.corruption", "{ \"corruption\": \"downscale\", \"factor\": 1 }",
        "model.corruption.factor is 1; it must be at least 2.")]
    // How it was trained.
    [TestCase("pictures", "training.epochs", "0", "training.epochs is 0; it must be at least 1.")]
    [TestCase("pictures", "training.threads", "2147483647", "training.threads is 2147483647; it must be at most 1024.")]
    [TestCase("pictures", "training.earlyStopping.patience", "0",
        "training.earlyStopping.patience is 0; it must be at least 1.")]
    [TestCase("pictures", "training.schedule.decayFactor", "0",
        "training.schedule.decayFactor is 0; it must be above 0.")]
    // What is learned.
    [TestCase("adversarial", "model.objective.prior.components", "0",
        "model.objective.prior.components is 0; it must be at least 1.")]
    [TestCase("adversarial", "model.objective.prior.components", "2147483647",
        "model.objective.prior.components is 2147483647; it must be at most 10000.")]
    [TestCase("adversarial", "model.objective.prior.radius", "\"Infinity\"",
        "model.objective.prior.radius is Infinity; it must be a finite number.")]
    [TestCase("adversarial", "model.objective.prior.standardDeviation", "\"NaN\"",
        "model.objective.prior.standardDeviation is NaN; it must be a finite number.")]
    [TestCase("adversarial", "model.objective.discriminatorSizes", "[0]",
        "model.objective.discriminatorSizes is 0; it must be at least 1.")]
    [TestCase("adversarial", "model.objective.discriminatorSizes", "[16777216,16777216]",
        "model.objective.discriminatorSizes is 16777216, 16777216; its 'discriminator.2.weight' would hold " +
        "281,474,976,710,656 numbers, more than the 536,870,897 that a tensor can be saved with.")]
    [TestCase("adversarial", "model.objective.likelihood.variance", "0",
        "model.objective.likelihood.variance is 0; it must be above 0.")]
    [TestCase("quantized", "model.bottleneck.codebookSize", "2147483647",
        "model.bottleneck.codebookSize is 2147483647; it must be at most 65536.")]
    [TestCase("quantized", "model.bottleneck.vectorSize", "0",
        "model.bottleneck.vectorSize is 0; it must be at least 1.")]
    [TestCase("quantized", "model.bottleneck.vectorSize", "3",
        "model.bottleneck.vectorSize is 3; it must divide CodeSize, which is 4.")]
    [TestCase("quantized", "model.bottleneck", "{ \"bottleneck\": \"deterministic\", \"rectified\": false }",
        "model.bottleneck is not one that the objective can use: it needs codes of a codebook.")]
    [TestCase("importance", "model.objective.samples", "0", "model.objective.samples is 0; it must be at least 1.")]
    [TestCase("importance", "model.objective.samples", "2147483647",
        "model.objective.samples is 2147483647; it must be at most 10000.")]
    [TestCase("binarized", "model.scaling", "\"minMax\"",
        "model.binarization is Dynamic; with the scaling MinMax it must be none.")]
    [TestCase("adversarial", "model.binarization", "\"dynamic\"",
        "model.binarization is Dynamic; the likelihood is not one of zeros and ones, so it must be none.")]
    [TestCase("variational", "model.objective.beta", "\"NaN\"",
        "model.objective.beta is NaN; it must be a finite number.")]
    [TestCase("variational", "model.objective.warmup.risingEpochs", "0",
        "model.objective.warmup.risingEpochs is 0; it must be at least 1.")]
    [TestCase("variational", "model.bottleneck", "{ \"bottleneck\": \"deterministic\", \"rectified\": false }",
        "model.network.encoder gives 6 numbers; for codes of 3, which the decoder takes, it must give 3.")]
    [TestCase("variational", "model.condition.labels[1]", "null",
        "model.condition.labels[1]: the list holds null where a label must be.")]
    [TestCase("variational", "model.condition.labels[1]", null, "model.condition.rows are of 3 labels; there are 2.")]
    [TestCase("variational", "model.condition.rows[0]", "-1",
        "model.condition.rows[0]: -1 rows; there must be at least 0.")]
    [TestCase("variational", "columns.condition", "null", "columns.condition is null; the model has one.")]
    [TestCase("variational", "columns.condition", "\"Features\"",
        "columns.condition is 'Features', the column that is encoded; it must be a separate key column.")]
    [TestCase("variational", "model.network.conditionSize", "-1",
        "model.network.conditionSize is -1; it must be at least 0.")]
    [TestCase("variational", "model.network.conditionSize", "2",
        "model.network.conditionSize is 2; the condition has 3 labels.")]
    [TestCase("flow", "model.objective.prior.couplings", "0",
        "model.objective.prior.couplings is 0; it must be at least 1.")]
    [TestCase("flow", "model.objective.prior.couplings", "2147483647",
        "model.objective.prior.couplings is 2147483647; it must be at most 256.")]
    [TestCase("flow", "model.objective.prior.hidden", "-1",
        "model.objective.prior.hidden is -1; it must be at least 1.")]
    [TestCase("flow", "model.objective.prior.hidden", "2147483647",
        "model.objective.prior.hidden is 2147483647; it must be at most 16384.")]
    [TestCase("flow", "model.objective.prior.hidden", "5",
        "The weights' tensor 'prior.0.0.weight' is [4, 1]; the network needs [5, 1].")]
    [TestCase("flow", "model.objective.prior.couplings", "3", "The weights have no tensor 'prior.2.0.weight'.")]
    [TestCase("flow", "model.objective.prior.couplings", "1",
        "The weights hold a tensor 'prior.1.0.weight' that the network does not have.")]
    [TestCase("flow", "model.objective.prior", "{ \"prior\": \"normal\" }",
        "The weights hold a tensor 'prior.0.0.weight' that the network does not have.")]
    [TestCase("flow", "model.bottleneck", "{ \"bottleneck\": \"deterministic\", \"rectified\": false }",
        "model.network.encoder gives 6 numbers; for codes of 3, which the decoder takes, it must give 3.")]
    [TestCase("adversarial", "model.objective.prior", "{ \"prior\": \"vamp\", \"pseudoInputs\": 3 }",
        "model.objective.prior is CodePrior.Vamp, which learns from the density of codes; the objective only " +
        "compares codes with draws. It must be CodePrior.Normal, CodePrior.Ring or a CodeMixture.")]
    [TestCase("vamp", "model.objective.prior.pseudoInputs", "0",
        "model.objective.prior.pseudoInputs is 0; it must be at least 1.")]
    [TestCase("vamp", "model.objective.prior.pseudoInputs", "2147483647",
        "model.objective.prior.pseudoInputs is 2147483647; it must be at most 10000.")]
    [TestCase("vamp", "model.objective.prior.pseudoInputs", "10000",
        "The weights' tensor 'prior.pseudoInputs' is [3, 12]; the network needs [10000, 12].")]
    [TestCase("mixture", "model.objective.prior.components", "[]",
        "model.objective.prior.components are empty; a mixture has at least one.")]
    [TestCase("mixture", "model.objective.prior.components[0]", "null",
        "model.objective.prior.components[0]: the list holds null where a component must be.")]
    [TestCase("mixture", "model.objective.prior.components[1].mean", "[0, 1]",
        "model.objective.prior.components[1].mean has 2 numbers; it must have 3, as many as that of the first " +
        "component.")]
    [TestCase("mixture", "model.objective.prior.components[1].mean[0]", "\"NaN\"",
        "model.objective.prior.components[1].mean is NaN; it must be a finite number.")]
    [TestCase("mixture", "model.objective.prior.components[0].covariance", "[]",
        "model.objective.prior.components[0].covariance has 0 rows; it must have 3.")]
    [TestCase("mixture", "model.objective.prior.components[0].covariance[1]", "null",
        "model.objective.prior.components[0].covariance[1]: the row of a lower triangle must have 2 numbers.")]
    [TestCase("mixture", "model.objective.prior.components[0].covariance[1]", "[0, 1, 2]",
        "model.objective.prior.components[0].covariance[1]: the row of a lower triangle must have 2 numbers.")]
    [TestCase("mixture", "model.objective.prior.components[0].covariance[1]", "[5, 1]",
        "model.objective.prior.components[0].covariance is not positive definite; that of a normal distribution is.")]
    [TestCase("mixture", "model.objective.prior.weights", "[1]",
        "model.objective.prior.weights are 1; there are 2 components.")]
    [TestCase("mixture", "model.objective.prior.weights", "[0.5, 0.6]",
        "model.objective.prior.weights add up to 1.1; they must add up to 1.")]
    [TestCase("mixture", "model.objective.prior.weights[0]", "-0.5",
        "model.objective.prior.weights is -0.5; it must be at least 0.")]
    [TestCase("detector", "detection.draws", "2147483647", "detection.draws is 2147483647; it must be at most 10000.")]
    [TestCase("detector", "detection.draws", "0",
        "detection.draws is 0; it must be above 0, for codes that are random variables.")]
    [TestCase("detector", "detection.threshold", "\"NaN\"", "detection.threshold is NaN; it must be a finite number.")]
    [TestCase("detector", "detection.contamination", "7",
        "detection.contamination is 7; it must be at least 0 and below 1.")]
    [TestCase("detector", "detection.reference", null,
        "columns.pValue is 'P'; detection.reference is null, and must hold the scores that p-values come from.")]
    [TestCase("detector", "detection.reference.rows", "0",
        "detection.reference.rows is 0; it must be at least 1.")]
    [TestCase("detector", "detection.reference.rows", "2147483647",
        "detection.reference.rows is 2147483647; it must be at most 2147483591.")]
    [TestCase("detector", "detection.reference.rows", "21",
        "detection.reference.scores are 20; of 21 rows there must be 21.")]
    [TestCase("detector", "detection.reference.scores", "[]",
        "detection.reference.scores are 0; of 20 rows there must be 20.")]
    [TestCase("detector", "detection.reference.scores[0]", "\"NaN\"",
        "detection.reference.scores[0]: NaN must be a number that is not above the one before it.")]
    [TestCase("detector", "detection.reference.scores[3]", "\"Infinity\"",
        "detection.reference.scores[3]: Infinity must be a number that is not above the one before it.")]
    [TestCase("scored", "model.score", "\"reconstructionError\"",
        "columns.codePart is 'Part'; only a row that is scored by its code has such a column.")]
    [TestCase("scored", "model.score", "\"codeDistance\"",
        "The weights hold a tensor 'score.slots.weight' that the network does not have.")]
    [TestCase("scored", "columns.codePart", "\"Score\"",
        "columns.codePart is 'Score', as another output column is; each needs its own name.")]
    [TestCase("scored", "detection.draws", "1",
        "detection.draws is 1; it must be 0, for codes that are not random variables.")]
    [TestCase("detector", "columns.reconstruction", "\"Score\"",
        "columns.reconstruction is 'Score', as another output column is; each needs its own name.")]
    [TestCase("detector", "columns",
        """{"input":"Features","code":null,"detects":true,"codeColumns":{},"hidden":"Hidden"}""",
        "columns.hidden is 'Hidden'; a detector writes no hidden activations.")]
    [TestCase("detector", "columns",
        """{"input":"Features","code":null,"detects":true,"codeColumns":{},"output":"rowAndHiddenActivations"}""",
        "columns.output is RowAndHiddenActivations; a detector writes no hidden activations.")]
    public void What_cannot_be_is_refused_with_its_place(string model, string path, string? value, string message)
    {
        byte[] bytes = DescriptionEdit.Edited(_saved[model], path, value).ToBytes();
        long tensors = LiveTensors.Now;

        var wrapped = Assert.Throws<InvalidOperationException>(() => ModelZip.Load(_ml, bytes));

        Exception refused = wrapped.InnerException!.InnerException!;
        Assert.Multiple(() =>
        {
            Assert.That(refused, Is.TypeOf<FormatException>()
                .With.Message.EqualTo($"The autoencoder in the model file cannot be read. {message}"));
            Assert.That(refused.GetBaseException(),
                Is.TypeOf<FormatException>().With.Message.EndsWith($"' in the model file: {message}"));
            Assert.That(LiveTensors.Now, Is.EqualTo(tensors));
        });
    }

    [TestCase(null, "null", "history[1]: the list holds null where an epoch must be.")]
    [TestCase("\"epoch\":2", "\"epoch\":1", "history[1].epoch is 1; it must be above 1, the one before it.")]
    [TestCase("\"epoch\":2", "\"epoch\":0", "history[1].epoch is 0; it must be at least 1.")]
    [TestCase("\"epochs\":2", "\"epochs\":-5", "history[1].epochs is -5; it must be at least 2.")]
    [TestCase("\"reconstruction\":1", "\"other\":1",
        "history[1].training.terms has no reconstruction; every loss has.")]
    [TestCase("0.5", "\"NaN\"", "history[1].learningRate is NaN; it must be a finite number.")]
    [TestCase("00:00:01", "-00:00:01", "history[1].elapsed is -00:00:01; it must be at least 00:00:00.")]
    public void Epochs_that_cannot_be_are_refused_with_their_place(string? original, string edited, string message)
    {
        string Epoch(int number) => $$$"""
            {"epoch":{{{number}}},"epochs":2,"training":{"total":1,"terms":{"reconstruction":1}},"validation":null,
             "learningRate":0.5,"rowsPerSecond":10,"elapsed":"00:00:01","isBest":true}
            """;
        string second = original is null ? edited : Epoch(2).Replace(original, edited, StringComparison.Ordinal);
        What_cannot_be_is_refused_with_its_place("pictures", "history", $"[{Epoch(1)},{second}]", message);
    }

    [Test]
    public void What_was_not_edited_is_read()
    {
        foreach (byte[] saved in _saved.Values)
            Assert.That(() => (ModelZip.Load(_ml, saved) as IDisposable)!.Dispose(), Throws.Nothing);
    }

    private void Keep(string name, ITransformer model)
    {
        using (model as IDisposable)
            _saved[name] = ModelZip.Save(_ml, model, LabeledRows.View(_ml, 1).Schema);
    }
}
