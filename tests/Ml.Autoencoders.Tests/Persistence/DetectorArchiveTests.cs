using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Persistence;

/// <summary>Model files of anomaly detectors that were altered, or that hold something else.</summary>
internal sealed class DetectorArchiveTests
{
    private readonly MLContext _ml = new();
    private byte[] _detector = [];
    private byte[] _variational = [];
    private byte[] _stage = [];

    [OneTimeSetUp]
    public void Save()
    {
        IDataView rows = Rows.View(_ml, 20);
        var trainers = _ml.AnomalyDetection.Trainers;
        using AutoencoderAnomalyTransformer detector = trainers.Autoencoder("Features",
            new()
            {
                CodeSize = Stage.CodeSize,
                Network = Small.Network,
                Training = Small.Training(),
                CodeColumnName = "Code",
            }).Fit(rows);
        using AutoencoderAnomalyTransformer variational = trainers.VariationalAutoencoder("Features",
            new() { CodeSize = Stage.CodeSize, Network = Small.Network, Training = Small.Training() }).Fit(rows);
        using AutoencoderTransformer stage = Stage.Fit(_ml);
        _detector = ModelZip.Save(_ml, detector, rows.Schema);
        _variational = ModelZip.Save(_ml, variational, rows.Schema);
        _stage = ModelZip.Save(_ml, stage, rows.Schema);
    }

    [Test]
    public void A_detector_in_the_place_of_a_stage_is_refused() =>
        RequireRefusal(With(_stage, _detector),
            "The autoencoder in the model file is an anomaly detector, not a stage that encodes.");

    [Test]
    public void A_stage_in_the_place_of_a_detector_is_refused() =>
        RequireRefusal(With(_detector, _stage), "The autoencoder in the model file is not an anomaly detector.");

    [Test]
    public void Nothing_is_left_of_what_was_refused()
    {
        long before = LiveTensors.Now;
        Assert.That(() => ModelZip.Load(_ml, With(_stage, _detector).ToBytes()), Throws.InvalidOperationException);
        Assert.That(() => ModelZip.Load(_ml, With(_detector, _stage).ToBytes()), Throws.InvalidOperationException);
        Assert.That(LiveTensors.Now, Is.EqualTo(before));
    }

    [TestCase("\"detects\": true", "\"detects\": false")]
    [TestCase("\"draws\": 0", "\"draws\": 5")]
    [TestCase("\"draws\": 0", "\"draws\": -1")]
    public void A_description_whose_parts_contradict_each_other_is_refused(string original, string edited) =>
        Assert.That(FailureOf(Edited(_detector, original, edited)).Message,
            Does.StartWith("The autoencoder in the model file cannot be read. "));

    [TestCase("\"NaN\"", "NaN")]
    [TestCase("\"Infinity\"", "Infinity")]
    public void A_threshold_that_is_no_finite_number_is_refused(string threshold, string shown)
    {
        string json = new ModelZip(_detector).ReadText(ModelZip.Description);
        int start = json.IndexOf("\"threshold\": ", StringComparison.Ordinal) + "\"threshold\": ".Length;
        string edited = string.Concat(json.AsSpan(0, start), threshold, json.AsSpan(json.IndexOf(',', start)));
        RequireRefusal(new ModelZip(_detector).Forge(ModelZip.Description, edited),
            $"The autoencoder in the model file cannot be read. detection.threshold is {shown}; it must be a finite " +
            "number.");
    }

    [Test]
    public void A_variational_detector_without_draws_is_refused() =>
        RequireRefusal(Edited(_variational, "\"draws\": 16", "\"draws\": 0"),
            "The autoencoder in the model file cannot be read. detection.draws is 0; it must be above 0, for codes " +
            "that are random variables.");

    [Test]
    public void A_detector_needs_no_column_of_codes_and_a_stage_does()
    {
        using var loaded = (AutoencoderAnomalyTransformer)ModelZip.Load(_ml,
            Edited(_detector, "\"code\": \"Code\"", "\"code\": null").ToBytes());
        Assert.That(loaded.CodeColumnName, Is.Null);
        RequireRefusal(Edited(_stage, "\"code\": \"Code\"", "\"code\": null"),
            "The autoencoder in the model file cannot be read. columns.code is null; a stage that encodes needs a " +
            "column for codes.");
    }

    [TestCase(ModelZip.Description)]
    [TestCase(ModelZip.Weights)]
    public void A_flipped_bit_is_seen_and_the_stream_named(string stream)
    {
        byte[] flipped = [.. new ModelZip(_detector).Read(stream)];
        flipped[flipped.Length / 2] ^= 4;
        RequireRefusal(new ModelZip(_detector).Replace(stream, flipped),
            $"The autoencoder in the model file cannot be read. '{stream}' is damaged: its SHA-256 is not the one " +
            "that was saved with it.");
    }

    [Test]
    public void What_is_saved_twice_is_the_same()
    {
        using var loaded = (AutoencoderAnomalyTransformer)ModelZip.Load(_ml, _variational);
        var again = new ModelZip(ModelZip.Save(_ml, loaded, Rows.View(_ml, 1).Schema));
        Assert.That(again.ReadText(ModelZip.Description),
            Is.EqualTo(new ModelZip(_variational).ReadText(ModelZip.Description)));
        Assert.That(again.Read(ModelZip.Weights), Is.EqualTo(new ModelZip(_variational).Read(ModelZip.Weights)));
    }

    /// <summary>The model that <paramref name="host"/> says to be there, with what the other one holds.</summary>
    private static ModelZip With(byte[] host, byte[] other)
    {
        var source = new ModelZip(other);
        return new ModelZip(host)
            .Forge(ModelZip.Description, source.Read(ModelZip.Description))
            .Forge(ModelZip.Weights, source.Read(ModelZip.Weights));
    }

    private static ModelZip Edited(byte[] model, string original, string edited)
    {
        string json = new ModelZip(model).ReadText(ModelZip.Description);
        Assert.That(json, Does.Contain(original));
        return new ModelZip(model).Forge(ModelZip.Description,
            json.Replace(original, edited, StringComparison.Ordinal));
    }

    private void RequireRefusal(ModelZip zip, string message) =>
        Assert.That(FailureOf(zip).Message, Is.EqualTo(message));

    /// <summary>ML.NET wraps what a component's loader throws in two exceptions of its own.</summary>
    private FormatException FailureOf(ModelZip zip)
    {
        byte[] bytes = zip.ToBytes();
        var wrapped = Assert.Throws<InvalidOperationException>(() => ModelZip.Load(_ml, bytes));
        Assert.That(wrapped.InnerException?.InnerException, Is.TypeOf<FormatException>());
        return (FormatException)wrapped.InnerException!.InnerException!;
    }
}
