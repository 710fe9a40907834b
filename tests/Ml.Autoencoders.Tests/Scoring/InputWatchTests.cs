using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Image;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Scoring;

namespace Ml.Autoencoders.Tests.Scoring;

/// <summary>What is said, once, of rows that are not as those of the fit: the sign of an autoencoder that was taken out
/// of its model.</summary>
internal sealed class InputWatchTests
{
    private const string Remedy = " is not run by calls on the autoencoder alone: use the whole model " +
        "(ml.Model.CreateEncoder, Transform, CreatePredictionEngine), give rows as that stage would write them, " +
        "or scale inside the autoencoder (the option Scaling). This warning is given once.";

    private readonly float[] _raw = [.. Reading.Make(1, seed: 9)[0].Numbers];

    [Test]
    public void Rows_far_outside_of_the_fit_are_named_once_with_the_stage_that_was_left_out()
    {
        var ml = new MLContext(seed: 1);
        using var model = Normalized(ml).Fit(View(ml));
        using var loaded = (TransformerChain<ITransformer>)ModelZip.Load(ml, ModelZip.Save(ml, model, View(ml).Schema));
        foreach (ITransformer holder in new ITransformer[] { model, loaded })
        {
            AutoencoderTransformer autoencoder = holder.GetAutoencoder("Code");
            Assert.That(autoencoder.InputColumnStage, Is.EqualTo("NormalizingTransformer"));
            Assert.That(autoencoder.ToString(),
                Is.EqualTo("Plain autoencoder: Numbers (3, written by NormalizingTransformer) to Code (2) on cpu"));
            var warnings = new Warnings(ml);
            autoencoder.Encode([0.1f, 0.9f, 0.5f]);
            autoencoder.Reconstruct([-0.9f, 1.9f, float.NaN]);
            Assert.That(warnings.Lines, Is.Empty,
                "a little outside is nothing unusual, and a missing value is not a number");
            autoencoder.Reconstruct([[0, 0, 0], _raw]);
            autoencoder.Encode(_raw);
            autoencoder.Encode([float.PositiveInfinity, 0, 0]);
            Assert.That(warnings.Lines, Is.EqualTo(new[]
            {
                FormattableString.Invariant($"A row holds numbers from {_raw.Min():G6} to {_raw.Max():G6}; ") +
                "those of column 'Numbers' in the fit were from 0 to 1." +
                " 'NormalizingTransformer', the stage that wrote it then," + Remedy,
            }));
        }
    }

    [TestCase(1)]
    [TestCase(40)]
    public void Numbers_are_found_wherever_they_stand_in_a_row(int width)
    {
        var ml = new MLContext(seed: 1);
        for (int slot = 0; slot < width; slot++)
        {
            foreach (float far in new[] { -1.01f, 2.01f })
            {
                var warnings = new Warnings(ml);
                var row = new float[width];
                row[slot] = far;
                Watch(ml, new ValueRange(0, 1)).Look([row]);
                Assert.That(warnings.Lines, Has.Length.EqualTo(1), $"{far} in slot {slot}");
            }
        }
    }

    [Test]
    public void Rows_that_were_all_equal_have_room_around_them()
    {
        var ml = new MLContext(seed: 1);
        var warnings = new Warnings(ml);
        InputWatch watch = Watch(ml, new ValueRange(-20, -20));
        watch.Look([[-39, -1]]);
        Assert.That(warnings.Lines, Is.Empty);
        watch.Look([[-20, 1]]);
        Assert.That(warnings.Lines, Has.Length.EqualTo(1));
    }

    [Test]
    public void Scaling_of_its_own_takes_the_rows_of_the_application()
    {
        var ml = new MLContext(seed: 1);
        using AutoencoderTransformer model = Plain(ml, InputScaling.Standardize).Fit(View(ml));
        var warnings = new Warnings(ml);
        float[] back = model.Reconstruct(_raw);
        Assert.That((model.InputColumnStage, warnings.Lines.Length), Is.EqualTo(((string?)null, 0)));
        Assert.That(back[1], Is.InRange(3000, 6000), "in the units of the row");
    }

    [Test]
    public void A_column_that_is_not_normalized_any_more_is_named_once()
    {
        var ml = new MLContext(seed: 1);
        using var model = Normalized(ml).AppendCacheCheckpoint(ml)
            .Append(
                ml.AnomalyDetection.Trainers.Autoencoder("Numbers",
                new() { CodeSize = 1, Network = Small.Network, Training = Small.Training() }))
            .Fit(View(ml));
        AutoencoderAnomalyTransformer detector = model.GetAnomalyDetector();
        Assert.That(detector.FeatureColumnStage, Is.Null, "a cache hides what stands before it");
        var warnings = new Warnings(ml);
        model.Transform(View(ml)).Preview(1);
        Assert.That(warnings.Lines, Is.Empty);

        detector.Transform(View(ml));
        detector.Transform(View(ml));
        Assert.That(warnings.Lines, Is.EqualTo(new[]
        {
            "Column 'Numbers' was normalized in the fit, and the one that is given is not. " +
                "Any stage before the autoencoder in its pipeline" + Remedy,
        }));
        AutoencoderTransformer autoencoder = model.GetAutoencoder("Code");
        autoencoder.Decode(ml.Data.LoadFromEnumerable([new Coded()]));
        Assert.That(warnings.Lines, Has.Length.EqualTo(1), "codes are nobody's input");
        autoencoder.Encode(View(ml));
        Assert.That(warnings.Lines,
            Has.Length.EqualTo(2).And.One.Contains("'NormalizingTransformer', the stage that wrote it then,"));
    }

    [Test]
    public void A_detector_names_the_stage_before_it()
    {
        var ml = new MLContext(seed: 1);
        using var model = ml.Transforms.Concatenate("Features", "Numbers", "More")
            .Append(
                ml.AnomalyDetection.Trainers.Autoencoder("Features",
                new() { CodeSize = 1, Network = Small.Network, Training = Small.Training() }))
            .Fit(View(ml));
        AutoencoderAnomalyTransformer detector = model.GetAnomalyDetector();
        Assert.That(detector.FeatureColumnStage, Is.EqualTo("ColumnConcatenatingTransformer"));
        Assert.That(detector.ToString(),
            Does.Contain(": Features (5, written by ColumnConcatenatingTransformer) to Score"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_detector_without_its_stage_names_raw_rows_of_a_view_and_of_an_engine(bool isEngine)
    {
        var ml = new MLContext(seed: 1);
        UnscaledRow[] rows = Thousands(ml);
        using TransformerChain<AutoencoderAnomalyTransformer> model = Thousandth(ml)
            .Fit(ml.Data.LoadFromEnumerable(rows));
        AutoencoderAnomalyTransformer detector = model.GetAnomalyDetector();
        var warnings = new Warnings(ml);
        Read(ml, model, rows, isEngine);
        Assert.That(warnings.Lines, Is.Empty);

        Read(ml, detector, rows, isEngine);
        Read(ml, detector, rows, isEngine);
        Assert.That(detector.FeatureColumnStage, Does.StartWith("CustomMappingTransformer"));
        Assert.That(warnings.Lines, Has.Length.EqualTo(1));
        Assert.That(warnings.Lines[0],
            Does.Match(@"^A row holds numbers from \S+ to [\d.]+; those of column 'Features' in " +
            @"the fit were from \S+ to (1|0\.99\d+)\. 'CustomMapping")
                .And.EndsWith($"', the stage that wrote it then,{Remedy}"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Unusual_rows_of_a_whole_model_are_named_once_without_a_remedy(bool isEngine)
    {
        var ml = new MLContext(seed: 1);
        UnscaledRow[] rows = Thousands(ml);
        using TransformerChain<AutoencoderAnomalyTransformer> model = Thousandth(ml)
            .Fit(ml.Data.LoadFromEnumerable(rows));
        var warnings = new Warnings(ml);
        (rows[3].Features[0], rows[3].Features[1]) = (5e6f, float.NaN);
        Read(ml, model, rows, isEngine);
        Read(ml, model, rows, isEngine);
        Assert.That(warnings.Lines, Has.Length.EqualTo(1));
        Assert.That(warnings.Lines[0],
            Does.Match(@"^A row holds numbers from \S+ to 5000; those of column 'Features' in " +
            @"the fit were from \S+ to (1|0\.99\d+)\. This warning is given once\.$"));
    }

    [Test]
    public void A_reader_is_watched_for_its_first_rows()
    {
        var ml = new MLContext(seed: 1);
        using AutoencoderTransformer model = Plain(ml, InputScaling.Standardize).Fit(View(ml));
        var warnings = new Warnings(ml);
        Reading[] rows = Reading.Make(40);
        rows[InputWatch.FirstRows].Numbers = [1e6f, 0, 0];
        _ = model.Transform(ml.Data.LoadFromEnumerable(rows)).GetColumn<float[]>("Code").ToArray();
        Assert.That(warnings.Lines, Is.Empty);
        rows[InputWatch.FirstRows - 1].Numbers = [1e6f, 0, 0];
        _ = model.Transform(ml.Data.LoadFromEnumerable(rows)).GetColumn<float[]>("Code").ToArray();
        Assert.That(warnings.Lines, Has.Length.EqualTo(1));
    }

    [Test]
    public void Pixels_without_their_scaling_are_named()
    {
        var ml = new MLContext(seed: 1);
        IDataView pictures = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20)
            .Select(i => new Picture { Image = Shade(i) }));
        var pipeline = ml.Transforms.ExtractPixels("Pixels", "Image", scaleImage: 1 / 255f).Append(
            ml.Transforms.Autoencoders.Plain("Code", "Pixels",
                new() { CodeSize = 2, Network = Small.Network, Training = Small.Training() }));
        using TransformerChain<AutoencoderTransformer> model = pipeline.Fit(pictures);
        using TransformerChain<AutoencoderTransformer> other = pipeline.Fit(pictures);
        var warnings = new Warnings(ml);
        _ = model.Transform(pictures).GetColumn<float[]>("Code").ToArray();
        Assert.That(warnings.Lines, Is.Empty);

        IDataView unscaled = ml.Transforms.ExtractPixels("Pixels", "Image").Fit(pictures).Transform(pictures);
        _ = other.GetAutoencoder("Code").Encode(unscaled).GetColumn<float[]>("Code").ToArray();
        Assert.That(warnings.Lines, Has.Length.EqualTo(1));
        Assert.That(warnings.Lines[0],
            Does.Match(@"^A row holds numbers from \d+ to \d+; those of column 'Pixels' in the fit were " +
            @"from 0 to 0\.\d+\. This warning is given once\.$"));
        model.GetAutoencoder("Code").Encode(unscaled.GetColumn<float[]>("Pixels").First());
        Assert.That(warnings.Lines, Has.Length.EqualTo(2));
        Assert.That(warnings.Lines[1],
            Does.Contain(" 'ImagePixelExtractingTransformer', the stage that wrote it then," + Remedy));
    }

    [Test]
    public void Files_that_do_not_say_are_silent()
    {
        var ml = new MLContext(seed: 1);
        using var model = Plain(ml, InputScaling.None).Fit(View(ml));
        var zip = new ModelZip(ModelZip.Save(ml, model, View(ml).Schema));
        JsonObject description = JsonNode.Parse(zip.ReadText(ModelZip.Description))!.AsObject();
        Assert.That(description.Remove("trainedInput"), Is.True);
        description["version"] = 1;
        using var loaded =
            (AutoencoderTransformer)ModelZip.Load(ml,
            zip.Forge(ModelZip.Description, description.ToJsonString()).ToBytes());
        var warnings = new Warnings(ml);
        Assert.That(Bits.Of([loaded.Encode([1e9f, 0, 0])]), Is.EqualTo(Bits.Of([model.Encode([1e9f, 0, 0])])));
        Assert.That(warnings.Lines, Has.Length.EqualTo(1), "of the one that was not loaded");
        Assert.That(loaded.InputColumnStage, Is.Null);
    }

    [TestCase("""{"least":1,"greatest":0}""", "greatest is 0; it must be at least 1.")]
    [TestCase("""{"least":"NaN","greatest":0}""", "least is NaN; it must be a finite number.")]
    [TestCase("""{"least":0,"greatest":"Infinity"}""", "greatest is Infinity; it must be a finite number.")]
    public void Ranges_that_are_none_are_refused(string range, string named)
    {
        var ml = new MLContext(seed: 1);
        using var model = Plain(ml, InputScaling.None).Fit(View(ml));
        var zip = new ModelZip(ModelZip.Save(ml, model, View(ml).Schema));
        JsonNode description = JsonNode.Parse(zip.ReadText(ModelZip.Description))!;
        description["trainedInput"]!["range"] = JsonNode.Parse(range);
        byte[] forged = zip.Forge(ModelZip.Description, description.ToJsonString()).ToBytes();
        Assert.That(() => ModelZip.Load(ml, forged),
            Throws.InvalidOperationException.With.InnerException.InnerException.TypeOf<FormatException>()
            .And.InnerException.InnerException.Message.Contains($"trainedInput.range.{named}"));
    }

    private static InputWatch Watch(MLContext ml, ValueRange range) =>
        new(((IHostEnvironment)ml).Register("watch"), "Numbers", new TrainedInput(null, IsNormalized: false, range));

    private static EstimatorChain<AutoencoderTransformer> Normalized(MLContext ml) =>
        ml.Transforms.NormalizeMinMax("Numbers", fixZero: false).Append(Plain(ml, InputScaling.None));

    private static AutoencoderEstimator Plain(MLContext ml, InputScaling scaling) =>
        ml.Transforms.Autoencoders.Plain("Code", "Numbers",
        new() { CodeSize = 2, Network = Small.Network, Scaling = scaling, Training = Small.Training() });

    private static UnscaledRow[] Thousands(MLContext ml) =>
        [.. ml.Data.CreateEnumerable<UnscaledRow>(UnscaledRows.View(ml, 1000, 60), reuseRowObject: false)];

    /// <summary>A detector after a stage that divides by a thousand, in a column of the same name.</summary>
    private static EstimatorChain<AutoencoderAnomalyTransformer> Thousandth(MLContext ml) => ml.Transforms
        .CustomMapping<UnscaledRow, UnscaledRow>(
            (row, thousandth) =>
            thousandth.Features = [.. row.Features.Select(number => number / 1000)], contractName: null)
        .Append(ml.AnomalyDetection.Trainers.Autoencoder("Features",
            new() { CodeSize = 2, Network = Small.Network, Training = Small.Training() }));

    private static void Read(MLContext ml, ITransformer model, UnscaledRow[] rows, bool isEngine)
    {
        if (!isEngine)
        {
            Assert.That(model.Transform(ml.Data.LoadFromEnumerable(rows)).GetColumn<float>("Score").Count(),
                Is.EqualTo(rows.Length));
            return;
        }
        using PredictionEngine<UnscaledRow, Scored> engine = ml.Model.CreatePredictionEngine<UnscaledRow, Scored>(
            model, new PredictionEngineOptions { OwnsTransformer = false });
        foreach (UnscaledRow row in rows)
            engine.Predict(row);
    }

    private static MLImage Shade(int number) => MLImage.CreateFromPixels(4, 4, MLPixelFormat.Bgra32,
        [.. Enumerable.Range(0, 4 * 4 * 4).Select(i => (byte)(i % 4 == 3 ? 255 : 10 * number + i % 4))]);

    private static IDataView View(MLContext ml) => ml.Data.LoadFromEnumerable(Reading.Make(60));

    private sealed class Coded
    {
        [VectorType(2)]
        public float[] Code { get; set; } = [0, 0];
    }

    private sealed class Picture
    {
        [ImageType(4, 4)]
        public MLImage? Image { get; set; }
    }

    private sealed class Scored
    {
        public float Score { get; set; }
    }
}
