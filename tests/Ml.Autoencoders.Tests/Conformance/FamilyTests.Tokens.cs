using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.ManagedScoring;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Conformance;

/// <content>Rows of keys.</content>
internal sealed partial class FamilyTests
{
    private static readonly string[] OfTokens = ["Code", "Clean", "Error", "FeatureErrors", "Hidden"];

    private static readonly (string, object?)[] Filling =
    [
        (nameof(AutoencoderOptions.MissingValues), MissingValueHandling.LeaveOut),
        (nameof(AutoencoderOptions.ImputedColumnName), "Filled"),
    ];

    [Test]
    public void Keys_are_reconstructed_as_keys_with_their_names_and_missing_ones_count_nowhere(
        [Values(0, 1, 2, 3)] int net)
    {
        AutoencoderTransformer model = TokenModel(net);
        uint[][] rows = SmallTokens.WithGaps(SmallTokens.Make(30, seed: 9));
        IDataView scored = model.Transform(SmallTokens.View(_ml, rows));

        DataViewSchema.Column clean = scored.Schema["Clean"];
        Assert.That(clean.Type, Is.EqualTo(new VectorDataViewType(new KeyDataViewType(typeof(uint),
            SmallTokens.Classes), SmallTokens.Steps)));
        VBuffer<ReadOnlyMemory<char>> names = default;
        clean.GetKeyValues(ref names);
        Assert.That(names.DenseValues().Select(name => name.ToString()), Is.EqualTo(SmallTokens.Names));
        uint[][] reconstructed = [.. scored.GetColumn<uint[]>("Clean")];
        Assert.That(reconstructed.SelectMany(row => row), Has.All.InRange(1u, (uint)SmallTokens.Classes));
        float[][] steps = ColumnNumbers.Of(scored, "FeatureErrors");
        float[] errors = [.. scored.GetColumn<float>("Error")];
        for (int i = 0; i < rows.Length; i++)
        {
            Assert.That(rows[i].Zip(steps[i]).Where(step => step.First == 0).Select(step => step.Second), Has.All.Zero);
            Assert.That(errors[i],
                Is.EqualTo(steps[i].Sum() / Math.Max(rows[i].Count(key => key != 0), 1)).Within(1e-5));
        }
        Assert.That(errors[^1], Is.Zero, "nothing of it is there");
        Assert.That(errors.SkipLast(1), Has.All.GreaterThan(0));
        if (net > 0)
            return;
        Assert.That(scored.GetColumn<uint[]>("Filled"),
            Is.EqualTo(rows.Zip(reconstructed, (row, other) => row.Zip(other, (x, y) => x == 0 ? y : x).ToArray())));
    }

    [Test]
    public void Rows_of_keys_give_the_same_without_torch_in_ONNX_and_from_a_file(
        [Values(0, 1, 2, 3)] int net, [Values] bool isConditioned)
    {
        AutoencoderTransformer model = TokenModel(net, isConditioned);
        uint[][] rows = SmallTokens.WithGaps(SmallTokens.Make(70, seed: 9));
        IDataView view = SmallTokens.View(_ml, rows);
        IDataView expected = model.Transform(view);
        using var loaded = (AutoencoderTransformer)SaveAndLoad(model, view.Schema);
        Assert.That(loaded.Tokens.Names, Is.EqualTo(SmallTokens.Names));
        DataViewSchema.Column[] added = [.. expected.Schema.Skip(view.Schema.Count)];
        foreach (DataViewSchema.Column column in added)
        {
            Assert.That(ColumnNumbers.Of(loaded.Transform(view), column.Name),
                Is.EqualTo(ColumnNumbers.Of(expected, column.Name)), column.Name);
        }
        Assert.That(model.Model.Obstacle, Is.Null);
        long[] labels = [.. rows.Select(row => row[0] < 3 ? 0L : 1)];
        using (NewDisposeScope())
        {
            TorchPrediction torch = model.Model.Score(new RowBatch(
                tensor(rows.SelectMany(row => row).Select(key => (float)key).ToArray(),
                    [rows.Length, SmallTokens.Steps]),
                isConditioned ? tensor(labels) : null));
            foreach ((string column, ManagedOutput output) in new[]
            {
                ("Code", ManagedOutput.Code), ("Clean", ManagedOutput.Reconstruction), ("Error", ManagedOutput.Error),
                ("FeatureErrors", ManagedOutput.FeatureErrors), ("Hidden", ManagedOutput.Hidden),
            })
            {
                Assert.That(ColumnNumbers.Of(expected, column).SelectMany(row => row),
                    Is.EqualTo(torch.Of(output).Floats()).Within(1e-4), column);
            }
        }

        using var folder = new TemporaryFolder();
        model.SaveOnnx(folder.File("stage.onnx"));
        using var session = new OnnxSession(folder.File("stage.onnx"));
        Dictionary<string, float[][]> found = session.RunKeys("Tokens", rows, isConditioned ? "Kind" : null,
            [.. labels.Select(label => (uint)label + 1)]);
        foreach (string name in OfTokens)
            Assert.That(found[name], Near.To(ColumnNumbers.Of(expected, name)), name);
    }

    [Test]
    public void ML_NET_exports_a_stage_of_keys([Values(0, 1, 2, 3)] int net) => RequireConverted(TokenModel(net),
        count => SmallTokens.Load(_ml, SmallTokens.WithGaps(SmallTokens.Make(count, seed: 9))));

    [Test]
    public void The_schema_that_is_promised_for_keys_is_the_delivered_one()
    {
        IDataView view = SmallTokens.View(_ml, SmallTokens.Make(40));
        AutoencoderEstimator estimator = MakeOfTokens(Small.Network);
        using AutoencoderTransformer model = estimator.Fit(view);
        Assert.That(Describe(estimator.GetOutputSchema(SchemaShape.Create(view.Schema))),
            Is.EquivalentTo(Describe(SchemaShape.Create(model.Transform(view).Schema))));
    }

    [Test]
    public void A_pipeline_with_keys_is_cross_validated()
    {
        IEstimator<ITransformer> pipeline = MakeOfTokens(Small.Network)
            .Append(_ml.MulticlassClassification.Trainers.SdcaMaximumEntropy("Kind", "Code",
                maximumNumberOfIterations: 5));
        var results = _ml.MulticlassClassification.CrossValidate(SmallTokens.View(_ml, SmallTokens.Make(60)), pipeline,
            numberOfFolds: 3, labelColumnName: "Kind");
        Assert.That(results.Select(fold => fold.Metrics.MacroAccuracy), Has.All.InRange(0.0, 1));
    }

    [Test]
    public void A_column_of_other_keys_is_refused()
    {
        AutoencoderTransformer model = TokenModel(0);
        Assert.That(() => model.Transform(SmallTokens.View(_ml, SmallTokens.Make(3, steps: 4))),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("a vector of 6 keys, as in training"));
        Assert.That(() => model.Transform(SmallTokens.View(_ml, SmallTokens.Make(3), ["do", "re", "mi", "fa", "la"])),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("which differ from value 5 on"));
        Assert.That(
            () => model.Transform(SmallTokens.View(_ml, SmallTokens.Make(3), ["do", "re", "mi", "fa", "so", "la"])),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains(
                "a vector of 6 keys of 5 values, as in training"));
        Assert.That(() => model.Transform(_ml.Data.LoadFromEnumerable(new[] { new NumberTokens() })),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("a vector of 6 keys of 5 values"));
        Assert.That(() => FitFull().Transform(_ml.Transforms.CopyColumns("Features", "Tokens")
                .Fit(SmallTokens.View(_ml, SmallTokens.Make(3, steps: 12)))
                .Transform(SmallTokens.View(_ml, SmallTokens.Make(3, steps: 12)))),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("a vector of Single, as in training"));
    }

    [Test]
    public void A_fit_of_keys_that_ended_goes_on_to_the_same_codes()
    {
        IDataView view = SmallTokens.View(_ml, SmallTokens.Make(60));
        float[][] Codes(TrainingOptions training)
        {
            using AutoencoderTransformer model = MakeOfTokens(Small.Network,
                (nameof(AutoencoderOptions.Training), training)).Fit(view);
            return ColumnNumbers.Of(model.Transform(view), "Code");
        }

        using var folder = new TemporaryFolder();
        TrainingOptions whole = new() { Epochs = 3, BatchSize = 16, Seed = 3, ValidationFraction = 0.2f };
        float[][] expected = Codes(whole);
        TrainingOptions kept = whole with
        {
            Checkpoint = new(folder.Path, everyEpochs: 1, every: TimeSpan.FromTicks(1)),
        };
        Assert.That(() => Codes(kept with
        {
            OnEpoch = epoch => _ = epoch.Epoch == 2 ? throw new TimeoutException() : 0,
        }), Throws.TypeOf<TimeoutException>());
        Assert.That(Codes(kept with { ResumeFrom = folder.Path }), Is.EqualTo(expected));
    }

    /// <summary>A model of keys, with every column.</summary>
    private AutoencoderTransformer TokenModel(int net, bool isConditioned = false)
    {
        string name = $"tokens {net} {isConditioned}";
        if (!_exported.TryGetValue(name, out AutoencoderTransformer? model))
        {
            Network network = net switch
            {
                0 => Small.Network,
                1 => Network.Temporal([4], kernel: 3),
                2 => Network.Recurrent([5]),
                _ => Network.Recurrent([5], feedsBack: true, scheduledSampling: 0.5f, segments: 2),
            };
            _exported.Add(name, model = MakeOfTokens(network,
                (nameof(AutoencoderOptions.ConditionColumnName), isConditioned ? "Kind" : null))
                .Fit(SmallTokens.View(_ml, SmallTokens.WithGaps(SmallTokens.Make(80)))));
        }
        return model;
    }

    private AutoencoderEstimator MakeOfTokens(Network network, params (string, object?)[] changes) =>
        family.MakeFor(_ml, "Code", "Tokens",
        [
            .. EveryColumn(family),
            (nameof(AutoencoderOptions.ReconstructionColumnName), "Clean"),
            (nameof(AutoencoderOptions.ErrorColumnName), "Error"),
            (nameof(AutoencoderOptions.Network), network),
            .. network == Small.Network ? Filling : [],
            .. changes,
        ]);

    private sealed class NumberTokens
    {
        [VectorType(SmallTokens.Steps)]
        public float[] Tokens { get; set; } = new float[SmallTokens.Steps];
    }
}
