using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Families;

internal sealed class VectorQuantizedTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Test]
    public void Training_uses_the_codebook_and_reconstructs()
    {
        IDataView rows = Rows.View(_ml, 400);
        using AutoencoderTransformer model = Make(new()
        {
            CodeSize = 4,
            CodebookSize = 32,
            Network = Network.Dense(32),
            Scaling = InputScaling.Standardize,
            Training = new()
            {
                Epochs = 30,
                BatchSize = 32,
                LearningRate = 5e-3f,
                Seed = 7,
                Schedule = LearningRateSchedule.Cosine(),
            },
            ErrorColumnName = "Error",
            CodeIndicesColumnName = "Indices",
        }).Fit(rows);
        IDataView scored = model.Transform(rows);

        int used = scored.GetColumn<uint[]>("Indices").SelectMany(indices => indices).Distinct().Count();
        double error = scored.GetColumn<float>("Error").Average();
        Assert.Multiple(() =>
        {
            Assert.That(used, Is.GreaterThan(16));
            Assert.That(error, Is.LessThan(0.1), "always giving the mean row would miss standardized rows by 1");
            Assert.That(model.History[^1].Training.Terms.Keys,
                Is.EqualTo(new[] { "reconstruction", "commitment", "perplexity" }));
            Assert.That(model.History[^1].Training.Terms["perplexity"], Is.InRange(8, 32));
        });
    }

    [Test]
    public void Equal_indices_are_equal_parts_of_codes_also_when_loaded()
    {
        IDataView rows = Rows.View(_ml, 60);
        using AutoencoderTransformer model = Fit(rows);
        using var stream = new MemoryStream();
        _ml.Model.Save(model, rows.Schema, stream);
        stream.Position = 0;
        using var loaded = (AutoencoderTransformer)_ml.Model.Load(stream, out _);

        uint[][] indices = [.. model.Transform(rows).GetColumn<uint[]>("Indices")];
        float[][] codes = [.. model.Transform(rows).GetColumn<float[]>("Code")];

        Assert.Multiple(() =>
        {
            var parts = indices.Zip(codes)
                .SelectMany(row => row.First.Zip(row.Second.Chunk(2),
                    (index, part) => (index, part: (part[0], part[1]))));
            Assert.That(parts.GroupBy(pair => pair.index)
                .Select(group => group.Select(pair => pair.part).Distinct().Count()), Has.All.EqualTo(1));
            Assert.That(indices.SelectMany(row => row), Has.All.InRange(1u, 8u));
            Assert.That(loaded.Transform(rows).GetColumn<uint[]>("Indices"), Is.EqualTo(indices));
        });
    }

    [Test]
    public void Indices_are_keys_as_promised()
    {
        IDataView rows = Rows.View(_ml, 40);
        AutoencoderEstimator estimator = Make(Options());
        using AutoencoderTransformer model = estimator.Fit(rows);

        SchemaShape.Column promised = estimator.GetOutputSchema(SchemaShape.Create(rows.Schema))
            .Single(column => column.Name == "Indices");
        SchemaShape.Column delivered = SchemaShape.Create(model.GetOutputSchema(rows.Schema))
            .Single(column => column.Name == "Indices");

        Assert.Multiple(() =>
        {
            Assert.That(model.GetOutputSchema(rows.Schema)["Indices"].Type,
                Is.EqualTo(new VectorDataViewType(new KeyDataViewType(typeof(uint), 8), 3)));
            Assert.That((promised.Kind, promised.ItemType, promised.IsKey),
                Is.EqualTo((SchemaShape.Column.VectorKind.Vector, (DataViewType)NumberDataViewType.UInt32, true)));
            Assert.That((delivered.Kind, delivered.ItemType, delivered.IsKey, delivered.Annotations.Count),
                Is.EqualTo((promised.Kind, promised.ItemType, promised.IsKey, promised.Annotations.Count)));
        });
    }

    [Test]
    public void Indices_become_one_hot()
    {
        IDataView rows = Rows.View(_ml, 40);
        using TransformerChain<Microsoft.ML.Transforms.KeyToVectorMappingTransformer> chain =
            Make(Options()).Append(_ml.Transforms.Conversion.MapKeyToVector("OneHot", "Indices")).Fit(rows);
        IDataView scored = chain.Transform(rows);

        IEnumerable<uint[]> indices = scored.GetColumn<uint[]>("Indices");
        IEnumerable<float[]> oneHot = scored.GetColumn<float[]>("OneHot");

        Assert.That(oneHot,
            Is.EqualTo(indices.Select(row =>
                row.SelectMany(key => Enumerable.Range(1, 8).Select(k => k == key ? 1f : 0)))));
    }

    [Test]
    public void A_row_with_a_missing_value_has_missing_indices()
    {
        using AutoencoderTransformer model = Fit(Rows.View(_ml, 40));
        Row[] rows = Rows.Make(5, seed: 9);
        rows[2].Features[4] = float.NaN;

        uint[][] indices = [.. model.Transform(_ml.Data.LoadFromEnumerable(rows)).GetColumn<uint[]>("Indices")];

        Assert.That(indices.Select(row => row.All(key => key == 0)),
            Is.EqualTo(new[] { false, false, true, false, false }));
    }

    [Test]
    public void A_prediction_engine_gives_the_indices()
    {
        using AutoencoderTransformer model = Fit(Rows.View(_ml, 40));
        Row row = Rows.Make(1, seed: 9)[0];
        PredictionEngine<Row, Indexed> engine = _ml.Model.CreatePredictionEngine<Row, Indexed>(model,
            new PredictionEngineOptions { OwnsTransformer = false });

        uint[] expected = model.Transform(_ml.Data.LoadFromEnumerable([row])).GetColumn<uint[]>("Indices").Single();

        Assert.That(engine.Predict(row).Indices, Is.EqualTo(expected).And.Length.EqualTo(3));
    }

    [TestCase(1, 1)]
    [TestCase(2, 1)]
    [TestCase(3, 1)]
    [TestCase(4, 2)]
    [TestCase(6, 3)]
    [TestCase(7, 1)]
    [TestCase(8, 4)]
    [TestCase(10, 2)]
    [TestCase(32, 4)]
    public void Unless_it_is_told_a_vector_has_up_to_4_numbers_and_a_code_at_least_2_vectors(int codeSize,
        int vectorSize)
    {
        using AutoencoderTransformer model = Make(new()
        {
            CodeSize = codeSize,
            CodebookSize = 4,
            Network = Network.Dense(),
            Training = new() { Epochs = 1 },
            CodeIndicesColumnName = "Indices",
        }).Fit(Rows.View(_ml, 10));

        Assert.That(model.GetOutputSchema(Rows.View(_ml, 1).Schema)["Indices"].Type.GetVectorSize(),
            Is.EqualTo(codeSize / vectorSize));
    }

    [Test]
    public void Options_out_of_their_range_are_refused()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => Make(new() { VectorSize = 5 }), Throws.InstanceOf<ArgumentException>().With.Message
                .EqualTo(
                    "VectorQuantizedOptions: VectorSize is 5; it must divide CodeSize, which is 32. (Parameter " +
                    "'VectorSize')"));
            Refused(new() { VectorSize = 0 }, "VectorSize is 0; it must be at least 1. (Parameter 'VectorSize')");
            Refused(new() { CodebookSize = 1 }, "CodebookSize is 1; it must be at least 2. (Parameter 'CodebookSize')");
            Refused(new() { CodebookSize = (1 << 16) + 1 },
                "CodebookSize is 65537; it must be at most 65536. (Parameter 'CodebookSize')");
            Refused(new() { CommitmentWeight = -1 },
                "CommitmentWeight is -1; it must be at least 0. (Parameter 'CommitmentWeight')");
            Refused(new() { Decay = 1 }, "Decay is 1; it must be at least 0 and below 1. (Parameter 'Decay')");
            Assert.That(() => Make(new() { CodeIndicesColumnName = "Code" }), Throws.ArgumentException.With.Message
                .EqualTo(
                    "VectorQuantizedOptions: CodeIndicesColumnName is 'Code', as another output column is; each " +
                    "needs its own name."));
            Assert.That(() => Make(null!), Throws.ArgumentNullException);
        });
    }

    private void Refused(VectorQuantizedOptions options, string message) =>
        Assert.That(() => Make(options),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo($"VectorQuantizedOptions: {message}"));

    private AutoencoderEstimator Make(VectorQuantizedOptions options) =>
        _ml.Transforms.Autoencoders.VectorQuantized("Code", "Features", options);

    private AutoencoderTransformer Fit(IDataView rows) => Make(Options()).Fit(rows);

    /// <summary>Codes of three vectors of two numbers, from a codebook of eight.</summary>
    private static VectorQuantizedOptions Options() => new()
    {
        CodeSize = 6,
        VectorSize = 2,
        CodebookSize = 8,
        Network = Small.Network,
        Training = Small.Training(),
        CodeIndicesColumnName = "Indices",
    };

    private sealed class Indexed
    {
        public uint[] Indices { get; set; } = [];
    }
}
