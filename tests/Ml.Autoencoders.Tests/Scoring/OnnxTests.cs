using Google.Protobuf;
using Microsoft.ML;
using Microsoft.ML.OnnxRuntime;
using Ml.Autoencoders.Onnx.Protocol;

namespace Ml.Autoencoders.Tests.Scoring;

/// <summary>SaveOnnx of a transformer, where families do not differ.</summary>
internal sealed class OnnxTests
{
    private readonly MLContext _ml = new();
    private AutoencoderTransformer _model = null!;
    private TemporaryFolder _folder = null!;

    private string Path => _folder.File("stage.onnx");

    [OneTimeSetUp]
    public void Fit() => _model = Stage.Fit(_ml);

    [OneTimeTearDown]
    public void Free() => _model.Dispose();

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void Inputs_and_outputs_are_columns()
    {
        Assert.That(Describe(OnnxPart.Stage),
            Is.EqualTo("Features Single[12] -> Code Single[3], Clean Single[12], Error Single[1]"));
        Assert.That(Describe(OnnxPart.Encoder), Is.EqualTo("Features Single[12] -> Code Single[3]"));
        Assert.That(Describe(OnnxPart.Decoder), Is.EqualTo("Code Single[3] -> Clean Single[12]"));

        string Describe(OnnxPart part)
        {
            _model.SaveOnnx(Path, part);
            using var session = new OnnxSession(Path);
            return $"{string.Join(", ", session.Inputs)} -> {string.Join(", ", session.Outputs)}";
        }
    }

    [Test]
    public void A_decoder_of_a_stage_that_writes_no_reconstruction_gives_Reconstruction()
    {
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Plain("Code", "Features",
            new() { CodeSize = Stage.CodeSize, Network = Small.Network, Training = Small.Training() })
                .Fit(Rows.View(_ml, 20));
        model.SaveOnnx(Path, OnnxPart.Decoder);
        using var session = new OnnxSession(Path);
        Assert.That(session.Outputs, Is.EqualTo(new[] { "Reconstruction Single[12]" }));
    }

    [Test]
    public void A_file_that_says_another_shape_than_it_computes_is_found_not_to_be_valid()
    {
        _model.SaveOnnx(Path, OnnxPart.Encoder);
        OnnxChecker.RequireValid(Path);
        var file = ModelProto.Parser.ParseFrom(File.ReadAllBytes(Path));
        file.Graph.Output[0].Type.TensorType.Shape.Dim[1].DimValue++;
        File.WriteAllBytes(Path, file.ToByteArray());
        Assert.That(() => OnnxChecker.Load(Path), Throws.InstanceOf<OnnxRuntimeException>());
    }

    [Test]
    public void An_output_in_the_place_of_its_input_has_a_name_of_its_own_in_the_file_and_the_same_in_ML_NET()
    {
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Plain("Features", null, new()
        {
            CodeSize = Stage.CodeSize,
            Network = Small.Network,
            ReconstructionColumnName = "encoder.0.weight",
            Training = Small.Training(),
        }).Fit(Rows.View(_ml, 20));
        model.SaveOnnx(Path);
        using (var session = new OnnxSession(Path))
            Assert.That(session.Outputs,
                Is.EqualTo(new[] { "Features.output Single[3]", "encoder.0.weight Single[12]" }));
        IDataView rows = Rows.View(_ml, 20, seed: 9);
        using var applied = _ml.Transforms.ApplyOnnxModel(["Features.output"], ["Features"], Path).Fit(rows);
        Assert.That(ColumnNumbers.Of(applied.Transform(rows), "Features"),
            Near.To(ColumnNumbers.Of(model.Transform(rows), "Features")));
    }

    [TestCase("X.output", "Code.output", "Code.out.outputput.output")]
    [TestCase("X.output", "X.output", "X.out.outputput.output")]
    [TestCase("X", ".output", ".out.outputput.output")]
    [TestCase("a.output.b", "a.output.b", "a.out.outputput.b.output")]
    [TestCase("X", "a.output.b", "a.output.b")]
    [TestCase("X", "a.output.output", "a.out.outputput.out.outputput.output")]
    [TestCase("My pixels", "größe µ", "größe µ")]
    public void A_column_of_any_name_is_called_so_again_in_ML_NET(string input, string output, string name)
    {
        IDataView rows = _ml.Transforms.CopyColumns(input, "Features").Fit(Rows.View(_ml, 20))
            .Transform(Rows.View(_ml, 20));
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Plain(output, input,
            Stage.Options()).Fit(rows);
        model.SaveOnnx(Path, OnnxPart.Encoder);
        using (var session = new OnnxSession(Path))
        {
            Assert.That(session.Inputs, Is.EqualTo(new[] { $"{input} Single[12]" }));
            Assert.That(session.Outputs, Is.EqualTo(new[] { $"{name} Single[3]" }));
        }
        using var applied = _ml.Transforms.ApplyOnnxModel([name], [input], Path).Fit(rows);
        Assert.That(ColumnNumbers.Of(applied.Transform(rows), output),
            Near.To(ColumnNumbers.Of(model.Transform(rows), output)));
    }

    [TestCase(1, false)]
    [TestCase(1, true)]
    [TestCase(2, false)]
    [TestCase(2, true)]
    public void Pictures_are_exported_in_their_order_of_pixels_and_held_within_their_range(int factor,
        bool isInterleaved)
    {
        (int height, int width, int channels) = (6, 10, 3);
        float[][] Ordered(float[][] pictures) =>
            isInterleaved ? [.. pictures.Select(picture => SmallPictures.Interleaved(picture, channels))] : pictures;
        int[] Dimensions(int down) =>
            isInterleaved ? [height / down, width / down, channels] : [channels, height / down, width / down];
        float[][] large = SmallPictures.Make(30, height, width, channels);
        float[][] small = [.. large.Select(picture => SmallPictures.Reduced(picture, height, width, factor))];
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Denoising("Code", "Pixels", new()
        {
            CodeSize = 4,
            Network = Network.Convolutional(height / factor, width / factor, channels, [4, 5]),
            Corruption = factor == 1 ? Corruption.Masking(0.2f) : Corruption.Downscale(factor),
            Image = isInterleaved
                ? new ImageFormat(height, width, channels, PixelOrder.Interleaved)
                : new ImageFormat(height, width, channels),
            Scaling = factor == 1 ? InputScaling.Standardize : InputScaling.None,
            ReconstructionColumnName = "Clean",
            FeatureErrorsColumnName = factor == 1 ? "Errors" : null,
            Training = Small.Training(),
        }).Fit(SmallPictures.View(_ml, Ordered(large), Dimensions(1)));
        model.SaveOnnx(Path);
        using var session = new OnnxSession(Path);
        float[][] rows = Ordered(small);
        IDataView view = SmallPictures.View(_ml, rows, Dimensions(factor));
        Dictionary<string, float[][]> found = session.Run("Pixels", rows);
        foreach ((string column, float[][] numbers) in found)
            Assert.That(numbers, Near.To(ColumnNumbers.Of(model.Transform(view), column)), column);

        // A code far from all others is a picture beyond all others.
        model.SaveOnnx(Path, OnnxPart.Decoder);
        using var decoder = new OnnxSession(Path);
        float[][] codes = [[1e3f, -1e3f, 1e3f, 1e3f]];
        float[][] decoded = decoder.Run("Code", codes)["Clean"];
        Assert.That(decoded, Near.To(model.Decode(codes)));
        Assert.That(decoded[0].Max(), Is.EqualTo(large.SelectMany(picture => picture).Max()).Within(1e-6));

        using var applied = _ml.Transforms.ApplyOnnxModel(["Clean"], ["Pixels"], SavedStage(model)).Fit(view);
        Assert.That(ColumnNumbers.Of(applied.Transform(view), "Clean"), Near.To(found["Clean"]));
    }

    [Test]
    public void Names_that_would_be_those_of_two_things_are_refused()
    {
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Plain("Kind", "Features", new()
        {
            CodeSize = Stage.CodeSize,
            Network = Small.Network,
            ConditionColumnName = "Kind",
            Training = Small.Training(),
        }).Fit(LabeledRows.View(_ml, 20));
        Assert.That(() => model.SaveOnnx(Path, OnnxPart.Decoder), Throws.InvalidOperationException.With.Message.EqualTo(
            "Two inputs or outputs of the ONNX file would be named 'Kind'. Train with another name for one of " +
            "those columns."));
        Assert.That(Directory.GetFileSystemEntries(_folder.Path), Is.Empty);
    }

    [Test]
    public void A_column_that_is_called_as_another_with_the_suffix_keeps_its_own_name()
    {
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Plain("Features", null, new()
        {
            CodeSize = Stage.CodeSize,
            Network = Small.Network,
            ReconstructionColumnName = "Features.output",
            Training = Small.Training(),
        }).Fit(Rows.View(_ml, 20));
        model.SaveOnnx(Path);
        IDataView rows = Rows.View(_ml, 20, seed: 9);
        using var applied = _ml.Transforms.ApplyOnnxModel(["Features.output", "Features.out.outputput.output"],
            ["Features"], Path).Fit(rows);
        foreach (string column in new[] { "Features", "Features.output" })
            Assert.That(ColumnNumbers.Of(applied.Transform(rows), column),
                Near.To(ColumnNumbers.Of(model.Transform(rows), column)));
    }

    [Test]
    public void Nothing_is_written_twice()
    {
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.VectorQuantized("Code", "Features", new()
        {
            CodeSize = 4,
            CodebookSize = 8,
            Network = Small.Network,
            CodeIndicesColumnName = "Words",
            ErrorColumnName = "Error",
            FeatureErrorsColumnName = "Errors",
            Training = Small.Training(),
        }).Fit(Rows.View(_ml, 20));
        model.SaveOnnx(Path);
        var graph = ModelProto.Parser.ParseFrom(File.ReadAllBytes(Path)).Graph;
        Assert.That(graph.Node.Count(node => node.OpType == "ArgMin"), Is.EqualTo(1));
        Assert.That(graph.Node.Count(node => node.OpType == "Gemm"), Is.EqualTo(4));
        Assert.That(graph.Initializer.Select(tensor => (string.Join(' ', tensor.Dims), tensor.RawData)), Is.Unique);
    }

    [Test]
    public void Metadata_says_what_it_is()
    {
        _model.SaveOnnx(Path, OnnxPart.Encoder);
        using var session = new OnnxSession(Path);
        Assert.That(session.Metadata.Keys, Is.EquivalentTo(new[] { "family", "part", "description" }));
        Assert.That((session.Metadata["family"], session.Metadata["part"]), Is.EqualTo(("Plain", "Encoder")));
        Assert.That(session.Metadata["description"], Does.Contain("\"version\": 7").And.Contain("\"linear\"")
            .And.Contain("\"history\": []"));
        Assert.That(session.Producer, Is.EqualTo("Ml.Autoencoders"));
    }

    [Test]
    public void A_column_of_chance_is_refused_and_its_encoder_is_not()
    {
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Variational("Code", "Features", new()
        {
            CodeSize = 2,
            Network = Small.Network,
            SampleColumnName = "Drawn",
            Training = Small.Training(),
        }).Fit(Rows.View(_ml, 20));
        Assert.That(() => model.SaveOnnx(Path), Throws.InvalidOperationException.With.Message.EqualTo(
            "Column 'Drawn' is drawn at random, from the id of each row, which ONNX does not know. Export " +
            "OnnxPart.Encoder, or train without that column."));
        Assert.That(Directory.GetFileSystemEntries(_folder.Path), Is.Empty);
        model.SaveOnnx(Path, OnnxPart.Encoder);
        Assert.That(Directory.GetFileSystemEntries(_folder.Path), Is.EqualTo(new[] { Path }));
    }

    [Test]
    public void A_place_that_cannot_be_written_is_left_as_it_was()
    {
        string missing = _folder.File("no such folder");
        Assert.That(() => _model.SaveOnnx(System.IO.Path.Combine(missing, "stage.onnx")),
            Throws.TypeOf<DirectoryNotFoundException>().With.Message.EqualTo(
            $"'{System.IO.Path.Combine(missing, "stage.onnx")}' cannot be written: there is no folder '{missing}'."));
        Directory.CreateDirectory(Path);
        Assert.That(() => _model.SaveOnnx(Path), Throws.TypeOf<UnauthorizedAccessException>().With.Message.EqualTo(
            $"'{Path}' cannot be written: there is a folder of that name."));
        Assert.That(Directory.GetFileSystemEntries(_folder.Path), Is.EqualTo(new[] { Path }));
    }

    [Test]
    public void A_path_and_a_part_are_needed()
    {
        Assert.That(() => _model.SaveOnnx(" "), Throws.ArgumentException.With.Property("ParamName").EqualTo("path"));
        Assert.That(() => _model.SaveOnnx(Path, (OnnxPart)7),
            Throws.TypeOf<ArgumentOutOfRangeException>()
                .With.Message.StartsWith("SaveOnnx: part is 7; it must be one of Stage, Encoder, Decoder."));
        Assert.That(Directory.GetFileSystemEntries(_folder.Path), Is.Empty);
    }

    [Test]
    public void A_disposed_transformer_and_a_disposed_detector_write_nothing()
    {
        AutoencoderTransformer model = Stage.Fit(_ml);
        AutoencoderAnomalyTransformer detector = _ml.AnomalyDetection.Trainers.Autoencoder("Features",
            new() { CodeSize = 2, Network = Small.Network, Training = Small.Training() })
            .Fit(Rows.View(_ml, 20));
        model.Dispose();
        detector.Dispose();
        Assert.That(() => model.SaveOnnx(Path),
            Throws.TypeOf<ObjectDisposedException>().With.Message.EqualTo(Disposed.Message));
        Assert.That(() => detector.SaveOnnx(Path),
            Throws.TypeOf<ObjectDisposedException>().With.Message.EqualTo(Disposed.Message));
        Assert.That(Directory.GetFileSystemEntries(_folder.Path), Is.Empty);
    }

    [Test]
    public void A_file_that_is_there_is_replaced_and_the_same_bytes_come_again()
    {
        _model.SaveOnnx(Path);
        byte[] first = File.ReadAllBytes(Path);
        File.WriteAllText(Path, "something else");
        _model.SaveOnnx(Path);
        Assert.That(File.ReadAllBytes(Path), Is.EqualTo(first));
        Assert.That(Directory.GetFileSystemEntries(_folder.Path), Is.EqualTo(new[] { Path }));
    }

    [Test]
    public void No_tensor_outlives_an_export()
    {
        using AutoencoderAnomalyTransformer detector = _ml.AnomalyDetection.Trainers.VariationalAutoencoder("Features",
            new() { CodeSize = 2, Network = Small.Network, Training = Small.Training() }).Fit(Rows.View(_ml, 20));
        Assert.That(LiveTensors.Left(() => detector.SaveOnnx(Path)), Is.Zero);
    }

    private string SavedStage(AutoencoderTransformer model)
    {
        model.SaveOnnx(Path);
        return Path;
    }
}
