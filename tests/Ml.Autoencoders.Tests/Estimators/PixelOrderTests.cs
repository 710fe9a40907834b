using Microsoft.ML;
using Microsoft.ML.Data;
using NUnit.Framework.Constraints;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>Colors channel by channel and pixel by pixel.</summary>
internal sealed class PixelOrderTests
{
    private const int Height = 6;
    private const int Width = 8;
    private const int Channels = 3;

    private static readonly int[] PlanarDimensions = [Channels, Height, Width];
    private static readonly int[] InterleavedDimensions = [Height, Width, Channels];

    private readonly MLContext _ml = new(seed: 1);
    private readonly float[][] _pictures = SmallPictures.Make(30, Height, Width, Channels);

    [TestCase(InputScaling.None)]
    [TestCase(InputScaling.Standardize)]
    public void Both_orders_give_the_same_codes_and_errors_and_the_same_pictures_in_their_own_order(
        InputScaling scaling)
    {
        using AutoencoderTransformer planar = Fit(Planar(), scaling);
        using AutoencoderTransformer interleaved = Fit(Interleaved(), scaling);
        IDataView fromPlanar = planar.Transform(Planar());
        IDataView fromInterleaved = interleaved.Transform(Interleaved());

        Assert.That(Bits.OfVectors(fromInterleaved, "Code"), Is.EqualTo(Bits.OfVectors(fromPlanar, "Code")));
        Assert.That(Bits.OfNumbers(fromInterleaved, "Error"), Is.EqualTo(Bits.OfNumbers(fromPlanar, "Error")));
        foreach (string column in new[] { "Clean", "Errors" })
        {
            Assert.That(Bits.OfVectors(fromInterleaved, column),
                Is.EqualTo(Bits.Of(fromPlanar.GetColumn<float[]>(column).Select(Interleaved))));
            Assert.That(fromInterleaved.Schema[column].Type, Is.EqualTo(fromInterleaved.Schema["Pixels"].Type));
        }
    }

    [Test]
    public void Arrays_have_the_order_of_the_column()
    {
        using AutoencoderTransformer planar = Fit(Planar());
        using AutoencoderTransformer interleaved = Fit(Interleaved());
        float[] code = planar.Encode(_pictures[4]);

        Assert.That(interleaved.Encode(Interleaved(_pictures[4])), Is.EqualTo(code));
        Assert.That(interleaved.Reconstruct(Interleaved(_pictures[4])),
            Is.EqualTo(Interleaved(planar.Reconstruct(_pictures[4]))));
        Assert.That(interleaved.Decode(code), Is.EqualTo(Interleaved(planar.Decode(code))));
    }

    [Test]
    public void Feature_errors_are_those_of_the_slots_beside_them()
    {
        using AutoencoderTransformer model = Fit(Interleaved());
        IDataView scored = model.Transform(Interleaved());
        float[][] inputs = [.. scored.GetColumn<float[]>("Pixels")];
        float[][] outputs = [.. scored.GetColumn<float[]>("Clean")];
        float[] least = [.. Enumerable.Repeat(inputs.Min(row => row.Min()), inputs[0].Length)];

        foreach ((float[] errors, int i) in scored.GetColumn<float[]>("Errors").Select((row, i) => (row, i)))
        {
            // Where a reconstruction was held at the edge of the range, its error is that of what was beyond.
            for (int slot = 0; slot < errors.Length; slot++)
            {
                if (outputs[i][slot] > least[slot])
                    Assert.That(errors[slot],
                        Is.EqualTo((inputs[i][slot] - outputs[i][slot]) * (inputs[i][slot] - outputs[i][slot]))
                            .Within(1e-5));
            }
        }
    }

    [Test]
    public void One_channel_has_the_same_order_either_way()
    {
        float[][] gray = SmallPictures.Make(20, Height, Width);
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Plain("Code", "Pixels", new()
        {
            CodeSize = 2,
            Network = Network.Convolutional(Height, Width),
            Training = Small.Training(),
        }).Fit(SmallPictures.View(_ml, gray, 1, Height, Width));
        Assert.That(Bits.OfVectors(model.Transform(SmallPictures.View(_ml, gray, Height, Width, 1)), "Code"),
            Is.EqualTo(Bits.OfVectors(model.Transform(SmallPictures.View(_ml, gray, 1, Height, Width)), "Code")));
    }

    [TestCase(6, 4, 3)]
    [TestCase(5, 1, 4)]
    [TestCase(5, 3, 1)]
    public void A_side_as_short_as_the_channels_is_read_where_the_other_end_can_be_none(int height,
        int width, int channels)
    {
        float[][] pictures = SmallPictures.Make(20, height, width, channels);
        using AutoencoderTransformer planar = Convolved(height, width, channels)
            .Fit(SmallPictures.View(_ml, pictures, channels, height, width));
        float[][] turned = [.. pictures.Select(picture => SmallPictures.Interleaved(picture, channels))];
        using AutoencoderTransformer interleaved = Convolved(height, width, channels)
            .Fit(SmallPictures.View(_ml, turned, height, width, channels));
        Assert.That(Bits.Of(interleaved.Encode(turned)), Is.EqualTo(Bits.Of(planar.Encode(pictures))));
    }

    [TestCase(4, 8, 3,
        "4 x 8 x 3 numbers may hold pictures of 4 x 8 x 3 (planar: channels x height x width) or of 4 x 8 x 3 " +
        "(interleaved: height x width x channels)")]
    [TestCase(1, 8, 3,
        "1 x 8 x 3 numbers may hold pictures of 1 x 8 x 3 (planar: channels x height x width) or of 1 x 8 x 3 " +
        "(interleaved: height x width x channels)")]
    [TestCase(3, 5, 3,
        "3 x 5 x 3 numbers may hold pictures of 3 x 5 x 3 (planar: channels x height x width) or of 3 x 5 x 3 " +
        "(interleaved: height x width x channels)")]
    [TestCase(6, 8, 2, "6 x 8 x 2 numbers may hold pictures of 6 x 8 x 2 (interleaved: height x width x channels)")]
    public void Dimensions_that_may_be_of_either_order_need_the_option(int height, int width, int channels, string what)
    {
        float[][] pictures = SmallPictures.Make(20, height, width, channels);
        float[][] turned = [.. pictures.Select(picture => SmallPictures.Interleaved(picture, channels))];
        IDataView view = SmallPictures.View(_ml, turned, height, width, channels);
        Assert.That(() => Convolved(height, width, channels).Fit(view),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(
            $"Column 'Pixels' of {what}. Specify which with Image, for example " +
            $"Image = new ImageFormat(height: {height}, width: {width}, channels: {channels}, " +
            "PixelOrder.Interleaved). (Parameter 'inputSchema')"));

        using AutoencoderTransformer planar = Convolved(height, width, channels,
            new ImageFormat(height, width, channels))
            .Fit(SmallPictures.View(_ml, pictures, channels * height * width));
        using AutoencoderTransformer told = Convolved(height, width, channels,
            new ImageFormat(height, width, channels, PixelOrder.Interleaved)).Fit(view);
        Assert.That(Bits.Of(told.Encode(turned)), Is.EqualTo(Bits.Of(planar.Encode(pictures))));
    }

    [Test]
    public void Who_does_not_look_at_pictures_need_not_say_of_which_order_they_are()
    {
        float[][] rows = SmallPictures.Make(20, 4, 8, 3);
        using AutoencoderTransformer dense = Make(network: Network.Dense(4))
            .Fit(SmallPictures.View(_ml, rows, 4, 8, 3));
        Assert.That(dense.InputSize, Is.EqualTo(96));
        Assert.That(() => _ml.Transforms.Autoencoders.Denoising("Code", "Pixels",
            new() { Corruption = Corruption.Warp(), Network = Network.Dense(4) })
            .Fit(SmallPictures.View(_ml, rows, 4, 8, 3)),
            Throws.TypeOf<ArgumentOutOfRangeException>()
                .With.Message.StartsWith("Column 'Pixels' of 4 x 8 x 3 numbers may hold "));
        // Channel by channel, as the network takes them: two channels, and a side of four.
        using AutoencoderTransformer two = Convolved(6, 8, 2)
            .Fit(SmallPictures.View(_ml, SmallPictures.Make(20, 6, 8, 2), 2, 6, 8));
        using AutoencoderTransformer narrow = Convolved(4, 4, 1)
            .Fit(SmallPictures.View(_ml, SmallPictures.Make(20, 4, 4), 1, 4, 4));
        Assert.That((two.InputSize, narrow.InputSize), Is.EqualTo((96, 16)));
    }

    [Test]
    public void Pictures_to_reconstruct_that_may_be_of_either_order_need_the_option()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(SmallPictures.Make(20, 4, 8, 3)
            .Select(picture => new PictureRow { Pixels = picture }),
            SmallPictures.Schema(4 * 8 * 3));
        IDataView pairs = _ml.Transforms.CustomMapping<PictureRow, TargetRow>((row, target) =>
            target.Clean = row.Pixels, null).Fit(rows).Transform(rows);
        PlainOptions Options(ImageFormat? image) => new()
        {
            TargetColumnName = "Clean",
            CodeSize = 2,
            Network = Network.Convolutional(4, 8, 3, [4]),
            Image = image,
            Training = Small.Training(),
        };
        Assert.That(() => _ml.Transforms.Autoencoders.Plain("Code", "Pixels", Options(null)).Fit(pairs),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(
            "Column 'Clean' of 4 x 8 x 3 numbers may hold pictures of 4 x 8 x 3 (planar: channels x height x width) " +
            "or of 4 x 8 x 3 (interleaved: height x width x channels). Describe those of column 'Pixels' with Image; " +
            "these are taken to have the same order. (Parameter 'inputSchema')"));
        using AutoencoderTransformer told = _ml.Transforms.Autoencoders.Plain("Code", "Pixels",
            Options(new ImageFormat(4, 8, 3, PixelOrder.Interleaved))).Fit(pairs);
        Assert.That(told.OutputSize, Is.EqualTo(96));
    }

    [Test]
    public void A_picture_that_a_network_makes_for_itself_may_be_any()
    {
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Plain("Code", "Pixels", new()
        {
            CodeSize = 2,
            Network = Network.Compose(layers => layers.Linear(32).Reshape(2, 4, 4).Convolution(4)),
            Training = Small.Training(),
        }).Fit(Planar());
        Assert.That(model.InputSize, Is.EqualTo(Channels * Height * Width));
    }

    [TestCase(InputScaling.MinMax)]
    [TestCase(InputScaling.Standardize)]
    public void Warped_pixels_have_no_scale_of_their_slot(InputScaling scaling) =>
        Assert.That(() => _ml.Transforms.Autoencoders.Denoising("Code", "Pixels",
            new() { Corruption = Corruption.Warp().Then(Corruption.Masking(0.1f)), Scaling = scaling }),
            Throws.ArgumentException.With.Message.EqualTo(
                $"DenoisingOptions: Scaling is {scaling}, which gives each slot its own scale, and " +
                "Corruption.Warp moves pixels from slot to slot. Scale all pixels alike before, for example with " +
                "scaleImage in ExtractPixels."));

    [TestCase(false)]
    [TestCase(true)]
    public void A_plain_vector_is_what_it_is_told_to_be(bool isInterleaved)
    {
        IDataView shaped = isInterleaved ? Interleaved() : Planar();
        IDataView flat = SmallPictures.View(_ml, isInterleaved ? [.. _pictures.Select(Interleaved)] : _pictures,
            Height * Width * Channels);
        var format = new ImageFormat(Height, Width, Channels,
            isInterleaved ? PixelOrder.Interleaved : PixelOrder.Planar);
        using AutoencoderTransformer known = Fit(shaped);
        using AutoencoderTransformer told = Fit(flat, image: format);

        Assert.That(Bits.OfVectors(told.Transform(flat), "Code"),
            Is.EqualTo(Bits.OfVectors(known.Transform(shaped), "Code")));
        Assert.That(Bits.OfVectors(told.Transform(flat), "Clean"),
            Is.EqualTo(Bits.OfVectors(known.Transform(shaped), "Clean")));
        Assert.That(told.Transform(flat).Schema["Clean"].Type, Is.EqualTo(flat.Schema["Pixels"].Type));
    }

    [Test]
    public void The_other_order_is_refused_after_the_fit_and_after_loading()
    {
        using AutoencoderTransformer planar = Fit(Planar());
        using AutoencoderTransformer interleaved = Fit(Interleaved());
        using AutoencoderTransformer loaded = planar.SavedAndLoaded(_ml, Planar().Schema);
        const string Expected =
            "Schema mismatch for image column 'Pixels': expected pictures of 3 x 6 x 8 (planar: channels x height x " +
                "width), got Vector<Single, 6, 8, 3>. Set Image to PixelOrder.Interleaved before the fit, or " +
                "interleavePixelColors: false in ExtractPixels (Parameter 'inputSchema')";

        foreach (AutoencoderTransformer model in new[] { planar, loaded })
        {
            Assert.That(() => model.Transform(Interleaved()), Refused(Expected));
            Assert.That(() => model.GetOutputSchema(Interleaved().Schema), Refused(Expected));
            Assert.That(() => ((ITransformer)model).GetRowToRowMapper(Interleaved().Schema), Refused(Expected));
            Assert.That(() => model.Encode(Interleaved()), Refused(Expected));
            Assert.That(() => model.Reconstruct(Interleaved()), Refused(Expected));
        }
        Assert.That(() => interleaved.Transform(Planar()), Refused(
            "Schema mismatch for image column 'Pixels': expected pictures of 6 x 8 x 3 (interleaved: height x width " +
            "x channels), got Vector<Single, 3, 6, 8>. Set Image to PixelOrder.Planar before the fit, or " +
            "interleavePixelColors: true in ExtractPixels (Parameter 'inputSchema')"));
    }

    [Test]
    public void The_other_order_among_validation_rows_is_refused() =>
        Assert.That(() => Make().Fit(Planar(), Interleaved()),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith(
            "Schema mismatch for image column 'Pixels': expected pictures of 3 x 6 x 8 (planar: channels x height x " +
            "width), got Vector<Single, 6, 8, 3>. "));

    [Test]
    public void A_log_likelihood_is_the_same_in_both_orders()
    {
        VariationalOptions options = new() { CodeSize = 2, Network = Network.Dense(6), Training = Small.Training(2) };
        using AutoencoderTransformer planar = _ml.Transforms.Autoencoders.Variational("Code", "Pixels", options)
            .Fit(Planar());
        using AutoencoderTransformer interleaved = _ml.Transforms.Autoencoders.Variational("Code", "Pixels", options)
            .Fit(Interleaved());

        Assert.That(interleaved.LogLikelihood(Interleaved(), 3),
            Is.EqualTo(planar.LogLikelihood(Planar(), 3)).Within(1e-4));
        Assert.That(() => interleaved.LogLikelihood(Planar()), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(interleaved.Sample(3, seed: 1),
            Is.EqualTo(planar.Sample(3, seed: 1).Select(Interleaved)).Within(1e-6));
    }

    [Test]
    public void A_network_for_pictures_that_lie_on_their_side_is_refused() =>
        Assert.That(() => Make(network: Network.Convolutional(Width, Height, Channels, [4])).Fit(Planar()),
            Throws.InvalidOperationException.With.Message.EqualTo(
            "The network does not fit column 'Pixels', a vector of 144: it takes pictures of 3 x 8 x 6 (channels x " +
            "height x width), and gets those of 3 x 6 x 8."));

    [Test]
    public void Pictures_other_than_the_column_s_are_refused() =>
        Assert.That(() => Make(image: new ImageFormat(Width, Height, Channels)).Fit(Planar()), Refused(
            "Schema mismatch for image column 'Pixels': expected pictures of 3 x 8 x 6 (planar: channels x height x " +
            "width), got Vector<Single, 3, 6, 8> (Parameter 'inputSchema')"));

    [Test]
    public void Pictures_that_are_needed_and_nowhere_told_are_refused()
    {
        IDataView flat = SmallPictures.View(_ml, _pictures, Height * Width * Channels);
        Assert.That(() => _ml.Transforms.Autoencoders.Denoising("Code", "Pixels",
            new() { Corruption = Corruption.Gaussian(1).Then(Corruption.Warp()) }).Fit(flat),
            Throws.InvalidOperationException.With.Message.EqualTo(
                "Column 'Pixels' is a vector of 144, and the corruption changes pictures. Specify what a row is, " +
                "for example with Image = new ImageFormat(height: 28, width: 28)."));
    }

    [Test]
    public void A_warp_sees_the_same_pictures_in_both_orders()
    {
        AutoencoderTransformer FitWarped(IDataView pictures) =>
            _ml.Transforms.Autoencoders.Denoising("Code", "Pixels", new()
            {
                CodeSize = 2,
                Network = Network.Dense(6),
                Corruption = Corruption.Warp(),
                Training = Small.Training(2),
            }).Fit(pictures);
        using AutoencoderTransformer planar = FitWarped(Planar());
        using AutoencoderTransformer interleaved = FitWarped(Interleaved());

        Assert.That(Bits.OfVectors(interleaved.Transform(Interleaved()), "Code"),
            Is.EqualTo(Bits.OfVectors(planar.Transform(Planar()), "Code")));
    }

    [Test]
    public void No_tensor_is_left()
    {
        IDataView pictures = Interleaved();
        long before = LiveTensors.Now;
        using (AutoencoderTransformer model = Fit(pictures, InputScaling.MinMax))
        {
            _ = Bits.OfVectors(model.Transform(pictures), "Errors");
            Assert.That(() => model.Transform(Planar()), Throws.TypeOf<ArgumentOutOfRangeException>());
        }
        Assert.That(() => Make().Fit(pictures, Planar()), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(LiveTensors.Now, Is.EqualTo(before));
    }

    private static EqualStringConstraint Refused(string message) =>
        Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.EqualTo(message);

    private AutoencoderEstimator Make(InputScaling scaling = InputScaling.None, ImageFormat? image = null,
        Network? network = null) =>
        _ml.Transforms.Autoencoders.Plain("Code", "Pixels", new()
        {
            CodeSize = 4,
            Network = network ?? Network.Convolutional(Height, Width, Channels, [4]),
            Scaling = scaling,
            Image = image,
            ReconstructionColumnName = "Clean",
            ErrorColumnName = "Error",
            FeatureErrorsColumnName = "Errors",
            Training = Small.Training(epochs: 4),
        });

    private AutoencoderTransformer Fit(IDataView pictures, InputScaling scaling = InputScaling.None,
        ImageFormat? image = null) =>
        Make(scaling, image).Fit(pictures);

    private AutoencoderEstimator Convolved(int height, int width, int channels, ImageFormat? image = null) =>
        _ml.Transforms.Autoencoders.Plain("Code", "Pixels", new()
        {
            CodeSize = 2,
            Network = Network.Convolutional(height, width, channels, [4]),
            Image = image,
            Training = Small.Training(),
        });

    private IDataView Planar() => SmallPictures.View(_ml, _pictures, PlanarDimensions);

    private IDataView Interleaved() =>
        SmallPictures.View(_ml, [.. _pictures.Select(Interleaved)], InterleavedDimensions);

    private static float[] Interleaved(float[] planar) => SmallPictures.Interleaved(planar, Channels);

    private sealed class TargetRow
    {
        [VectorType(4, 8, 3)]
        public float[] Clean { get; set; } = [];
    }
}
