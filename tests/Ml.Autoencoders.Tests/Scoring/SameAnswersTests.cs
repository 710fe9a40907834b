using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Kernels;

namespace Ml.Autoencoders.Tests.Scoring;

/// <summary>A row gives the same bits wherever it is asked for: in any view, of a loaded model, on one thread and on
/// two, and alone; but for what torch computes by convolutions alone.</summary>
[TestFixtureSource(nameof(Cases))]
internal sealed class SameAnswersTests(string name)
{
    private const int Side = 8;

    /// <summary>More than two batches on demand, so that others read ahead, and a last batch that is not
    /// whole.</summary>
    private const int Count = 301;

    /// <summary>Of the greatest number of the same column, for a row alone that goes through torch's
    /// convolutions.</summary>
    private const double Bound = 1e-6;

    private readonly MLContext _ml = new(seed: 1);
    private AutoencoderTransformer _model = null!;
    private float[][] _rows = [];
    private IDataView _view = null!;
    private int[][] _expected = [];

    public static IEnumerable<string> Cases =>
    [
        "plain dense", "plain dense, interleaved", "variational dense", "variational dense, log-odds", "ring prior",
            "quantized dense",
        "plain convolutional", "variational convolutional", "variational convolutional, interleaved", "composed",
        "variational convolutional, learned prior",
    ];

    private static Network Convolutional => Network.Convolutional(Side, Side, 3, [6, 20]);

    private int[] Dimensions =>
        name.EndsWith("interleaved", StringComparison.Ordinal) ? [Side, Side, 3] : [3, Side, Side];

    [OneTimeSetUp]
    public void Fit()
    {
        _rows = SmallPictures.Make(Count, Side, Side, 3);
        if (Dimensions[^1] == 3)
            _rows = [.. _rows.Select(row => SmallPictures.Interleaved(row, 3))];
        _view = View(_rows);
        _model = Estimator(_ml.Transforms.Autoencoders).Fit(_ml.Data.TakeRows(_view, 64));
        _expected = Read(_model.Transform(_view));
    }

    [OneTimeTearDown]
    public void Dispose() => _model.Dispose();

    [Test]
    public void Rows_are_told_apart() =>
        Assert.That(_expected.Select(bits => string.Join(' ', bits)).Distinct().Count(), Is.EqualTo(Count));

    [TestCase(1)]
    [TestCase(2)]
    public void From_call_to_call_on_any_number_of_threads(int threads)
    {
        using ThreadLimit? limit = ThreadLimit.Set(threads);
        for (int call = 0; call < 20; call++)
            Assert.That(Read(_model.Transform(_view)), Is.EqualTo(_expected), $"call {call}");
    }

    [TestCase(1)]
    [TestCase(2)]
    public void Alone_in_an_engine(int threads)
    {
        using ThreadLimit? limit = ThreadLimit.Set(threads);
        using PredictionEngine<PictureRow, Said> engine = _ml.Model.CreatePredictionEngine<PictureRow, Said>(_model,
            new PredictionEngineOptions
            {
                InputSchemaDefinition = Definition(),
                IgnoreMissingColumns = true,
                OwnsTransformer = false,
            });
        Said[] alone = [.. _rows.Select(row => engine.Predict(new PictureRow { Pixels = row }))];
        RequireSameAlone([.. alone.Select(said => said.Bits)], _expected, alone[0].Sizes);
    }

    [Test]
    public void Of_a_loaded_model()
    {
        using AutoencoderTransformer loaded = _model.SavedAndLoaded(_ml, _view.Schema);
        Assert.That(Read(loaded.Transform(_view)), Is.EqualTo(_expected));
        Assert.That(loaded.Encode(_rows[5]), Is.EqualTo(_model.Encode(_rows[5])));
    }

    [TestCase(1)]
    [TestCase(3)]
    [TestCase(7)]
    [TestCase(130)]
    public void With_fewer_rows_beside_it(int count)
    {
        RequireSameOfFew(Read(_model.Transform(_ml.Data.TakeRows(_view, count))), _expected[..count]);
        RequireSameOfFew(Read(_model.Transform(_ml.Data.SkipRows(_view, Count - count))), _expected[^count..]);
    }

    [Test]
    public void From_any_number_of_cursors()
    {
        IDataView scored = _model.Transform(_view);
        int[][] codes = Bits.OfVectors(scored, "Code");
        foreach (int cursors in new[] { 2, 3 })
        {
            var found = new Dictionary<ulong, int[]>();
            foreach (DataViewRowCursor cursor in scored.GetRowCursorSet([scored.Schema["Code"]], cursors))
            {
                using (cursor)
                {
                    ValueGetter<VBuffer<float>> getCode = cursor.GetGetter<VBuffer<float>>(scored.Schema["Code"]);
                    ValueGetter<DataViewRowId> getId = cursor.GetIdGetter();
                    VBuffer<float> code = default;
                    DataViewRowId id = default;
                    while (cursor.MoveNext())
                    {
                        getCode(ref code);
                        getId(ref id);
                        found.Add(id.Low, Bits.Of([.. code.DenseValues()]));
                    }
                }
            }
            Assert.That(found.OrderBy(pair => pair.Key).Select(pair => pair.Value), Is.EqualTo(codes));
        }
    }

    [Test]
    public void Of_arrays_in_one_call_in_parts_and_alone()
    {
        int[][] codes = Bits.OfVectors(_model.Transform(_view), "Code");
        int[][] clean = Bits.OfVectors(_model.Transform(_view), "Clean");
        float[][] encoded = _model.Encode(_rows);
        Assert.That(Bits.Of(encoded), Is.EqualTo(codes));
        Assert.That(Bits.Of(_model.Reconstruct(_rows)), Is.EqualTo(clean));
        Assert.That(Bits.Of(_model.Decode(encoded)), Is.EqualTo(clean));
        foreach (int count in new[] { 2, 3, 10, 129 })
        {
            Assert.That(Bits.Of(_model.Encode(_rows[..count])), Is.EqualTo(codes[..count]));
            Assert.That(Bits.Of(_model.Reconstruct(_rows[..count])), Is.EqualTo(clean[..count]));
            Assert.That(Bits.Of(_model.Decode(encoded[..count])), Is.EqualTo(clean[..count]));
        }
        RequireSameAlone(Bits.Of(_rows.Select(row => _model.Reconstruct(row))), clean, clean[0].Length);
    }

    [Test]
    public void Fewer_new_rows_are_the_first_of_more()
    {
        if (_model.Prior is null)
        {
            CodeMixture mixture = _model.FitMixture(_view, components: 3);
            foreach (int count in new[] { 1, 10 })
                Assert.That(Bits.Of(_model.Decode(mixture.Sample(count, 5))),
                    Is.EqualTo(Bits.Of(_model.Decode(mixture.Sample(600, 5)))[..count]));
            Assert.That(Bits.Of(mixture.Sample(1, 5)), Is.EqualTo(Bits.Of(mixture.Sample(600, 5))[..1]));
            return;
        }
        int[][] many = Bits.Of(_model.Sample(600, seed: 5));
        foreach (int count in new[] { 1, 2, 3, 10, 15, 16, 17, 129 })
            Assert.That(Bits.Of(_model.Sample(count, seed: 5)), Is.EqualTo(many[..count]), $"{count} rows");
    }

    [TestCase(1)]
    [TestCase(2)]
    public void Rows_of_codes_alone_and_among_others(int threads)
    {
        using ThreadLimit? limit = ThreadLimit.Set(threads);
        float[][] codes = _model.Encode(_rows);
        int[][] decoded = Bits.Of(_model.Decode(codes));
        Assert.That(Bits.Of(codes[..20].Select(code => _model.Decode(code))), Is.EqualTo(decoded[..20]));
        Assert.That(Bits.Of(_model.Interpolate(codes[3], codes[4], 2)), Is.EqualTo(decoded[3..5]));
        if (_model.Prior == CodePrior.Normal)
            Assert.That(Bits.Of(_model.LatentGrid(1)), Is.EqualTo(Bits.Of(_model.LatentGrid(3))[4..5]), "the middle");
    }

    [TestCase(1)]
    [TestCase(2)]
    public void The_log_likelihood(int threads)
    {
        if (!name.StartsWith("variational", StringComparison.Ordinal))
        {
            Assert.That(() => _model.LogLikelihood(_view, samples: 8, seed: 3), Throws.InvalidOperationException);
            return;
        }
        int[] expected = Bits.Of(_model.LogLikelihood(_view, samples: 8, seed: 3));
        using ThreadLimit? limit = ThreadLimit.Set(threads);
        for (int call = 0; call < 20; call++)
            Assert.That(Bits.Of(_model.LogLikelihood(_view, samples: 8, seed: 3)), Is.EqualTo(expected),
                $"call {call}");
        Assert.That(Bits.Of(_model.LogLikelihood(_ml.Data.SkipRows(_view, Count - 3), samples: 8, seed: 3)),
            Is.EqualTo(expected[^3..]));
    }

    /// <summary>On some processors (Zen 4) torch's convolutions of a few pictures differ from those of many,
    /// too.</summary>
    private void RequireSameOfFew(int[][] few, int[][] expected)
    {
        if (!NeedsTorch)
        {
            Assert.That(few, Is.EqualTo(expected));
            return;
        }
        float[] Numbers(int[] row) => Array.ConvertAll(row, BitConverter.Int32BitsToSingle);
        for (int i = 0; i < expected.Length; i++)
        {
            float[] numbers = Numbers(expected[i]);
            Assert.That(Numbers(few[i]), Is.EqualTo(numbers).Within(Bound * numbers.Max(Math.Abs)), $"row {i}");
        }
    }

    /// <summary>Torch has other convolutions for one picture than for many, which are faster for it: there the last
    /// bits may differ, column by column of the sizes that are given.</summary>
    private void RequireSameAlone(int[][] alone, int[][] expected, params int[] sizes)
    {
        if (!NeedsTorch)
        {
            Assert.That(alone, Is.EqualTo(expected));
            return;
        }
        float[][] Numbers(int[][] rows) =>
            [.. rows.Select(row => Array.ConvertAll(row, BitConverter.Int32BitsToSingle))];
        (float[][] found, float[][] numbers) = (Numbers(alone), Numbers(expected));
        int start = 0;
        foreach (int size in sizes.Where(size => size > 0))
        {
            Range column = start..(start += size);
            float greatest = numbers.Max(row => row[column].Max(Math.Abs));
            Assert.That(found.Select(row => row[column]),
                Is.EqualTo(numbers.Select(row => row[column])).Within(Bound * greatest), $"numbers {column}");
        }
        Assert.That(start, Is.EqualTo(numbers[0].Length));
    }

    /// <summary>Whether draws of codes do.</summary>
    private bool NeedsTorch => name.EndsWith("learned prior", StringComparison.Ordinal);

    private AutoencoderEstimator Estimator(AutoencoderCatalog catalog)
    {
        bool isConvolutional = name.Contains("convolutional", StringComparison.Ordinal);
        Network network = isConvolutional ? Convolutional : Network.Dense([20], Activation.Silu);
        switch (name.Split(' ')[0])
        {
            case "plain" or "composed":
                return catalog.Plain("Code", "Pixels", new()
                {
                    CodeSize = 5,
                    Network = name == "composed" ? Composed : network,
                    Loss = isConvolutional
                        ? ReconstructionLoss.BinaryCrossEntropy : ReconstructionLoss.MeanSquaredError,
                    ReconstructionColumnName = "Clean",
                    ErrorColumnName = "Error",
                    FeatureErrorsColumnName = "Errors",
                    Training = Small.Training(),
                });
            case "ring":
                return catalog.Wasserstein("Code", "Pixels", new()
                {
                    CodeSize = 5,
                    Network = network,
                    Prior = CodePrior.Ring(),
                    ReconstructionColumnName = "Clean",
                    Training = Small.Training(),
                });
            case "quantized":
                return catalog.VectorQuantized("Code", "Pixels", new()
                {
                    CodeSize = 6,
                    VectorSize = 2,
                    CodebookSize = 16,
                    Network = network,
                    ReconstructionColumnName = "Clean",
                    ErrorColumnName = "Error",
                    Training = Small.Training(),
                });
            default:
                return catalog.Variational("Code", "Pixels", new()
                {
                    CodeSize = 5,
                    Network = network,
                    Loss = name.EndsWith("log-odds", StringComparison.Ordinal)
                        ? ReconstructionLoss.BinaryCrossEntropy : ReconstructionLoss.MeanSquaredError,
                    Prior = NeedsTorch ? CodePrior.Vamp(3) : CodePrior.Normal,
                    Scaling = name == "variational dense" ? InputScaling.Standardize : InputScaling.None,
                    ReconstructionColumnName = "Clean",
                    ErrorColumnName = "Error",
                    FeatureErrorsColumnName = "Errors",
                    LogVarianceColumnName = "Spread",
                    SampleColumnName = "Draw",
                    EvidenceLowerBoundColumnName = "Bound",
                    Training = Small.Training(),
                });
        }
    }

    /// <summary>Convolutions of stride 1, normalization, and activations that torch computes in another way after its
    /// last whole vectors.</summary>
    private static Network Composed => Network.Compose(layers => layers
        .Reshape(3, Side, Side).Convolution(7, stride: 1).BatchNorm().Activation(Activation.Elu)
        .Convolution(18).Activation(Activation.Silu).Flatten().Linear(11).Activation(Activation.Sigmoid));

    private int[][] Read(IDataView scored) =>
        [.. _ml.Data.CreateEnumerable<Said>(scored, reuseRowObject: false, ignoreMissingColumns: true)
            .Select(said => said.Bits)];

    private IDataView View(float[][] rows) => SmallPictures.View(_ml, rows, Dimensions);

    private SchemaDefinition Definition()
    {
        var definition = SchemaDefinition.Create(typeof(PictureRow));
        definition[nameof(PictureRow.Pixels)]
            .ColumnType = new VectorDataViewType(NumberDataViewType.Single, Dimensions);
        return definition;
    }

    /// <summary>Whatever a stage says of a row.</summary>
    private sealed class Said
    {
        public float[] Code { get; set; } = [];

        public float[] Clean { get; set; } = [];

        public float Error { get; set; }

        public float[] Errors { get; set; } = [];

        public float[] Spread { get; set; } = [];

        public float[] Draw { get; set; } = [];

        public float Bound { get; set; }

        [NoColumn]
        public int[] Sizes => [Code.Length, Clean.Length, 1, Errors.Length, Spread.Length, Draw.Length, 1];

        [NoColumn]
        public int[] Bits => Tests.Bits.Of([.. Code, .. Clean, Error, .. Errors, .. Spread, .. Draw, Bound]);
    }
}
