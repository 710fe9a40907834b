using Microsoft.ML;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Persistence;

namespace Ml.Autoencoders.Tests.Persistence;

/// <summary>
/// Files of models whose rows to encode and to reconstruct differ, altered by somebody who knows their format.
/// </summary>
internal sealed class PairedArchiveTests
{
    private readonly MLContext _ml = new();
    private byte[] _paired = [];
    private byte[] _enlarging = [];

    [OneTimeSetUp]
    public void Save()
    {
        using AutoencoderTransformer paired = _ml.Transforms.Autoencoders.Plain("Code", "Features", new()
        {
            CodeSize = Stage.CodeSize,
            Network = Small.Network,
            Scaling = InputScaling.MinMax,
            TargetColumnName = "Target",
            Training = Small.Training(),
        }).Fit(Paired.View(_ml, 20));
        _paired = ModelZip.Save(_ml, paired, Rows.View(_ml, 1).Schema);

        IDataView pictures = SmallPictures.View(_ml, SmallPictures.Make(10, 6, 4, 3), 6, 4, 3);
        using AutoencoderTransformer enlarging = _ml.Transforms.Autoencoders.Denoising("Code", "Pixels", new()
        {
            CodeSize = Stage.CodeSize,
            Network = Small.Network,
            Image = new ImageFormat(6, 4, 3, PixelOrder.Interleaved),
            Corruption = Corruption.Clip().Then(Corruption.Downscale(2)),
            ReconstructionColumnName = "Clean",
            Training = Small.Training(),
        }).Fit(pictures);
        _enlarging = ModelZip.Save(_ml, enlarging, pictures.Schema);
    }

    [Test]
    public void Everything_survives_saving_twice()
    {
        foreach (byte[] saved in new[] { _paired, _enlarging })
        {
            using var loaded = (AutoencoderTransformer)ModelZip.Load(_ml, saved);
            var again = new ModelZip(ModelZip.Save(_ml, loaded, Rows.View(_ml, 1).Schema));
            Assert.That(again.ReadText(ModelZip.Description),
                Is.EqualTo(new ModelZip(saved).ReadText(ModelZip.Description)));
            Assert.That(again.Read(ModelZip.Weights), Is.EqualTo(new ModelZip(saved).Read(ModelZip.Weights)));
        }
    }

    [Test]
    public void Weights_hold_the_scale_of_the_target() =>
        Assert.That(System.Text.Encoding.UTF8.GetString(new ModelZip(_paired).Read(ModelZip.Weights)),
            Does.Contain("\"target.offset\"").And.Contain("\"target.scale\""));

    [Test]
    public void A_scale_of_the_target_that_is_refused_leaves_no_tensors()
    {
        ModelDefinition definition = ModelJson.Read(new ModelZip(_paired).Read(ModelZip.Description)).Model;
        Assert.That(LiveTensors.Left(() => Assert.That(
            () => ModelTensors.Read(definition, TorchSharp.torch.CPU, Refuse),
            Throws.TypeOf<FormatException>())), Is.Zero);

        static void Refuse(string name, Span<float> values)
        {
            if (name == "target.scale")
                throw new FormatException();
            values.Fill(1);
        }
    }

    [Test]
    public void A_scale_of_the_target_that_is_missing_is_named()
    {
        var zip = new ModelZip(_paired);
        byte[] weights = zip.Read(ModelZip.Weights);
        string latin = System.Text.Encoding.Latin1.GetString(weights)
            .Replace("target.scale", "target.skale", StringComparison.Ordinal);
        RequireRefusal(zip.Forge(ModelZip.Weights, System.Text.Encoding.Latin1.GetBytes(latin)),
            "The weights have no tensor 'target.scale'.");
    }

    [TestCase("\"dimensions\": [\n        5\n      ]", "\"dimensions\": [\n        6\n      ]",
        "model.target.dimensions is 6; the decoder gives 5 numbers.")]
    [TestCase("\"dimensions\": [\n        5\n      ]", "\"dimensions\": [\n        -1, -5\n      ]",
        "model.target.dimensions is [-1, -5]; there must be at least one, and each be at least 1.")]
    [TestCase("\"dimensions\": [\n        5\n      ]", "\"dimensions\": [\n        0\n      ]",
        "model.target.dimensions is [0]; there must be at least one, and each be at least 1.")]
    [TestCase("\"dimensions\": [\n        5\n      ]", "\"dimensions\": [\n        65536, 65536, 65536\n      ]",
        "model.target.dimensions is 65536 x 65536 x 65536; the decoder gives 5 numbers.")]
    [TestCase("\"error\": null", "\"error\": \"Error\"",
        "columns.error is 'Error', and compares a row with its reconstruction; " +
        "where 'Target' is reconstructed, the two are different things.")]
    [TestCase("\"featureErrors\": null", "\"featureErrors\": \"Errors\"",
        "columns.featureErrors is 'Errors', and compares a row with its reconstruction; " +
        "where 'Target' is reconstructed, the two are different things.")]
    public void A_target_that_does_not_fit_is_refused(string original, string edited, string message) =>
        RequireRefusal(Edited(_paired, original, edited), message);

    [TestCase("\"dimensions\": [\n        5\n      ]", "\"dimensions\": null", "dimensions")]
    public void A_target_that_cannot_be_is_refused(string original, string edited, string named) =>
        Assert.That(FailureOf(Edited(_paired, original, edited)).Message,
            Does.StartWith("The autoencoder in the model file cannot be read. The model's description cannot be read: ")
                .And.Contain(named));

    [Test]
    public void A_target_without_its_sizes_is_refused()
    {
        string json = new ModelZip(_paired).ReadText(ModelZip.Description);
        int start = json.IndexOf("\"target\": {", StringComparison.Ordinal);
        int end = json.IndexOf("\"range\"", start, StringComparison.Ordinal);
        RequireRefusal(new ModelZip(_paired)
            .Forge(ModelZip.Description, string.Concat(json.AsSpan(0, start), "\"target\": null,\n", json.AsSpan(end))),
            "model.network.decoder gives 5 numbers per row; it must give 12, as many as are encoded.");
    }

    [TestCase("\"height\": 6", "\"height\": 8",
        "model.image is 8 x 4 x 3 (interleaved: height x width x channels), of which the encoder gets 3 x 4 x 2; it " +
        "takes 18 numbers per row.")]
    [TestCase("\"factor\": 2", "\"factor\": 1", "model.corruption.steps[1].factor is 1; it must be at least 2.")]
    [TestCase("\"corruption\": \"downscale\",\n          \"factor\": 2", "\"corruption\": \"none\"",
        "model.image is 6 x 4 x 3 (interleaved: height x width x channels), of which the encoder gets 3 x 6 x 4; it " +
        "takes 18 numbers per row.")]
    [TestCase("\"dimensions\": [\n        6,\n        4,\n        3\n      ]",
        "\"dimensions\": [\n        3,\n        6,\n        4\n      ]",
        "model.target.image is 6 x 4 x 3 (interleaved: height x width x channels); dimensions is 3 x 6 x 4.")]
    public void Pictures_that_do_not_fit_are_refused(string original, string edited, string message) =>
        RequireRefusal(Edited(_enlarging, original, edited), message);

    [TestCase("\"factor\": 2", "\"factor\": 0", "factor is 0; it must be at least 2.")]
    [TestCase("\"factor\": 2", "\"factor\": -2", "factor is -2; it must be at least 2.")]
    [TestCase("\"factor\": 2", "\"factor\": 5", "not a whole multiple")]
    [TestCase("\"height\": 6", "\"height\": 0", "model.image.height is 0; it must be at least 1.")]
    [TestCase("\"height\": 6", "\"height\": 2147483646", "")]
    [TestCase("\"order\": \"interleaved\"", "\"order\": \"diagonal\"", "order")]
    [TestCase("\"steps\": [", "\"steps\": [ null,", "the list holds null")]
    public void Pictures_that_cannot_be_are_refused(string original, string edited, string named) =>
        Assert.That(FailureOf(Edited(_enlarging, original, edited)).Message,
            Does.StartWith("The autoencoder in the model file cannot be read. ").And.Contain(named));

    [Test]
    public void A_corruption_of_pictures_without_pictures_is_refused()
    {
        string json = new ModelZip(_enlarging).ReadText(ModelZip.Description);
        int start = json.IndexOf("\"image\": {", json.IndexOf("\"corruption\"", StringComparison.Ordinal),
            StringComparison.Ordinal);
        int end = json.IndexOf('}', start);
        RequireRefusal(new ModelZip(_enlarging)
            .Forge(ModelZip.Description, string.Concat(json.AsSpan(0, start), "\"image\": null", json.AsSpan(end + 1))),
            "model.image is null; the corruption is one of pictures.");
    }

    private static ModelZip Edited(byte[] saved, string original, string edited)
    {
        var zip = new ModelZip(saved);
        string json = zip.ReadText(ModelZip.Description).ReplaceLineEndings("\n");
        int place = json.IndexOf(original, StringComparison.Ordinal);
        Assert.That(place, Is.Not.Negative, $"There is no {original} to edit in {json}");
        return zip.Forge(ModelZip.Description,
            string.Concat(json.AsSpan(0, place), edited, json.AsSpan(place + original.Length)));
    }

    private void RequireRefusal(ModelZip zip, string message) =>
        Assert.That(FailureOf(zip).Message, Is.EqualTo($"The autoencoder in the model file cannot be read. {message}"));

    /// <summary>ML.NET wraps what a component's loader throws in two exceptions of its own.</summary>
    private FormatException FailureOf(ModelZip zip)
    {
        byte[] bytes = zip.ToBytes();
        long tensors = LiveTensors.Now;
        var wrapped = Assert.Throws<InvalidOperationException>(() => ModelZip.Load(_ml, bytes));
        Assert.That(wrapped.InnerException?.InnerException, Is.TypeOf<FormatException>());
        Assert.That(LiveTensors.Now, Is.EqualTo(tensors));
        return (FormatException)wrapped.InnerException!.InnerException!;
    }
}
