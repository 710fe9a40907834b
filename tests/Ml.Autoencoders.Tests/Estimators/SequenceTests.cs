using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>Sequences in, sequences out.</summary>
internal sealed class SequenceTests
{
    private const string Mismatch = " (Parameter 'inputSchema')";

    private readonly MLContext _ml = new(seed: 1);
    private readonly Dictionary<string, AutoencoderTransformer> _fitted = new(StringComparer.Ordinal);

    private static int[][] Sizes => [[140, 1], [60, 8], [139, 2], [7, 3]];

    [OneTimeTearDown]
    public void Dispose()
    {
        foreach (AutoencoderTransformer model in _fitted.Values)
            model.Dispose();
    }

    [TestCaseSource(nameof(Sizes))]
    public void A_fit_learns_what_the_mean_row_does_not_tell(int[] size)
    {
        AutoencoderTransformer model = Fitted(size);
        float[][] windows = SmallSequences.Make(100, size[0], size[1], seed: 9);
        IDataView scored = model.Transform(SmallSequences.View(_ml, windows, size));

        double[] means = [.. Enumerable.Range(0, windows[0].Length)
            .Select(slot => windows.Average(window => (double)window[slot]))];
        double variance = windows.Average(window => window.Zip(means, (x, mean) => (x - mean) * (x - mean)).Average());

        Assert.That(scored.Schema["Clean"].Type, Is.EqualTo(new VectorDataViewType(NumberDataViewType.Single, size)));
        // The reconstruction is compared here, so that an order that is off is seen.
        Assert.That(windows.Zip(scored.GetColumn<float[]>("Clean"), Distance).Average(), Is.LessThan(0.3 * variance));
        Assert.That(scored.GetColumn<float>("Error"),
            Is.EqualTo(windows.Zip(scored.GetColumn<float[]>("Clean"), Distance)).Within(1e-5));
    }

    [TestCaseSource(nameof(Sizes))]
    public void A_saved_model_gives_the_same_bits_in_another_process(int[] size)
    {
        AutoencoderTransformer model = Fit(Loader.Rows(_ml, size), "Features", epochs: 1);
        using AutoencoderTransformer owned = model;
        byte[] saved = ModelZip.Save(_ml, model, Loader.Rows(_ml, size).Schema);

        Assert.That(Loader.Run(Repository.LoaderOutput, saved, "Clean", size),
            Is.EqualTo(Loader.Expected(_ml, model, "Clean", size)).And.Exactly(Loader.RowCount).Items.And.Unique);
    }

    [TestCaseSource(nameof(Sizes))]
    public void ONNX_Runtime_gives_the_same(int[] size)
    {
        AutoencoderTransformer model = Fitted(size);
        float[][] windows = SmallSequences.Make(7, size[0], size[1], seed: 9);
        using var folder = new TemporaryFolder();
        model.SaveOnnx(folder.File("stage.onnx"));
        using var session = new OnnxSession(folder.File("stage.onnx"));
        Dictionary<string, float[][]> found = session.Run("Window", windows);

        Assert.That(found["Code"], Near.To(model.Encode(windows)));
        Assert.That(found["Clean"], Near.To(model.Reconstruct(windows)));
    }

    [TestCaseSource(nameof(Sizes))]
    public void A_prediction_engine_gives_the_same_as_a_view(int[] size)
    {
        AutoencoderTransformer model = Fitted(size);
        float[][] windows = SmallSequences.Make(5, size[0], size[1], seed: 9);
        IDataView view = SmallSequences.View(_ml, windows, size);
        var schema = SchemaDefinition.Create(typeof(SequenceRow));
        schema.Remove(schema[nameof(SequenceRow.Other)]);
        schema.Remove(schema[nameof(SequenceRow.Kind)]);
        schema[nameof(SequenceRow.Window)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, size);
        using PredictionEngine<SequenceRow, CodeRow> engine = _ml.Model.CreatePredictionEngine<SequenceRow, CodeRow>(
            model, new PredictionEngineOptions { InputSchemaDefinition = schema, OwnsTransformer = false });

        Assert.That(windows.Select(window => engine.Predict(new SequenceRow { Window = window }).Code).ToArray(),
            Near.To(model.Transform(view).GetColumn<float[]>("Code")));
    }

    [Test]
    public void A_plain_vector_whose_sequence_is_given_is_the_same()
    {
        float[][] windows = SmallSequences.Make(40, 9, 2);
        using AutoencoderTransformer shaped = Fit(SmallSequences.View(_ml, windows, 9, 2), "Window", epochs: 2);
        using AutoencoderTransformer flat = Fit(SmallSequences.View(_ml, windows, 18), "Window", epochs: 2,
            new SequenceFormat(9, 2));

        Assert.That(Bits.Of(flat.Reconstruct(windows)), Is.EqualTo(Bits.Of(shaped.Reconstruct(windows))));
        // A model of sequences takes plain vectors of their size, too.
        Assert.That(Bits.OfVectors(shaped.Transform(SmallSequences.View(_ml, windows, 18)), "Code"),
            Is.EqualTo(Bits.OfVectors(flat.Transform(SmallSequences.View(_ml, windows, 9, 2)), "Code")));
    }

    [Test]
    public void A_label_determines_what_the_code_does_not_hold()
    {
        SequenceRow[] rows = [.. SmallSequences.Make(120, 9, 2).Select((window, i) => new SequenceRow
        {
            Window = [.. window.Select(x => x + (i % 2 == 0 ? 1 : -1))],
            Kind = i % 2 == 0 ? "high" : "low",
        })];
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Plain("Code", "Window",
            Options(epochs: 30) with { ConditionColumnName = "Kind" })
            .Fit(SmallSequences.View(_ml, rows, [9, 2], [1]));
        float[][] row = [rows[0].Window];

        Assert.That(model.Reconstruct(row, "high")[0].Average() - model.Reconstruct(row, "low")[0].Average(),
            Is.GreaterThan(0.2));
    }

    [Test]
    public void Sequences_of_other_channels_are_reconstructed_from_these()
    {
        SequenceRow[] Paired(int seed) => [.. SmallSequences.Make(200, 9, 2, seed).Select(window => new SequenceRow
        {
            Window = window,
            Other = [.. window.Where((_, slot) => slot % 2 == 0).Select(x => 2 * x)],
        })];
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Plain("Code", "Window",
            Options(epochs: 40) with { TargetColumnName = "Other" })
            .Fit(SmallSequences.View(_ml, Paired(1), [9, 2], [9, 1]));
        SequenceRow[] rows = Paired(9);
        float[][] found = model.Reconstruct([.. rows.Select(row => row.Window)]);

        Assert.That(model.Summary.Layers.Where(layer => layer.Part == "decoder").Select(layer => layer.OutputShape),
            Has.Member("1 x 9"));
        // Twice a wave of a height between 0.3 and 1: its square is 0.8 on average.
        Assert.That(rows.Zip(found, (row, clean) => Distance(row.Other, clean)).Average(), Is.LessThan(0.1));
    }

    [Test]
    public void Sequences_that_are_odd_are_found()
    {
        float[][] usual = SmallSequences.Make(200, 20, 2);
        using AutoencoderAnomalyTransformer model = _ml.AnomalyDetection.Trainers.Autoencoder("Window", new()
        {
            CodeSize = 3,
            Network = Network.Temporal([8, 8], kernel: 5),
            Training = Small.Training(epochs: 30),
        }).Fit(SmallSequences.View(_ml, usual, 20, 2));
        float[][] odd = [.. SmallSequences.Make(20, 20, 2, seed: 9)];
        foreach (float[] window in odd)
            window.AsSpan(10, 6).Fill(1.5f);

        float worst = Scores(SmallSequences.Make(20, 20, 2, seed: 8)).Max();
        Assert.That(Scores(odd).Min(), Is.GreaterThan(worst));

        float[] Scores(float[][] windows) =>
            [.. model.Transform(SmallSequences.View(_ml, windows, 20, 2)).GetColumn<float>("Score")];
    }

    [Test]
    public void A_plain_vector_that_nothing_describes_is_refused() =>
        Assert.That(() => Fit(SmallSequences.View(_ml, SmallSequences.Make(9, 9, 2), 18), "Window", epochs: 1),
            Throws.InvalidOperationException.With.Message.EqualTo(
            "The network does not fit column 'Window', a vector of 18: it takes sequences, and nothing specifies the " +
            "steps of a row. Give the column two dimensions, steps x channels, or set Sequence, for example Sequence " +
            "= new SequenceFormat(steps: 18) where there is one number per step."));

    [TestCase(new[] { 2, 9 }, "Vector<Single, 2, 9>")]
    [TestCase(new[] { 18, 1 }, "Vector<Single, 18, 1>")]
    [TestCase(new[] { 9, 1, 2 }, "Vector<Single, 9, 1, 2>")]
    [TestCase(new[] { 20 }, "Vector<Single, 20>")]
    public void A_column_that_contradicts_what_is_given_is_refused(int[] dimensions, string type)
    {
        int size = dimensions.Aggregate(1, (product, dimension) => product * dimension);
        IDataView view = SmallSequences.View(_ml, SmallSequences.Make(9, size, 1), dimensions);
        Assert.That(() => Fit(view, "Window", epochs: 1, new SequenceFormat(9, 2)),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(
            "Schema mismatch for sequence column 'Window': expected sequences of 9 x 2 (steps x channels), got " +
            type + Mismatch));
    }

    [Test]
    public void A_loaded_model_refuses_a_column_of_other_sequences([Values] bool isComposed)
    {
        Network network = isComposed
            ? Network.Compose(layers => layers.Sequence(9, 2).Convolution(4)) : Network.Temporal([4]);
        float[][] windows = SmallSequences.Make(20, 9, 2);
        IDataView view = SmallSequences.View(_ml, windows, 9, 2);
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Plain("Code", "Window",
            Options(epochs: 1) with { Network = network }).Fit(view);
        using var loaded = (AutoencoderTransformer)ModelZip.Load(_ml, ModelZip.Save(_ml, model, view.Schema));

        Assert.That(Bits.Of(loaded.Encode(windows)), Is.EqualTo(Bits.Of(model.Encode(windows))));
        Assert.That(() => loaded.Transform(SmallSequences.View(_ml, windows, 2, 9)),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo("Schema mismatch for sequence column " +
            "'Window': expected sequences of 9 x 2 (steps x channels), got Vector<Single, 2, 9>" + Mismatch));
    }

    [Test]
    public void A_target_of_other_steps_is_refused()
    {
        SequenceRow[] rows = [.. SmallSequences.Make(9, 9, 2).Select(window =>
            new SequenceRow { Window = window, Other = window })];
        Assert.That(() => _ml.Transforms.Autoencoders.Plain("Code", "Window",
            Options(epochs: 1) with { TargetColumnName = "Other" })
            .Fit(SmallSequences.View(_ml, rows, [9, 2], [6, 3])), Throws.InvalidOperationException.With.Message.EqualTo(
            "The network does not fit column 'Window', a vector of 18: it gives sequences of 9 steps, and those to " +
            "reconstruct are 6 x 3 (steps x channels)."));
    }

    private static IEnumerable<TestCaseData> Contradictions()
    {
        yield return Case("another network", new() { Sequence = new SequenceFormat(9, 2) },
            "PlainOptions: Sequence is 9 x 2 (steps x channels), and the network takes rows as they are; it must be " +
            "Network.Temporal or Network.Recurrent.");
        yield return Case("pictures", new() { Network = Network.Temporal(), Image = new ImageFormat(3, 6) },
            "PlainOptions: Image is 1 x 3 x 6 (planar: channels x height x width), and the network takes " +
            "sequences.");
        yield return Case("a corruption of pictures",
            new() { Network = Network.Temporal(), Corruption = Corruption.Warp() },
            "PlainOptions: the network takes sequences, and Corruption.Warp changes pictures.");

        static TestCaseData Case(string name, PlainOptions options, string message) =>
            new TestCaseData(options, message).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Contradictions))]
    public void Options_that_contradict_each_other_are_refused(PlainOptions options, string message) =>
        Assert.That(() => _ml.Transforms.Autoencoders.Plain("Code", "Window", options),
            Throws.ArgumentException.With.Message.EqualTo(message));

    private AutoencoderTransformer Fitted(int[] size)
    {
        string name = string.Join('x', size);
        if (!_fitted.TryGetValue(name, out AutoencoderTransformer? model))
            _fitted.Add(name, model = Fit(SmallSequences.View(_ml, SmallSequences.Make(200, size[0], size[1]), size),
                "Window", epochs: 20));
        return model;
    }

    private AutoencoderTransformer Fit(IDataView rows, string column, int epochs, SequenceFormat? sequence = null) =>
        _ml.Transforms.Autoencoders.Plain("Code", column,
            Options(epochs) with { Sequence = sequence, ErrorColumnName = "Error" }).Fit(rows);

    private static PlainOptions Options(int epochs) => new()
    {
        CodeSize = 3,
        Network = Network.Temporal([8, 8], kernel: 5, activation: Activation.LeakyRelu),
        ReconstructionColumnName = "Clean",
        Training = Small.Training(epochs),
    };

    private static double Distance(float[] left, float[] right) =>
        left.Zip(right, (x, y) => (double)(x - y) * (x - y)).Average();

    private sealed class CodeRow
    {
        public float[] Code { get; set; } = [];
    }
}
