using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Objectives;
using Ml.Autoencoders.Onnx.Protocol;
using Ml.Autoencoders.Tests.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>Hidden activations as columns, and what refuses them.</summary>
internal sealed class HiddenActivationsTests
{
    private const string Missing = "the encoder has no hidden layer: no activation comes before the code. Choose a " +
        "network with one, for example Network.Dense(512, 256).";

    private readonly MLContext _ml = new(seed: 1);

    [Test]
    public void They_are_what_each_activation_gives()
    {
        // [1, 2] to relu([5.5, 1]) to relu([4.5, -9]) to 4.75; [-1, 0] to relu([-0.5, 1]) to relu([-1, 2]) to 2.25.
        using AutoencoderTransformer model = Known(Network.Dense(2, 2), 2, 1, new()
        {
            ["encoder.0.weight"] = [1, 2, -1, 1],
            ["encoder.0.bias"] = [0.5f, 0],
            ["encoder.2.weight"] = [1, -1, -2, 1],
            ["encoder.2.bias"] = [0, 1],
            ["encoder.4.weight"] = [1, 1],
            ["encoder.4.bias"] = [0.25f],
        });
        Assert.That(model.EncodeHidden([1, 2]), Is.EqualTo(new[] { 5.5f, 1, 4.5f, 0 }).Within(1e-6));
        Assert.That(model.EncodeHidden([[-1, 0], [1, 2]]),
            Is.EqualTo(new[] { new[] { 0, 1f, 0, 2 }, [5.5f, 1, 4.5f, 0] }).Within(1e-6));
        Assert.That(model.Encode([1, 2]), Is.EqualTo(new[] { 4.75f }).Within(1e-6));
        Assert.That(model.Encode([-1, 0]), Is.EqualTo(new[] { 2.25f }).Within(1e-6));
        Assert.That((model.HiddenSize, model.HiddenColumnName, model.Output),
            Is.EqualTo((4, (string?)null, StageOutput.Code)));
    }

    [TestCase(StageOutput.HiddenActivations)]
    [TestCase(StageOutput.RowAndHiddenActivations)]
    public void Rows_are_not_decoded_from_them(StageOutput output)
    {
        // As long as a code, where they are alone.
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Plain("Out", "Features", new()
        {
            CodeSize = 6,
            Network = Network.Dense(6),
            Output = output,
            Training = Small.Training(epochs: 1),
        }).Fit(Rows.View(_ml, 20));
        IDataView rows = Rows.View(_ml, 3);
        IDataView copied = _ml.Transforms.CopyColumns("Copy", "Out").Fit(model.Transform(rows))
            .Transform(model.Transform(rows));
        Assert.Multiple(() =>
        {
            Assert.That(() => model.Decode(model.Transform(rows)), Throws.ArgumentException.With.Message.StartsWith(
                "Column 'Out' holds hidden activations, from which rows cannot be decoded. Give a column of codes, " +
                "as Encode adds it."));
            Assert.That(() => model.Decode(copied, codeColumnName: "Copy"), Throws.ArgumentException);
            Assert.That(model.Decode(model.Encode(rows)).GetColumn<float[]>("Reconstruction"),
                Is.EqualTo(model.Reconstruct(rows).GetColumn<float[]>("Reconstruction")));
        });
    }

    [Test]
    public void Those_of_a_convolution_are_means_over_cells()
    {
        // Two filters of one pixel: x, and 1 - x, of pictures of 5 x 2.
        using AutoencoderTransformer model = Known(
            Network.Compose(layers => layers.Reshape(1, 5, 2).Convolution(2, 1, 1, 0).Relu()), 10, 1, new()
            {
                ["encoder.1.weight"] = [1, -1],
                ["encoder.1.bias"] = [0, 1],
            });
        // Cells are the means of rows 1 and 2, 2 and 3, 3 and 4, 4 and 5.
        Assert.That(model.EncodeHidden([0, -4, 2, 0, 4, 1, 6, -3, 8, 9]), Is.EqualTo(new[]
        {
            1, 0, 3, 0.5f, 5, 0.5f, 7, 4.5f,
            0.5f, 3, 0, 0.5f, 0, 2, 0, 2,
        }).Within(1e-6));
        Assert.That(model.HiddenSize, Is.EqualTo(16));
    }

    [Test]
    public void Slots_are_named_by_layer()
    {
        IDataView rows = Rows.View(_ml, 30);
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Plain("Code", "Features", new()
        {
            CodeSize = 2,
            Network = Network.Dense(3, 2),
            HiddenColumnName = "Hidden",
            Training = Small.Training(),
        }).Fit(rows);
        Assert.That(Slots(model, rows, "Hidden"),
            Is.EqualTo(new[] { "Hidden1.0", "Hidden1.1", "Hidden1.2", "Hidden2.0", "Hidden2.1" }));
        Assert.That(model.Transform(rows).Schema["Hidden"].Type,
            Is.EqualTo(new VectorDataViewType(NumberDataViewType.Single, 5)));
        Assert.That(Slots(model, rows, "Code"), Is.EqualTo(new[] { "Code0", "Code1" }));
        Assert.That(model.ToString(), Is.EqualTo("Plain autoencoder: Features (12) to Code (2) on cpu"));
    }

    [Test]
    public void Slots_of_the_row_keep_their_names()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(Rows.Make(30)
            .Select(row => new Box { Width = row.Features[0], Height = row.Features[1], Sides = row.Features[2..] }));
        rows = _ml.Transforms.Concatenate("Row", "Width", "Height").Fit(rows).Transform(rows);
        using AutoencoderTransformer named = _ml.Transforms.Autoencoders
            .Plain("Out", "Row", Options(StageOutput.RowAndHiddenActivations)).Fit(rows);
        using AutoencoderTransformer unnamed = _ml.Transforms.Autoencoders
            .Plain("Out", "Sides", Options(StageOutput.RowAndHiddenActivations)).Fit(rows);
        string[] hidden = ["Out1.0", "Out1.1", "Out1.2", "Out1.3"];
        Assert.That(Slots(named, rows, "Out"), Is.EqualTo((string[])["Width", "Height", .. hidden]));
        Assert.That(Slots(unnamed, rows, "Out"),
            Is.EqualTo((string[])[.. Enumerable.Range(0, 10).Select(slot => $"Out.Row{slot}"), .. hidden]));
        Assert.That(named.ToString(), Is.EqualTo("Plain autoencoder: Row (2, written by " +
            "ColumnConcatenatingTransformer) to Out (6, row and hidden activations) on cpu"));
    }

    [Test]
    public void The_row_is_scaled_and_in_the_order_of_its_column()
    {
        float[][] pictures = SmallPictures.Make(30, 6, 8, 3);
        float[][] turned = [.. pictures.Select(picture => SmallPictures.Interleaved(picture, 3))];
        IDataView view = SmallPictures.View(_ml, turned, 6, 8, 3);
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Plain("Out", "Pixels",
            Options(StageOutput.RowAndHiddenActivations) with { Scaling = InputScaling.MinMax }).Fit(view);
        float[] least = [.. Enumerable.Range(0, turned[0].Length).Select(slot => turned.Min(row => row[slot]))];
        float[] most = [.. Enumerable.Range(0, turned[0].Length).Select(slot => turned.Max(row => row[slot]))];

        float[][] found = [.. model.Transform(view).GetColumn<float[]>("Out")];

        for (int i = 0; i < turned.Length; i++)
        {
            Assert.That(found[i][..^4], Is.EqualTo(turned[i]
                .Select((value, slot) => (value - least[slot]) / (most[slot] - least[slot]))).Within(1e-4));
        }
    }

    /// <summary>Pictures that are made smaller have other slots than their column.</summary>
    [Test]
    public void The_row_is_the_small_picture_where_the_network_takes_one()
    {
        float[][] pictures = SmallPictures.Make(30, 4, 4);
        IDataView view = SmallPictures.View(_ml, pictures, 1, 4, 4);
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Plain("Out", "Pixels",
            Options(StageOutput.RowAndHiddenActivations) with
            {
                Corruption = Corruption.Downscale(2),
                Image = new ImageFormat(4, 4),
            }).Fit(view);
        float[][] small = [.. pictures.Select(picture => SmallPictures.Reduced(picture, 4, 4, 2))];

        float[][] found = [.. model.Transform(view).GetColumn<float[]>("Out")];

        Assert.That(found.SelectMany(row => row[..4]), Is.EqualTo(small.SelectMany(row => row)).Within(1e-5));
        Assert.That(Slots(model, view, "Out"), Is.EqualTo(new[]
            { "Out.Row0", "Out.Row1", "Out.Row2", "Out.Row3", "Out1.0", "Out1.1", "Out1.2", "Out1.3" }));
    }

    [Test]
    public void An_encoder_of_rows_gives_codes_whatever_the_stage_writes()
    {
        IDataView rows = Rows.View(_ml, 30);
        using TransformerChain<ITransformer> model = _ml.Transforms.NormalizeMinMax("Features")
            .Append<ITransformer>(_ml.Transforms.Autoencoders.Plain("Out", "Features",
                Options(StageOutput.HiddenActivations))).Fit(rows);
        AutoencoderTransformer autoencoder = model.GetAutoencoder("Out");
        using RowEncoder<Row> encoder = _ml.Model.CreateEncoder<Row>(model, "Out");
        float[] code = encoder.Encode(Rows.Make(1)[0]);

        Assert.That(code, Has.Length.EqualTo(3));
        Assert.That(Bits.Of(code), Is.EqualTo(Bits.Of(encoder.Autoencoder.Encode(Normalized()))));
        Assert.That(autoencoder.Decode(code), Has.Length.EqualTo(Row.Size));
        Assert.That(model.Transform(rows).GetColumn<float[]>("Out").First(), Is.EqualTo(
            autoencoder.EncodeHidden(Normalized())).Within(1e-6));

        float[] Normalized() => model.Transform(rows).GetColumn<float[]>("Features").First();
    }

    [Test]
    public void Their_number_is_said_in_the_log()
    {
        var ml = new MLContext(seed: 1);
        var lines = new List<string>();
        ml.Log += (_, line) => lines.Add(line.Message);
        ml.Transforms.Autoencoders.Plain("Code", "Features", Options(StageOutput.HiddenActivations))
            .Fit(Rows.View(ml, 30)).Dispose();
        Assert.That(lines, Has.Some.Contains("30 rows of 12 to codes of 3 and 4 hidden activations."));
    }

    [Test]
    public void The_encoder_runs_once_for_code_and_activations()
    {
        IDataView rows = Rows.View(_ml, 30);
        using var folder = new TemporaryFolder();
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Plain("Code", "Features",
            Options(StageOutput.Code) with { HiddenColumnName = "Hidden" }).Fit(rows);
        model.SaveOnnx(folder.File("stage.onnx"));
        var file = ModelProto.Parser.ParseFrom(File.ReadAllBytes(folder.File("stage.onnx")));
        Assert.That(file.Graph.Node.Count(node => node.OpType == "Gemm"), Is.EqualTo(2));
    }

    [Test]
    public void A_file_says_nothing_of_them_where_there_are_none()
    {
        IDataView rows = Rows.View(_ml, 30);
        using AutoencoderTransformer plain = _ml.Transforms.Autoencoders
            .Plain("Code", "Features", Options(StageOutput.Code)).Fit(rows);
        using AutoencoderTransformer other = _ml.Transforms.Autoencoders.Plain("Code", "Features",
            Options(StageOutput.RowAndHiddenActivations) with { HiddenColumnName = "Activations" }).Fit(rows);
        Assert.That(Columns(plain), Does.Not.Contain("hidden").And.Not.Contain("output"));
        Assert.That(Columns(other), Does.Contain("\"hidden\": \"Activations\"")
            .And.Contain("\"output\": \"rowAndHiddenActivations\""));

        string Columns(AutoencoderTransformer model)
        {
            string description = new ModelZip(ModelZip.Save(_ml, model, rows.Schema)).ReadText(ModelZip.Description);
            int start = description.IndexOf("\"columns\"", StringComparison.Ordinal);
            return description[start..description.IndexOf("\"model\"", start, StringComparison.Ordinal)];
        }
    }

    [Test]
    public void A_network_without_a_hidden_layer_is_refused_when_the_estimator_is_made()
    {
        PlainOptions linear = Options(StageOutput.Code) with { Network = Network.Dense() };
        Assert.That(() => _ml.Transforms.Autoencoders.Plain("Code", "Features",
                linear with { HiddenColumnName = "Hidden" }),
            Throws.ArgumentException.With.Message.EqualTo(
                $"PlainOptions: HiddenColumnName is 'Hidden', and {Missing}"));
        Assert.That(() => _ml.Transforms.Autoencoders.Plain("Code", "Features",
                linear with { Output = StageOutput.HiddenActivations }),
            Throws.ArgumentException.With.Message.EqualTo($"PlainOptions: Output is HiddenActivations, and {Missing}"));
        Assert.That(() => _ml.Transforms.Autoencoders.Plain("Code", "Features",
                linear with { Output = (StageOutput)7 }),
            Throws.InstanceOf<ArgumentException>().With.Message.StartsWith("PlainOptions: Output is 7; "));
    }

    [Test]
    public void One_whose_activation_gives_the_code_is_refused_before_rows_are_read()
    {
        Network network = Network.Compose(layers => layers.Linear(3).Relu());
        var rows = new CountingView(Rows.View(_ml, 30));
        Assert.That(() => _ml.Transforms.Autoencoders.Plain("Code", "Features",
                Options(StageOutput.RowAndHiddenActivations) with { Network = network }).Fit(rows),
            Throws.InvalidOperationException.With.Message.EqualTo(
                $"Output is RowAndHiddenActivations, and {Missing}"));
        Assert.That(rows.CursorsOpened, Is.Zero);
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Plain("Code", "Features",
            Options(StageOutput.Code) with { Network = network }).Fit(rows);
        Assert.That(() => model.EncodeHidden(new float[Row.Size]), Throws.InvalidOperationException
            .With.Message.EqualTo($"Hidden activations cannot be computed: {Missing}"));
        Assert.That(model.HiddenSize, Is.Zero);
    }

    [Test]
    public void A_row_of_another_length_is_refused()
    {
        using AutoencoderTransformer model = Stage.Fit(_ml);
        Assert.That(() => model.EncodeHidden([1, 2]),
            Throws.ArgumentException.With.Message.StartsWith("Row 0 has 2 numbers; it needs 12."));
        Assert.That(() => model.EncodeHidden((float[])null!), Throws.ArgumentNullException);
        Assert.That(() => model.EncodeHidden(Rows.View(_ml, 3), " "), Throws.ArgumentException);
    }

    private sealed class Box
    {
        public float Width { get; set; }

        public float Height { get; set; }

        [VectorType(10)]
        public float[] Sides { get; set; } = [];
    }

    private static PlainOptions Options(StageOutput output) => new()
    {
        CodeSize = 3,
        Network = Network.Dense(4),
        Output = output,
        Training = Small.Training(),
    };

    private static string[] Slots(AutoencoderTransformer model, IDataView rows, string column)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        model.GetOutputSchema(rows.Schema)[column].GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    /// <summary>A model of given weights, which are 0 where none are given.</summary>
    private AutoencoderTransformer Known(Network network, int inputSize, int codeSize,
        Dictionary<string, float[]> weights)
    {
        NetworkPlan plan = network.Plan(inputSize, codeSize);
        var definition = new ModelDefinition("Plain", plan, new DeterministicBottleneck(),
            new ReconstructionObjective(new GaussianLikelihood()), Corruption.None,
            InputScaling.None);
        BoundNetwork bound = BoundNetwork.Create(plan, CPU, (spec, values) => values.copy_(
            tensor(weights.GetValueOrDefault(spec.Name, new float[spec.Count]), spec.Shape)));
        return Transformers.Around(_ml, new AutoencoderModel(definition, bound, null, CPU));
    }
}
