using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Conformance;

/// <content>The same computation in ONNX Runtime, alone and as a stage of ML.NET's.</content>
internal sealed partial class FamilyTests
{
    private static readonly Network[] ExportedNetworks =
    [
        Network.Dense([8], Activation.Gelu, batchNorm: true),
        Network.Convolutional(3, 4, 1, [4, 6], Activation.LeakyRelu, batchNorm: true),
        Network.Compose(layers => layers.Linear(16).LayerNorm().Silu().Reshape(2, 2, 4).Convolution(3, stride: 1).Elu()
            .Dropout(0.1f)),
        Network.Temporal([4, 6], kernel: 3, Activation.Silu, batchNorm: true),
        Network.Compose(layers => layers.Sequence(4, 3).PerStep(step => step.Linear(5).LayerNorm().Gelu())
            .Residual(inner => inner.Convolution(5, 3, 1, 1).Tanh()).Linear(3, lastAxis: true)),
        Network.Recurrent([4, 5], bidirectional: true),
        Network.Temporal([4, 6], kernel: 3, Activation.Elu, batchNorm: true, dilated: true),
        Network.Recurrent([4, 5], RecurrentCell.Gru, feedsBack: true, droppedInputs: 0.25f),
        Network.Recurrent([4], feedsBack: true, segments: 2),
    ];

    /// <summary>What several tests export, fitted once.</summary>
    private readonly Dictionary<string, AutoencoderTransformer> _exported = new(StringComparer.Ordinal);

    [OneTimeTearDown]
    public void DisposeExported()
    {
        foreach (AutoencoderTransformer model in _exported.Values)
            model.Dispose();
    }

    [Test]
    public void An_exported_stage_gives_what_the_transformer_gives([Values(0, 1, 2, 3, 4, 5, 6, 7, 8)] int network,
        [Values] ReconstructionLoss loss, [Values(1, 7, 1000)] int count)
    {
        AutoencoderTransformer model = Exported(network, loss);
        using var folder = new TemporaryFolder();
        Row[] rows = Rows.Make(count, seed: 9);
        rows[count / 2].Features[4] = count > 1 ? float.NaN : 0.5f;
        model.SaveOnnx(folder.File("stage.onnx"));
        using var session = new OnnxSession(folder.File("stage.onnx"));
        RequireSame(session.Run("Features", [.. rows.Select(row => row.Features)]),
            model.Transform(_ml.Data.LoadFromEnumerable(rows)));
    }

    [Test]
    public void Exported_parts_give_codes_and_rows([Values(0, 1, 2, 3, 4, 5, 6, 7, 8)] int network,
        [Values] ReconstructionLoss loss)
    {
        AutoencoderTransformer model = Exported(network, loss);
        using var folder = new TemporaryFolder();
        float[][] rows = [.. Rows.Make(7, seed: 9).Select(row => row.Features)];
        model.SaveOnnx(folder.File("encoder.onnx"), OnnxPart.Encoder);
        model.SaveOnnx(folder.File("decoder.onnx"), OnnxPart.Decoder);
        using var encoder = new OnnxSession(folder.File("encoder.onnx"));
        using var decoder = new OnnxSession(folder.File("decoder.onnx"));
        Assert.That(encoder.Run("Features", rows)["Code"], Near.To(model.Encode(rows)));

        float[][] codes = model.Encode(rows);
        codes[3][1] = float.NaN;
        float[][] found = decoder.Run("Code", codes)["Clean"];
        Assert.That(found[3], Has.All.NaN);
        codes[3][1] = 0;
        found[3] = decoder.Run("Code", codes)["Clean"][3];
        Assert.That(found, Near.To(model.Decode(codes)));
    }

    [Test]
    public void An_exported_stage_is_told_labels([Values(0, 1, 3, 4, 5, 6, 7, 8)] int network)
    {
        AutoencoderTransformer model = ExportedWithLabels(network);
        using var folder = new TemporaryFolder();
        LabeledRow[] rows = LabeledRows.Make(7, seed: 9);
        float[][] features = [.. rows.Select(row => row.Features)];
        uint[] keys = [.. rows.Select(row => row.Kind == "bright" ? 1u : 2)];
        model.SaveOnnx(folder.File("stage.onnx"));
        using var session = new OnnxSession(folder.File("stage.onnx"));
        RequireSame(session.Run("Features", features, "Kind", keys), model.Transform(LabeledRows.View(_ml, rows)));
        Assert.That(session.Inputs, Is.EqualTo(new[] { "Features Single[12]", "Kind UInt32[1]" }));
        Assert.That(session.Metadata["labels"], Does.Contain("bright").And.Contain("gray"));
        // Missing, one that no training row had, and one that there is not.
        float[][] unknown = session.Run("Features", features, "Kind", [0, 3, 4, .. keys[3..]])["Clean"];
        Assert.That(unknown.Select(row => row.All(float.IsNaN)),
            Is.EqualTo(new[] { true, true, true, false, false, false, false }));

        model.SaveOnnx(folder.File("decoder.onnx"), OnnxPart.Decoder);
        using var decoder = new OnnxSession(folder.File("decoder.onnx"));
        Assert.That(decoder.Run("Code", model.Encode(features, "dark"), "Kind", [.. features.Select(_ => 2u)])["Clean"],
            Near.To(model.Reconstruct(features, "dark")));
    }

    [Test]
    public void Every_file_is_valid_ONNX()
    {
        using var folder = new TemporaryFolder();
        AutoencoderTransformer[] models =
        [
            .. Enumerable.Range(0, ExportedNetworks.Length)
                .SelectMany(network => Enum.GetValues<ReconstructionLoss>().Select(loss => Exported(network, loss))),
            ExportedWithLabels(0),
            ExportedWithLabels(1),
            ExportedWithLabels(3),
            ExportedWithLabels(4),
            ExportedWithLabels(5),
            ExportedWithLabels(6),
            ExportedWithLabels(7),
        ];
        for (int i = 0; i < models.Length; i++)
        {
            foreach (OnnxPart part in Enum.GetValues<OnnxPart>())
                models[i].SaveOnnx(folder.File($"{i} {part}.onnx"), part);
        }
        OnnxChecker.RequireValid(Directory.GetFiles(folder.Path));
    }

    [Test]
    public void An_exported_stage_gives_a_target([Values] InputScaling scaling)
    {
        using AutoencoderTransformer model = MakePaired((nameof(AutoencoderOptions.Scaling), scaling))
            .Fit(Paired.View(_ml, 40));
        using var folder = new TemporaryFolder();
        Row[] rows = Rows.Make(7, seed: 9);
        model.SaveOnnx(folder.File("stage.onnx"));
        using var session = new OnnxSession(folder.File("stage.onnx"));
        RequireSame(session.Run("Features", [.. rows.Select(row => row.Features)]),
            model.Transform(_ml.Data.LoadFromEnumerable(rows)));
        Assert.That(session.Outputs, Has.Member("Clean Single[5]"));
    }

    [Test]
    public void ML_NET_applies_an_exported_stage()
    {
        AutoencoderTransformer model = Exported(0, ReconstructionLoss.MeanSquaredError);
        using var folder = new TemporaryFolder();
        IDataView rows = Rows.View(_ml, 30, seed: 9);
        IDataView expected = model.Transform(rows);
        model.SaveOnnx(folder.File("stage.onnx"));
        string[] outputs = [.. expected.Schema.Select(column => column.Name)
            .Except(rows.Schema.Select(column => column.Name))];
        using var applied = _ml.Transforms.ApplyOnnxModel(outputs, ["Features"], folder.File("stage.onnx")).Fit(rows);
        IDataView found = applied.Transform(rows);
        foreach (string column in outputs)
            Assert.That(ColumnNumbers.Of(found, column), Near.To(ColumnNumbers.Of(expected, column)), column);
    }

    [Test]
    public void ML_NET_hands_an_exported_stage_its_keys()
    {
        AutoencoderTransformer model = ExportedWithLabels(0);
        using var folder = new TemporaryFolder();
        IDataView rows = LabeledRows.View(_ml, 30, seed: 9);
        model.SaveOnnx(folder.File("stage.onnx"));
        using var applied = _ml.Transforms.ApplyOnnxModel(["Error"], ["Features", "Kind"],
            folder.File("stage.onnx")).Fit(rows);
        Assert.That(ColumnNumbers.Of(applied.Transform(rows), "Error"),
            Near.To(ColumnNumbers.Of(model.Transform(rows), "Error")));
    }

    /// <summary>Names for all columns that the family can write and that no chance is in.</summary>
    internal static (string, object?)[] EveryColumn(Family family) => [.. family.Options
        .Where(option => option.EndsWith("ColumnName", StringComparison.Ordinal)
            && option is not (nameof(AutoencoderOptions.ConditionColumnName)
                or nameof(AutoencoderOptions.TargetColumnName) or nameof(AutoencoderOptions.ImputedColumnName)
                or nameof(AutoencoderOptions.ReconstructionColumnName) or nameof(GaussianCodeOptions.SampleColumnName)
                or nameof(GaussianCodeOptions.EvidenceLowerBoundColumnName)))
        .Select(option => (option, (object?)option.Replace("ColumnName", "", StringComparison.Ordinal)))];

    private AutoencoderTransformer Exported(int network, ReconstructionLoss loss) =>
        Once($"{network} {loss}", () => FitFull([.. EveryColumn(family),
        .. Described(network),
        (nameof(AutoencoderOptions.Loss), loss),
        (nameof(AutoencoderOptions.Scaling),
            loss == ReconstructionLoss.BinaryCrossEntropy ? InputScaling.MinMax : InputScaling.Standardize)]));

    private AutoencoderTransformer ExportedWithLabels(int network) =>
        Once($"{network} with labels", () => family.MakeFull(_ml,
        [.. EveryColumn(family), (Condition, "Kind"), .. Described(network)])
            .Fit(LabeledRows.View(_ml, 40)));

    /// <summary>A network, with the sequences that it takes where it needs to know.</summary>
    private static (string, object?)[] Described(int network) =>
    [
        (nameof(AutoencoderOptions.Network), ExportedNetworks[network]),
        (nameof(AutoencoderOptions.Sequence),
            ExportedNetworks[network].TakesSequences ? new SequenceFormat(6, 2) : null),
    ];

    private AutoencoderTransformer Once(string name, Func<AutoencoderTransformer> fit)
    {
        if (!_exported.TryGetValue(name, out AutoencoderTransformer? model))
            _exported.Add(name, model = fit());
        return model;
    }

    private static void RequireSame(Dictionary<string, float[][]> found, IDataView expected)
    {
        Assert.That(found, Has.Count.GreaterThanOrEqualTo(2));
        bool[] chosen = [.. found.First().Value.Select(_ => true)];
        // Between two words of a codebook that are equally near, rounding chooses.
        if (found.TryGetValue("CodeIndices", out float[][]? indices))
            chosen = [.. indices.Zip(ColumnNumbers.Of(expected, "CodeIndices"), Enumerable.SequenceEqual)];
        // Of rows of keys there are so few that each stands more than once in a hundred.
        Assert.That(chosen.Count(isSame => isSame), Is.GreaterThanOrEqualTo(0.98 * chosen.Length));
        foreach ((string column, float[][] numbers) in found)
            Assert.That(Chosen(numbers), Near.To(Chosen(ColumnNumbers.Of(expected, column))), column);

        float[][] Chosen(float[][] rows) => [.. rows.Where((_, i) => chosen[i])];
    }
}
