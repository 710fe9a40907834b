using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders.Scoring;
using Ml.Autoencoders.Tests.Conformance;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>Models of zeros and ones that are drawn by gray values.</summary>
internal sealed class BinarizedFitTests
{
    private const int FitSeed = 7;

    private static readonly Network[] Networks = [Small.Network, Network.Convolutional(3, 4, 1, [4])];

    private readonly MLContext _ml = new(seed: 1);

    [Test]
    public void The_zeros_and_ones_of_a_row_belong_to_seed_and_id()
    {
        float[] greys = [0, 0.1f, 0.5f, 0.9f, 1];
        var rates = new double[greys.Length];
        const int Count = 4000;
        for (ulong id = 0; id < Count; id++)
        {
            float[] drawn = Drawn(greys, FitSeed, id);
            Assert.That(drawn, Has.All.EqualTo(0).Or.EqualTo(1));
            for (int slot = 0; slot < greys.Length; slot++)
                rates[slot] += (double)drawn[slot] / Count;
        }
        for (int slot = 0; slot < greys.Length; slot++)
        {
            double error = Math.Sqrt(greys[slot] * (1 - (double)greys[slot]) / Count);
            Assert.That(rates[slot], Is.EqualTo(greys[slot]).Within(4 * error + 1e-12));
        }
        float[] half = [.. Enumerable.Repeat(0.5f, 200)];
        float[] first = Drawn(half, FitSeed, 3);
        Assert.That(Drawn(half, FitSeed, 3), Is.EqualTo(first));
        Assert.That(Drawn(half, FitSeed, 4), Is.Not.EqualTo(first));
        Assert.That(Drawn(half, FitSeed + 1, 3), Is.Not.EqualTo(first));
    }

    [Test]
    public void Draws_of_pixels_are_not_those_of_codes()
    {
        // Were the states the same, the uniform numbers that normal ones are made of would be those of the pixels.
        float[] noise = new float[400];
        RowNoise.Fill(noise, FitSeed, new DataViewRowId(3, 0));
        float[] drawn = Drawn([.. Enumerable.Repeat(0.5f, noise.Length)], FitSeed, 3);
        int pairs = noise.Length / 2;
        // The second of two uniform numbers is the angle, and the radius falls with the first.
        double angle = Enumerable.Range(0, pairs)
            .Average(i => drawn[2 * i + 1] == 1 == noise[2 * i + 1] > 0 ? 1.0 : 0);
        double radius = Enumerable.Range(0, pairs)
            .Average(i => drawn[2 * i] == 1 == SquaredRadius(i) > 2 * Math.Log(2) ? 1.0 : 0);
        Assert.That(new[] { angle, radius }, Has.All.EqualTo(0.5).Within(4 * 0.5 / Math.Sqrt(pairs)));

        double SquaredRadius(int pair) => Math.Pow(noise[2 * pair], 2) + Math.Pow(noise[2 * pair + 1], 2);
    }

    [Test]
    public void What_is_not_between_0_and_1_stays()
    {
        float[] drawn = Drawn([float.NaN, -0.5f, 0, 1, 1.5f, float.PositiveInfinity], FitSeed, 3);
        Assert.That(drawn, Is.EqualTo(new[] { float.NaN, -0.5f, 0, 1, 1.5f, float.PositiveInfinity }));
    }

    [Test]
    public void A_likelihood_is_that_of_the_row_s_zeros_and_ones(
        [ValueSource(nameof(Networks))] Network network, [Values] bool isConditioned)
    {
        using AutoencoderTransformer model = Fit(network, isConditioned);
        LabeledRow[] rows = LabeledRows.Make(300, seed: 9);
        IDataView gray = LabeledRows.View(_ml, rows);
        IDataView binary = LabeledRows.View(_ml, rows.Select((row, i) =>
            new LabeledRow { Features = Drawn(row.Features, FitSeed, (ulong)i), Kind = row.Kind }));
        float[] first = model.LogLikelihood(gray, samples: 5, seed: 3);
        float[] other = model.LogLikelihood(gray, samples: 5, seed: 4);
        Assert.That(first, Is.EqualTo(model.LogLikelihood(binary, samples: 5, seed: 3)));
        Assert.That(other, Is.EqualTo(model.LogLikelihood(binary, samples: 5, seed: 4)));
        Assert.That(first, Is.Not.EqualTo(other), "codes are drawn by the seed");
        // It is a probability now.
        Assert.That(first, Has.All.LessThan(0));
    }

    [Test]
    public void A_likelihood_does_not_depend_on_the_rows_beside_a_row([ValueSource(nameof(Networks))] Network network)
    {
        using AutoencoderTransformer model = Fit(network);
        IDataView rows = LabeledRows.View(_ml, 400, seed: 9);
        float[] expected = model.LogLikelihood(rows, 5);
        // Another draw of a slot is about one nat. Convolutions of batches of other sizes may differ in last bits.
        double tolerance = ReferenceEquals(network, Small.Network) ? 0 : 1e-4;
        foreach (int skipped in new[] { 1, 128, 333 })
        {
            float[] found = model.LogLikelihood(_ml.Data.SkipRows(rows, skipped), 5);
            Assert.That(found, Is.EqualTo(expected[skipped..]).Within(tolerance));
        }
        float[] taken = model.LogLikelihood(_ml.Data.TakeRows(rows, 130), 5);
        Assert.That(taken, Is.EqualTo(expected[..130]).Within(tolerance));
    }

    [Test]
    public void A_missing_value_stays_missing()
    {
        using AutoencoderTransformer model = Fit(Small.Network);
        LabeledRow[] rows = LabeledRows.Make(3);
        rows[1].Features[2] = float.NaN;
        float[] found = model.LogLikelihood(LabeledRows.View(_ml, rows), 5);
        Assert.That(found.Select(float.IsNaN), Is.EqualTo(new[] { false, true, false }));
    }

    [Test]
    public void Columns_take_rows_as_they_come_and_a_loaded_model_gives_the_same(
        [ValueSource(nameof(Networks))] Network network)
    {
        using AutoencoderTransformer model = Fit(network);
        IDataView rows = LabeledRows.View(_ml, 40, seed: 9);
        byte[] saved = ModelZip.Save(_ml, model, rows.Schema);
        using var loaded = (AutoencoderTransformer)ModelZip.Load(new MLContext(), saved);
        using AutoencoderTransformer plain = Loaded(DescriptionEdit.Edited(saved, "model.binarization", "\"none\""));
        foreach (string column in new[] { "Code", "Clean", "Draw" })
        {
            int[][] expected = Bits.OfVectors(model.Transform(rows), column);
            Assert.That(Bits.OfVectors(loaded.Transform(rows), column), Is.EqualTo(expected));
            Assert.That(Bits.OfVectors(plain.Transform(rows), column), Is.EqualTo(expected));
        }
        foreach (string column in new[] { "Error", "Bound" })
        {
            int[] expected = Bits.OfNumbers(model.Transform(rows), column);
            Assert.That(Bits.OfNumbers(plain.Transform(rows), column), Is.EqualTo(expected));
        }
        float[] likelihoods = model.LogLikelihood(rows, 5);
        Assert.That(loaded.LogLikelihood(rows, 5), Is.EqualTo(likelihoods));
        Assert.That(plain.LogLikelihood(rows, 5), Is.Not.EqualTo(likelihoods));
    }

    [Test]
    public void A_file_from_before_says_nothing_of_it()
    {
        using AutoencoderTransformer model = Fit(Small.Network, binarization: Binarization.None);
        IDataView rows = LabeledRows.View(_ml, 40, seed: 9);
        byte[] saved = ModelZip.Save(_ml, model, rows.Schema);
        using AutoencoderTransformer old = Loaded(DescriptionEdit.Edited(saved, "model.binarization", null));
        Assert.That(old.LogLikelihood(rows, 5), Is.EqualTo(model.LogLikelihood(rows, 5)));
    }

    [Test]
    public void Every_family_is_fitted_to_zeros_and_ones(
        [ValueSource(typeof(Family), nameof(Family.All))] Family family)
    {
        int[] drawn = Codes(Binarization.Dynamic);
        Assert.That(Codes(Binarization.Dynamic), Is.EqualTo(drawn));
        Assert.That(Codes(Binarization.None), Is.Not.EqualTo(drawn));

        int[] Codes(Binarization binarization)
        {
            using AutoencoderTransformer model = family.Make(_ml,
                (nameof(AutoencoderOptions.Loss), ReconstructionLoss.BinaryCrossEntropy),
                (nameof(AutoencoderOptions.Binarization), binarization)).Fit(Rows.View(_ml, 40));
            return [.. Bits.OfVectors(model.Transform(Rows.View(_ml, 10)), "Code").SelectMany(code => code)];
        }
    }

    [Test]
    public void A_detector_scores_rows_as_they_come(
        [ValueSource(typeof(Detector), nameof(Detector.All))] Detector detector)
    {
        using AutoencoderAnomalyTransformer model = detector.Make(_ml,
            (nameof(AnomalyOptions.Loss), ReconstructionLoss.BinaryCrossEntropy),
            (nameof(AnomalyOptions.Binarization), Binarization.Dynamic)).Fit(Rows.View(_ml, 40));
        IDataView rows = Rows.View(_ml, 40, seed: 9);
        using var plain = (AutoencoderAnomalyTransformer)ModelZip.Load(new MLContext(),
            DescriptionEdit.Edited(ModelZip.Save(_ml, model, rows.Schema), "model.binarization", "\"none\"").ToBytes());
        int[] expected = Bits.OfNumbers(model.Transform(rows), "Score");
        Assert.That(Bits.OfNumbers(plain.Transform(rows), "Score"), Is.EqualTo(expected));
    }

    [Test]
    public void A_fit_that_was_stopped_is_resumed_to_the_same_bits(
        [ValueSource(typeof(Family), nameof(Family.All))] Family family)
    {
        using var folder = new TemporaryFolder();
        using AutoencoderTransformer whole = Make(null, null);
        Assert.That(() => Make(new(folder.Path, every: TimeSpan.FromTicks(1)), null, stopsAfter: 2),
            Throws.TypeOf<TimeoutException>());
        Assert.That(new CheckpointZip(folder.File("checkpoint.zip")).State["random"]!.AsArray(), Has.Count.EqualTo(5));
        using AutoencoderTransformer resumed = Make(null, folder.Path);
        Assert.That(WeightsOf(resumed), Is.EqualTo(WeightsOf(whole)));
        Assert.That(resumed.History.Select(epoch => (epoch.Training.Total, epoch.Validation!.Total)),
            Is.EqualTo(whole.History.Select(epoch => (epoch.Training.Total, epoch.Validation!.Total))));

        AutoencoderTransformer Make(CheckpointOptions? checkpoint, string? from, int stopsAfter = 0) => family.Make(_ml,
            (nameof(AutoencoderOptions.Loss), ReconstructionLoss.BinaryCrossEntropy),
            (nameof(AutoencoderOptions.Binarization), Binarization.Dynamic),
            (nameof(AutoencoderOptions.Training), new TrainingOptions
            {
                Epochs = 4,
                BatchSize = 16,
                Seed = FitSeed,
                ValidationFraction = 0.2f,
                Checkpoint = checkpoint,
                ResumeFrom = from,
                OnEpoch = epoch => _ = epoch.Epoch == stopsAfter ? throw new TimeoutException() : 0,
            })).Fit(Rows.View(_ml, 50));
    }

    [Test]
    public void A_checkpoint_of_rows_as_they_come_is_of_another_fit()
    {
        using var folder = new TemporaryFolder();
        Make(Binarization.None, new(folder.Path), null).Fit(Rows.View(_ml, 20)).Dispose();
        Assert.That(new CheckpointZip(folder.File("checkpoint.zip")).State["random"]!.AsArray(),
            Has.Count.EqualTo(4), "as before there was binarization");
        Assert.That(() => Make(Binarization.Dynamic, null, folder.Path).Fit(Rows.View(_ml, 20)),
            Throws.InvalidOperationException.With.Message.Contains(
                "model.binarization is \"dynamic\" here and \"none\" there"));

        AutoencoderEstimator Make(Binarization binarization, CheckpointOptions? checkpoint, string? from) =>
            _ml.Transforms.Autoencoders.Variational("Code", "Features", new()
            {
                CodeSize = 3,
                Network = Small.Network,
                Loss = ReconstructionLoss.BinaryCrossEntropy,
                Binarization = binarization,
                Training = new() { Epochs = 2, Seed = FitSeed, Checkpoint = checkpoint, ResumeFrom = from },
            });
    }

    [Test]
    public void Rows_that_are_streamed_are_drawn_as_others_are()
    {
        WideRow[] wide = WideRows.Make();
        using AutoencoderTransformer streamed = Fit(WideRows.Streaming(epochs: 3));
        using AutoencoderTransformer kept = Fit(WideRows.Training(epochs: 3));
        Assert.That(streamed.History[^1].Training.Total, Is.EqualTo(kept.History[^1].Training.Total).Within(3).Percent);

        AutoencoderTransformer Fit(TrainingOptions training) =>
            _ml.Transforms.Autoencoders.Variational("Code", "Features", new()
            {
                CodeSize = 2,
                Network = Small.Network,
                Loss = ReconstructionLoss.BinaryCrossEntropy,
                Binarization = Binarization.Dynamic,
                Training = training,
            }).Fit(WideRows.View(_ml, wide));
    }

    [TestCase("Features")]
    [TestCase("Target")]
    public void Values_that_are_no_probabilities_are_named(string column)
    {
        PairedRow[] rows = Paired.Make(20);
        float[] changed = column == "Target" ? rows[3].Target : rows[3].Features;
        changed[1] = 1.25f;
        AutoencoderEstimator estimator = _ml.Transforms.Autoencoders.Plain("Code", "Features", new()
        {
            CodeSize = 2,
            Network = Small.Network,
            Loss = ReconstructionLoss.BinaryCrossEntropy,
            Binarization = Binarization.Dynamic,
            TargetColumnName = "Target",
            Training = Small.Training(1),
        });
        const string End =
            "to 1.25; Binarization.Dynamic takes them as probabilities, which lie between 0 and 1. Scale them before.";
        Assert.That(() => estimator.Fit(Paired.View(_ml, rows)), Throws.InvalidOperationException
            .With.Message.StartsWith($"Column '{column}' holds training values from ").And.Message.EndsWith(End));
        Assert.That(() => estimator.Fit(Paired.View(_ml, 20), Paired.View(_ml, rows)), Throws.InvalidOperationException
            .With.Message.StartsWith($"Column '{column}' holds validation values from ").And.Message.EndsWith(End));
    }

    [Test]
    public void Options_that_do_not_go_with_it_are_refused()
    {
        Assert.Multiple(() =>
        {
            Refused(new() { Binarization = Binarization.Dynamic },
                "PlainOptions: Binarization is Dynamic, which turns rows into zeros and ones, and Loss is " +
                "MeanSquaredError; it must be BinaryCrossEntropy.");
            Refused(new()
            {
                Binarization = Binarization.Dynamic,
                Loss = ReconstructionLoss.BinaryCrossEntropy,
                Scaling = InputScaling.MinMax,
            }, "PlainOptions: Binarization is Dynamic, which takes values as probabilities, and Scaling is MinMax; " +
                "it must be None.");
            Refused(new() { Binarization = (Binarization)7 },
                "PlainOptions: Binarization is 7; it must be one of None, Dynamic. (Parameter 'Binarization')");
        });

        void Refused(PlainOptions options, string message) =>
            Assert.That(() => _ml.Transforms.Autoencoders.Plain("Code", "Features", options),
                Throws.InstanceOf<ArgumentException>().With.Message.EqualTo(message));
    }

    private AutoencoderTransformer Fit(
        Network network, bool isConditioned = false, Binarization binarization = Binarization.Dynamic) =>
        _ml.Transforms.Autoencoders.Variational("Code", "Features", new()
        {
            CodeSize = 2,
            Network = network,
            Loss = ReconstructionLoss.BinaryCrossEntropy,
            Binarization = binarization,
            ConditionColumnName = isConditioned ? "Kind" : null,
            ReconstructionColumnName = "Clean",
            ErrorColumnName = "Error",
            SampleColumnName = "Draw",
            EvidenceLowerBoundColumnName = "Bound",
            Training = Small.Training(),
        }).Fit(LabeledRows.View(_ml, 60));

    private static float[] Drawn(float[] row, int seed, ulong id)
    {
        float[] drawn = [.. row];
        RowBinarization.Draw(drawn, seed, new DataViewRowId(id, 0));
        return drawn;
    }

    private static AutoencoderTransformer Loaded(ModelZip zip) =>
        (AutoencoderTransformer)ModelZip.Load(new MLContext(), zip.ToBytes());

    private byte[] WeightsOf(AutoencoderTransformer model) =>
        new ModelZip(ModelZip.Save(_ml, model, Rows.View(_ml, 1).Schema)).Read(ModelZip.Weights);
}
