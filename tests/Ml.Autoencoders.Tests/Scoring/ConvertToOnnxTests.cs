using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Scoring;

/// <summary>ML.NET's own export to ONNX of models with our stages, where families do not differ.</summary>
internal sealed class ConvertToOnnxTests
{
    private MLContext _ml = null!;
    private Warnings _warnings = null!;

    [SetUp]
    public void MakeContext()
    {
        _ml = new MLContext(seed: 1);
        _warnings = new Warnings(_ml);
    }

    [TestCase(nameof(VariationalOptions.SampleColumnName))]
    [TestCase(nameof(VariationalOptions.EvidenceLowerBoundColumnName))]
    public void A_column_that_is_drawn_at_random_is_not_exported_and_the_log_says_which(string option)
    {
        var options = new VariationalOptions
        {
            CodeSize = Stage.CodeSize,
            Network = Small.Network,
            Training = Small.Training(),
        };
        typeof(VariationalOptions).GetProperty(option)!.SetValue(options, "Drawn");
        IDataView rows = Rows.View(_ml, 40);
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Variational("Code", "Features", options)
            .Fit(rows);
        Assert.That(() => new ConvertedModel(_ml, model, rows, ConvertedModel.Newest),
            Throws.InvalidOperationException.With.Message.StartsWith("The targeted pipeline can not be fully"));
        Assert.That(_warnings.Lines, Has.Member("Column 'Drawn' is drawn at random, from the id of each row, which " +
            "ONNX does not know. ML.NET's ConvertToOnnx cannot export a model with that stage."));
    }

    [Test]
    public void Pictures_that_the_encoder_takes_made_smaller_are_not_exported_and_small_ones_are(
        [Values] bool isInterleaved)
    {
        (int height, int width, int channels) = (6, 10, 3);
        float[][] large = [.. SmallPictures.Make(30, height, width, channels).Select(Ordered)];
        float[][] small = [.. SmallPictures.Make(7, height / 2, width / 2, channels, seed: 2).Select(Ordered)];
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Denoising("Code", "Pixels", new()
        {
            CodeSize = 4,
            Network = Network.Convolutional(height / 2, width / 2, channels, [4, 5]),
            Corruption = Corruption.Downscale(2),
            Image = new ImageFormat(height, width, channels,
                isInterleaved ? PixelOrder.Interleaved : PixelOrder.Planar),
            Scaling = InputScaling.None,
            ReconstructionColumnName = "Clean",
            Training = Small.Training(),
        }).Fit(View(large, 1));
        IDataView rows = View(small, 2);
        using var converted = new ConvertedModel(_ml, model, rows, ConvertedModel.Oldest);
        RequireSame(converted, model, rows, "Code", "Clean");

        Assert.That(() => new ConvertedModel(_ml, model, View(large, 1), ConvertedModel.Oldest),
            Throws.InvalidOperationException);
        Assert.That(_warnings.Lines, Has.Member("Column 'Pixels' holds pictures of 180 numbers, which the encoder " +
            "takes made smaller, to 45: an ONNX graph takes them in that size. ML.NET's ConvertToOnnx cannot export " +
            "a model with that stage."));

        float[] Ordered(float[] picture) =>
            isInterleaved ? SmallPictures.Interleaved(picture, channels) : picture;
        IDataView View(float[][] pictures, int down) => SmallPictures.View(_ml, pictures, isInterleaved
            ? [height / down, width / down, channels] : [channels, height / down, width / down]);
    }

    [Test]
    public void Columns_have_their_dimensions()
    {
        float[][] pictures = SmallPictures.Make(40, 4, 6, 2);
        IDataView rows = SmallPictures.View(_ml, pictures, 2, 4, 6);
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Plain("Code", "Pixels", new()
        {
            CodeSize = Stage.CodeSize,
            Network = Network.Convolutional(4, 6, 2, [4]),
            ReconstructionColumnName = "Clean",
            FeatureErrorsColumnName = "Errors",
            ErrorColumnName = "Error",
            Training = Small.Training(),
        }).Fit(rows);
        using var converted = new ConvertedModel(_ml, model, rows, ConvertedModel.Oldest);
        RequireSame(converted, model, rows, "Code", "Clean", "Errors", "Error");
        Assert.That(converted.Sizes("Code"), Is.EqualTo(new[] { Stage.CodeSize }));
        Assert.That(converted.Sizes("Clean"), Is.EqualTo(new[] { 2, 4, 6 }));
        Assert.That(converted.Sizes("Errors"), Is.EqualTo(new[] { 2, 4, 6 }));
        Assert.That(converted.Sizes("Error"), Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public void Columns_may_be_replaced_and_dropped_and_stages_may_follow_each_other()
    {
        IDataView rows = Rows.View(_ml, 40);
        var pipeline = _ml.Transforms.DropColumns("Name")
            .Append(Stage.Make(_ml))
            .Append(_ml.Transforms.Autoencoders.Plain("Features", null, Options() with
            {
                ReconstructionColumnName = "Again",
            }))
            .Append(_ml.Transforms.Autoencoders.Plain("Shorter", "Code", Options() with { CodeSize = 2 }))
            .Append(_ml.Transforms.Concatenate("All", "Features", "Shorter", "Error"))
            .Append(_ml.Transforms.DropColumns("Clean", "Code"));
        using var model = pipeline.Fit(rows);
        using var converted = new ConvertedModel(_ml, model, rows, ConvertedModel.Newest);
        RequireSame(converted, model, rows, "Features", "Again", "Shorter", "Error", "All");
        Assert.That(() => converted.Sizes("Code"), Throws.InstanceOf<KeyNotFoundException>());
    }

    [Test]
    public void No_inner_value_is_taken_for_a_column()
    {
        // What inner values are called where nothing else is.
        string[] names = ["constant", "Gemm", "rows", "shape", "encoder.0.weight", "Identity"];
        IDataView rows = Rows.View(_ml, 40);
        var pipeline = _ml.Transforms.CopyColumns([.. names.Select(name => new InputOutputColumnPair(name, "Label"))])
            .Append(_ml.Transforms.Autoencoders.Plain("Reshape", "Features", Options() with
            {
                ReconstructionColumnName = "Gemm_2",
            }))
            .Append(_ml.Transforms.CopyColumns("Copy", "encoder.0.weight"));
        using var model = pipeline.Fit(rows);
        using var converted = new ConvertedModel(_ml, model, rows, ConvertedModel.Newest);
        RequireSame(converted, model, rows, [.. names, "Reshape", "Gemm_2", "Copy"]);
    }

    [Test]
    public void A_loaded_model_is_exported()
    {
        using var folder = new TemporaryFolder();
        IDataView rows = Rows.View(_ml, 40);
        using (AutoencoderTransformer model = Stage.Fit(_ml))
            _ml.Model.Save(model, rows.Schema, folder.File("model.zip"));
        var context = new MLContext();
        ITransformer loaded = context.Model.Load(folder.File("model.zip"), out _);
        using var converted = new ConvertedModel(context, loaded, rows, ConvertedModel.Newest);
        RequireSame(converted, loaded, rows, "Code", "Clean", "Error");
        ((IDisposable)loaded).Dispose();
    }

    [Test]
    public void A_view_of_decoded_rows_is_exported_with_what_follows()
    {
        using AutoencoderTransformer model = Stage.Fit(_ml);
        IDataView rows = Rows.View(_ml, 40);
        IDataView decoded = model.Decode(model.Transform(rows), "Decoded");
        var copy = _ml.Transforms.CopyColumns("Copy", "Decoded").Fit(decoded);
        // ML.NET exports everything from the source of the view on.
        using var converted = new ConvertedModel(_ml, copy, decoded, ConvertedModel.Newest);
        Assert.That(converted.Run(rows, "Copy")["Copy"],
            Near.To(ColumnNumbers.Of(copy.Transform(decoded), "Copy")));
    }

    [TestCase("Code", "Code.output")]
    [TestCase("Label.output", "Clean")]
    public void Names_that_ML_NET_would_take_for_each_other_are_refused(string code, string reconstruction)
    {
        IDataView rows = Rows.View(_ml, 40);
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Plain(code, "Features", Options() with
        {
            ReconstructionColumnName = reconstruction,
        }).Fit(rows);
        Assert.That(() => new ConvertedModel(_ml, model, rows, ConvertedModel.Newest),
            Throws.InvalidOperationException);
        string name = code == "Code" ? "Code" : "Label";
        Assert.That(_warnings.Lines, Has.Member($"Column '{name}.output' would get the values of column '{name}', " +
            "to whose name ML.NET appends '.output'. Choose another name. ML.NET's ConvertToOnnx cannot export a " +
            "model with that stage."));
    }

    [Test]
    public void A_label_that_is_not_known_gives_missing_values()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(LabeledRows.Make(40));
        ITransformer keys = LabeledRows.Keys(_ml);
        using AutoencoderTransformer stage = _ml.Transforms.Autoencoders.Plain("Code", "Features", Options() with
        {
            ConditionColumnName = "Kind",
        }).Fit(keys.Transform(rows));
        using var converted = new ConvertedModel(_ml, keys.Append(stage), rows, ConvertedModel.Oldest);
        LabeledRow[] some = LabeledRows.Make(4);
        (some[1].Kind, some[2].Kind) = ("gray", "unheard of");
        Assert.That(converted.Run(_ml.Data.LoadFromEnumerable(some), "Code")["Code"]
            .Select(code => code.All(float.IsNaN)), Is.EqualTo(new[] { false, true, true, false }));
    }

    [Test]
    public void What_is_made_from_a_column_that_was_not_exported_is_named()
    {
        IDataView rows = Rows.View(_ml, 40);
        // ML.NET does not export bins.
        using var model = _ml.Transforms.NormalizeBinning("Features").Append(Stage.Make(_ml)).Fit(rows);
        Assert.That(() => new ConvertedModel(_ml, model, rows, ConvertedModel.Newest),
            Throws.InvalidOperationException);
        Assert.That(_warnings.Lines, Has.Member("Column 'Features' has not been exported by the stage that writes " +
            "it. Neither can be what is made from it: 'Code', 'Clean', 'Error'."));
    }

    [TestCase(8)]
    [TestCase(13)]
    public void ML_NET_refuses_other_operators(int version)
    {
        using AutoencoderTransformer model = Stage.Fit(_ml);
        Assert.That(() => new ConvertedModel(_ml, model, Rows.View(_ml, 1), version),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains($"OpSet version {version}"));
    }

    [Test]
    public void A_disposed_stage_is_not_exported()
    {
        AutoencoderTransformer model = Stage.Fit(_ml);
        model.Dispose();
        Assert.That(() => new ConvertedModel(_ml, model, Rows.View(_ml, 1), ConvertedModel.Newest),
            Throws.InstanceOf<ObjectDisposedException>());
    }

    private static PlainOptions Options() => new()
    {
        CodeSize = Stage.CodeSize,
        Network = Small.Network,
        Training = Small.Training(),
    };

    private static void RequireSame(ConvertedModel converted, ITransformer model, IDataView rows,
        params string[] columns)
    {
        IDataView expected = model.Transform(rows);
        foreach ((string column, float[][] numbers) in converted.Run(rows, columns))
            Assert.That(numbers, Near.To(ColumnNumbers.Of(expected, column)), column);
    }
}
