using Microsoft.ML;
using Microsoft.ML.Data;
using NUnit.Framework.Constraints;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>Small pictures in, large ones out: trained on large ones that are made small.</summary>
internal sealed class EnlargingTests
{
    private const int Side = 8;

    private readonly MLContext _ml = new(seed: 1);
    private readonly float[][] _large = SmallPictures.Make(40, Side, Side);
    private AutoencoderTransformer _model = null!;

    [OneTimeSetUp]
    public void Fit() => _model = Make().Fit(Large());

    [OneTimeTearDown]
    public void Dispose() => _model.Dispose();

    [Test]
    public void Sizes_are_those_of_small_and_large_pictures()
    {
        Assert.That((_model.InputSize, _model.OutputSize, _model.CodeSize), Is.EqualTo((16, 64, 4)));
        Assert.That(_model.Transform(Large()).Schema["Clean"].Type,
            Is.EqualTo(new VectorDataViewType(NumberDataViewType.Single, 1, 8, 8)));
        Assert.That(_model.Transform(SmallOnes()).Schema["Clean"].Type,
            Is.EqualTo(new VectorDataViewType(NumberDataViewType.Single, 1, 8, 8)));
        Assert.That(Clean(Make().GetOutputSchema(SchemaShape.Create(Large().Schema))),
            Is.EqualTo(Clean(SchemaShape.Create(_model.Transform(Large()).Schema))));

        static (SchemaShape.Column.VectorKind Kind, DataViewType Type, bool HasNames) Clean(SchemaShape schema)
        {
            SchemaShape.Column column = schema.Single(column => column.Name == "Clean");
            return (column.Kind, column.ItemType, column.HasSlotNames());
        }
    }

    [Test]
    public void Large_pictures_are_made_small_first_and_give_the_same()
    {
        foreach (string column in new[] { "Code", "Clean" })
            Assert.That(Numbers(_model.Transform(Large()), column),
                Is.EqualTo(Numbers(_model.Transform(SmallOnes()), column)).Within(1e-5));
        Assert.That(Numbers(_model.Reconstruct(Large()), "Reconstruction"),
            Is.EqualTo(Numbers(_model.Transform(Large()), "Clean")));
        Assert.That(Numbers(_model.Encode(SmallOnes()), "Code"),
            Is.EqualTo(Numbers(_model.Transform(SmallOnes()), "Code")));
    }

    [Test]
    public void Enlarged_pictures_are_like_the_large_ones()
    {
        using AutoencoderTransformer model = Make(Network.Dense(12), Small.Training(epochs: 60)).Fit(Large());
        float[][] found = model.Reconstruct([.. _large.Select(Reduced)]);
        float[] mean = [.. Enumerable.Range(0, Side * Side).Select(i => _large.Average(picture => picture[i]))];
        Assert.That(Miss(i => found[i]), Is.LessThan(0.2 * Miss(_ => mean)));

        double Miss(Func<int, float[]> of) =>
            _large.Select((picture, i) => picture.Zip(of(i), (x, y) => (x - y) * (x - y)).Average()).Average();
    }

    [Test]
    public void Arrays_may_have_either_length()
    {
        float[] small = Reduced(_large[3]);
        Assert.That(_model.Encode(_large[3]), Is.EqualTo(_model.Encode(small)).Within(1e-5));
        Assert.That(_model.Reconstruct(small),
            Has.Length.EqualTo(64).And.EqualTo(_model.Reconstruct(_large[3])).Within(1e-5));
        Assert.That(_model.Decode(_model.Encode(small)), Has.Length.EqualTo(64));
        Assert.That(() => _model.Encode(new float[63]),
            Throws.ArgumentException.With.Message.EqualTo("Row 0 has 63 numbers; it needs 16. (Parameter 'rows')"));
        Assert.That(() => _model.Encode([_large[0], small]),
            Throws.ArgumentException.With.Message.EqualTo("Row 1 has 16 numbers; it needs 64. (Parameter 'rows')"));
    }

    [Test]
    public void Columns_of_other_sizes_and_other_pictures_of_these_are_refused()
    {
        Assert.That(() => _model.Transform(SmallPictures.View(_ml, [new float[63]], 63)), Refused(
            "Schema mismatch for input column 'Pixels': expected a vector of 16 or 64 Single, as in training, got " +
            "one of 63 (Parameter 'inputSchema')"));
        Assert.That(() => _model.Transform(SmallPictures.View(_ml, [new float[16]], 1, 2, 8)), Refused(
            "Schema mismatch for image column 'Pixels': expected pictures of 1 x 4 x 4 (planar: channels x height x " +
            "width), got Vector<Single, 1, 2, 8> (Parameter 'inputSchema')"));
        Assert.That(() => _model.Transform(SmallPictures.View(_ml, [new float[64]], 1, 4, 16)), Refused(
            "Schema mismatch for image column 'Pixels': expected pictures of 1 x 8 x 8 (planar: channels x height x " +
            "width), got Vector<Single, 1, 4, 16> (Parameter 'inputSchema')"));
        Assert.That(Numbers(_model.Transform(SmallPictures.View(_ml, [Reduced(_large[0])], 16)), "Code"),
            Is.EqualTo(_model.Encode(Reduced(_large[0]))).Within(1e-5));
    }

    [Test]
    public void A_prediction_engine_enlarges_small_pictures()
    {
        float[] small = Reduced(_large[5]);
        var definition = SchemaDefinition.Create(typeof(PictureRow));
        definition[nameof(PictureRow.Pixels)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 1, 4, 4);
        PredictionEngine<PictureRow, Enlarged> engine = _ml.Model.CreatePredictionEngine<PictureRow, Enlarged>(_model,
            new PredictionEngineOptions { InputSchemaDefinition = definition, OwnsTransformer = false });
        Assert.That(engine.Predict(new PictureRow { Pixels = small }).Clean,
            Is.EqualTo(_model.Reconstruct(small)).Within(1e-5));
        engine.Dispose();
    }

    [Test]
    public void A_loaded_model_takes_both_sizes_and_gives_the_same_bits()
    {
        using AutoencoderTransformer loaded = _model.SavedAndLoaded(_ml, Large().Schema);
        foreach (IDataView pictures in new[] { Large(), SmallOnes() })
        {
            foreach (string column in new[] { "Code", "Clean" })
                Assert.That(Bits.OfVectors(loaded.Transform(pictures), column),
                    Is.EqualTo(Bits.OfVectors(_model.Transform(pictures), column)));
        }
        Assert.That(ModelZip.Save(_ml, loaded, Large().Schema),
            Has.Length.EqualTo(ModelZip.Save(_ml, _model, Large().Schema).Length));
    }

    [Test]
    public void The_same_seed_gives_the_same_bits()
    {
        using AutoencoderTransformer again = Make().Fit(Large());
        Assert.That(Bits.OfVectors(again.Transform(SmallOnes()), "Clean"),
            Is.EqualTo(Bits.OfVectors(_model.Transform(SmallOnes()), "Clean")));
    }

    [TestCase(9, 15, 3, 3, true)]
    [TestCase(6, 10, 3, 2, false)]
    [TestCase(14, 6, 1, 2, true)]
    public void Colors_odd_sizes_and_other_factors_go_through_convolutions(int height, int width, int channels,
        int factor, bool isInterleaved)
    {
        float[][] large = SmallPictures.Make(20, height, width, channels);
        float[][] small = [.. large.Select(picture => SmallPictures.Reduced(picture, height, width, factor))];
        int[] Dimensions(int down) =>
            isInterleaved ? [height / down, width / down, channels] : [channels, height / down, width / down];
        IDataView View(float[][] pictures, int down) =>
            SmallPictures.View(_ml, isInterleaved
                ? [.. pictures.Select(picture => SmallPictures.Interleaved(picture, channels))] : pictures,
                Dimensions(down));
        using AutoencoderTransformer model =
            Make(Network.Convolutional(height / factor, width / factor, channels, [4, 5], batchNorm: true),
            corruption: Corruption.Downscale(factor).Then(Corruption.Gaussian(0.1f))).Fit(View(large, 1));

        Assert.That(Numbers(model.Transform(View(small, factor)), "Clean"),
            Is.EqualTo(Numbers(model.Transform(View(large, 1)), "Clean")).Within(1e-4));
        Assert.That(model.Transform(View(small, factor)).Schema["Clean"].Type,
            Is.EqualTo(new VectorDataViewType(NumberDataViewType.Single, Dimensions(1))));
        Assert.That((model.InputSize, model.OutputSize), Is.EqualTo((small[0].Length, large[0].Length)));
    }

    [Test]
    public void A_column_of_large_pictures_may_be_enlarged_to_as_well()
    {
        IDataView pairs =
            _ml.Data.LoadFromEnumerable(_large.Select(picture => new Pair
            {
                Small = Reduced(picture),
                Large = picture,
            }));
        AutoencoderEstimator Pairs(Network network, string input = "Small", string target = "Large") =>
            _ml.Transforms.Autoencoders.Plain("Code", input, new()
            {
                CodeSize = 4,
                Network = network,
                TargetColumnName = target,
                ReconstructionColumnName = "Clean",
                Training = Small.Training(),
            });
        using AutoencoderTransformer model = Pairs(Network.Convolutional(4, 4, 1, [4])).Fit(pairs);
        Assert.That(model.Transform(pairs).Schema["Clean"].Type, Is.EqualTo(pairs.Schema["Large"].Type));
        float[] seen = [.. _large.SelectMany(picture => picture)];
        Assert.That(Numbers(model.Transform(pairs), "Clean"), Has.All.InRange(seen.Min(), seen.Max()));
        // 64 numbers either way; an enlarged picture is no pile of four.
        Assert.That(() => Pairs(Network.Convolutional(4, 4, 1, [4]), target: "Long").Fit(pairs),
            Throws.InvalidOperationException.With.Message.EqualTo(
            "The network does not fit column 'Small', a vector of 16: it gives pictures of 1 x 8 x 8 (channels x " +
            "height x width), and those to reconstruct are 1 x 2 x 32."));
        Assert.That(() => Pairs(Network.Convolutional(8, 8, 1, [4]), "Large", "Small").Fit(pairs),
            Throws.InvalidOperationException.With.Message.EqualTo(
            "The network does not fit column 'Large', a vector of 64: Network.Convolutional of 1 x 8 x 8 gives " +
            "pictures of that size or of a whole multiple of it, and 16 numbers per row are neither. Network.Compose " +
            "with a custom decoder, or Network.Dense, gives any."));
        using AutoencoderTransformer smaller = Pairs(Network.Dense(6), "Large", "Small").Fit(pairs);
        Assert.That(smaller.OutputSize, Is.EqualTo(16));
    }

    [Test]
    public void Pictures_that_are_no_multiple_of_the_factor_are_refused() =>
        Assert.That(() => Make(corruption: Corruption.Downscale(3)).Fit(Large()),
            Throws.InvalidOperationException.With.Message.EqualTo(
            "The corruption does not fit column 'Pixels', a vector of 64: Corruption.Downscale has factor 3, and " +
            "pictures of 8 x 8 pixels are not a whole multiple of it."));

    [Test]
    public void A_network_for_the_large_pictures_is_refused() =>
        Assert.That(() => Make(Network.Convolutional(8, 8)).Fit(Large()),
            Throws.InvalidOperationException.With.Message.EqualTo(
            "The network does not fit column 'Pixels', a vector of 64: it takes pictures of 1 x 8 x 8 (channels x " +
            "height x width), and gets those of 1 x 4 x 4."));

    [Test]
    public void What_compares_slots_of_two_sizes_is_refused()
    {
        const string Sizes =
            "and compares a row with its reconstruction; with Corruption.Downscale the two are of different sizes.";
        RequireArgument(new() { Corruption = Corruption.Downscale(2), ErrorColumnName = "Error" },
            $"DenoisingOptions: ErrorColumnName is 'Error', {Sizes}");
        RequireArgument(new()
        {
            Corruption = Corruption.Gaussian(1).Then(Corruption.Downscale(2)),
            FeatureErrorsColumnName = "Errors",
        },
            $"DenoisingOptions: FeatureErrorsColumnName is 'Errors', {Sizes}");
        RequireArgument(new() { Corruption = Corruption.Downscale(2), Scaling = InputScaling.MinMax },
            "DenoisingOptions: Scaling is MinMax, which gives each slot its own scale, and Corruption.Downscale " +
            "makes one pixel of several. Scale all pixels alike before, for example with scaleImage in ExtractPixels.");
        Assert.That(() => _ml.Transforms.Autoencoders.Variational("Code", "Pixels",
            new() { Corruption = Corruption.Downscale(2), EvidenceLowerBoundColumnName = "Bound" }),
            Throws.ArgumentException.With.Message.EqualTo(
                $"VariationalOptions: EvidenceLowerBoundColumnName is 'Bound', {Sizes}"));
    }

    [Test]
    public void Validation_pictures_are_large_ones()
    {
        Assert.That(() => Make().Fit(Large(), SmallOnes()), Refused(
            "Schema mismatch for input column 'Pixels': expected a vector of 64 Single, as in training, got one of " +
            "16 (Parameter 'inputSchema')"));
        using AutoencoderTransformer model = Make().Fit(Large(), Large());
        Assert.That(model.History.Select(epoch => epoch.Validation!.Total), Has.All.Positive);
    }

    [Test]
    public void A_model_that_enlarges_says_nothing_of_how_likely_a_picture_is()
    {
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Variational("Code", "Pixels",
            new()
            {
                CodeSize = 2,
                Network = Small.Network,
                Corruption = Corruption.Downscale(2),
                Training = Small.Training(),
            }).Fit(Large());
        Assert.That(() => model.LogLikelihood(Large()), Throws.InvalidOperationException.With.Message.EqualTo(
            "The autoencoder was trained to reconstruct something other than what it encodes, so it cannot " +
            "measure how likely a row is."));
        Assert.That(model.Sample(3, seed: 1), Has.All.Length.EqualTo(64));
    }

    [Test]
    public void No_tensor_is_left_after_success_and_after_failure()
    {
        Assert.That(LiveTensors.Left(() =>
        {
            using AutoencoderTransformer model = Make(Network.Convolutional(4, 4, 1, [4])).Fit(Large(), Large());
            _ = Numbers(model.Transform(Large()), "Clean");
            _ = Numbers(model.Transform(SmallOnes()), "Code");
            Assert.That(() => model.Encode(new float[63]), Throws.ArgumentException);
            Assert.That(() => Make().Fit(Large(), SmallOnes()), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => Make(training: Small.Training(onEpoch: _ => throw new TimeoutException())).Fit(Large()),
                Throws.TypeOf<TimeoutException>());
        }), Is.Zero);
    }

    private static EqualStringConstraint Refused(string message) =>
        Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(message);

    private static float[] Numbers(IDataView view, string column) =>
        [.. view.GetColumn<float[]>(column).SelectMany(row => row)];

    private static float[] Reduced(float[] large) => SmallPictures.Reduced(large, Side, Side, 2);

    private AutoencoderEstimator Make(Network? network = null, TrainingOptions? training = null,
        Corruption? corruption = null) =>
        _ml.Transforms.Autoencoders.Denoising("Code", "Pixels", new()
        {
            CodeSize = 4,
            Network = network ?? Small.Network,
            Corruption = corruption ?? Corruption.Downscale(2),
            ReconstructionColumnName = "Clean",
            Training = training ?? Small.Training(),
        });

    private IDataView Large() => SmallPictures.View(_ml, _large, 1, Side, Side);

    private IDataView SmallOnes() => SmallPictures.View(_ml, [.. _large.Select(Reduced)], 1, Side / 2, Side / 2);

    private void RequireArgument(DenoisingOptions options, string message) =>
        Assert.That(() => _ml.Transforms.Autoencoders.Denoising("Code", "Pixels", options),
            Throws.ArgumentException.With.Message.EqualTo(message));

    private sealed class Enlarged
    {
        public float[] Clean { get; set; } = [];
    }

    private sealed class Pair
    {
        [VectorType(16)]
        public float[] Small { get; set; } = [];

        [VectorType(1, 8, 8)]
        public float[] Large { get; set; } = [];

        [VectorType(1, 2, 32)]
        public float[] Long => Large;
    }
}
