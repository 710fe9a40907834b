using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Families;

/// <summary>The preset for codes that are to serve a classifier of pictures.</summary>
internal sealed class ImageFeaturesTests
{
    private static readonly ImageFormat Picture = new(TiltedLetters.Side, TiltedLetters.Side);

    [Test]
    public void The_options_are_as_documented()
    {
        DenoisingOptions options = DenoisingOptions.ImageFeatures(Picture);
        Assert.Multiple(() =>
        {
            Assert.That(options.Image, Is.EqualTo(Picture));
            Assert.That(options.CodeSize, Is.Null);
            Assert.That(options.Loss, Is.EqualTo(ReconstructionLoss.BinaryCrossEntropy));
            Assert.That(options.Corruption!.Links,
                Is.EqualTo(new[] { Corruption.Warp(0.4f, 0.4f, 0.2f), Corruption.Masking(0.3f) }));
            Assert.That(options.Training.Epochs, Is.EqualTo(10));
            Assert.That(options.Training.BatchSize, Is.EqualTo(256));
            Assert.That(options.Training.LearningRate, Is.EqualTo(2e-3f));
            Assert.That(options.Training.Optimizer, Is.EqualTo(OptimizerKind.AdamW));
            Assert.That(options.Training.Schedule, Is.EqualTo(LearningRateSchedule.Cosine()));
        });
    }

    [Test]
    public void Code_size_epochs_and_what_is_called_behind_them_are_the_users()
    {
        Action<TrainingEpoch> onEpoch = _ => { };
        DenoisingOptions options = DenoisingOptions.ImageFeatures(Picture, codeSize: 8, epochs: 3, onEpoch);
        Assert.Multiple(() =>
        {
            Assert.That(options.CodeSize, Is.EqualTo(8));
            Assert.That(options.Training.Epochs, Is.EqualTo(3));
            Assert.That(options.Training.OnEpoch, Is.SameAs(onEpoch));
        });
    }

    [Test]
    public void Training_options_of_the_users_own_are_taken_as_they_are()
    {
        TrainingOptions training = Small.Training();
        Assert.That((DenoisingOptions.ImageFeatures(Picture, 8) with { Training = training }).Training,
            Is.SameAs(training));
    }

    [Test]
    public void A_preset_without_a_picture_is_refused() =>
        Assert.That(() => DenoisingOptions.ImageFeatures(null!),
            Throws.ArgumentNullException.With.Property("ParamName").EqualTo("image"));

    /// <summary>
    /// Letters that lie at random are told apart by the nearest mean of their codes, which plain codes do worse: they
    /// have to say how a letter lies.
    /// </summary>
    [Test]
    public void Codes_tell_letters_apart_that_lie_at_random()
    {
        var ml = new MLContext(1);
        TiltedLetter[] training = TiltedLetters.Make(600, seed: 1);
        TiltedLetter[] test = TiltedLetters.Make(600, seed: 2);
        DenoisingOptions features = DenoisingOptions.ImageFeatures(Picture, codeSize: 8, epochs: 60);

        double preset = Accuracy(ml.Transforms.Autoencoders.Denoising("Code", "Pixels", features));
        double plain = Accuracy(ml.Transforms.Autoencoders.Plain("Code", "Pixels", new()
        {
            CodeSize = features.CodeSize,
            Network = features.Network,
            Loss = features.Loss,
            Training = features.Training,
        }));
        Assert.That(preset, Is.GreaterThan(plain + 0.05));

        double Accuracy(AutoencoderEstimator estimator)
        {
            using AutoencoderTransformer model = estimator.Fit(ml.Data.LoadFromEnumerable(training));
            float[][] means = [.. Encode(model, training).Zip(training)
                .GroupBy(pair => pair.Second.Letter, pair => pair.First)
                .OrderBy(group => group.Key).Select(Mean)];
            return Encode(model, test).Zip(test)
                .Average(pair => Nearest(means, pair.First) == pair.Second.Letter ? 1.0 : 0.0);
        }
    }

    private static float[][] Encode(AutoencoderTransformer model, TiltedLetter[] letters) =>
        model.Encode([.. letters.Select(letter => letter.Pixels)]);

    private static float[] Mean(IEnumerable<float[]> codes)
    {
        float[][] all = [.. codes];
        return [.. Enumerable.Range(0, all[0].Length).Select(j => all.Average(code => code[j]))];
    }

    private static int Nearest(float[][] means, float[] code) =>
        Enumerable.Range(0, means.Length).MinBy(i => means[i].Zip(code, (a, b) => (a - b) * (a - b)).Sum());
}
