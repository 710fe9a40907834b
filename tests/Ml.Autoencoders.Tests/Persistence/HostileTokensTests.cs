using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Persistence;

/// <summary>Files of models of keys whose digests are right and whose description says what cannot be.</summary>
internal sealed class HostileTokensTests
{
    private const string Likelihood = "model.objective.likelihood";
    private const string Tokens = "model.network.tokens";

    private readonly MLContext _ml = new();
    private byte[] _saved = [];

    [OneTimeSetUp]
    public void Save()
    {
        IDataView rows = SmallTokens.View(_ml, SmallTokens.Make(20));
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Plain("Code", "Tokens",
            new() { CodeSize = 3, Network = Small.Network, Training = Small.Training(1) }).Fit(rows);
        _saved = ModelZip.Save(_ml, model, rows.Schema);
    }

    [TestCase(Likelihood + ".steps", "0", "model.objective.likelihood.steps is 0; it must be at least 1.")]
    [TestCase(Likelihood + ".steps", "-6", "model.objective.likelihood.steps is -6; it must be at least 1.")]
    [TestCase(Likelihood + ".steps", "5",
        "model.objective.likelihood is one of 5 keys of 5; the network's rows are 6 keys of 5.")]
    [TestCase(Likelihood + ".steps", "2147483647",
        "model.objective.likelihood.steps is 2147483647, of 5 classes; steps times classes, and one class " +
        "more, can be at most 536,870,897.")]
    [TestCase(Likelihood + ".classes", "0", "model.objective.likelihood.classes is 0; it must be at least 1.")]
    [TestCase(Likelihood + ".classes", "-1", "model.objective.likelihood.classes is -1; it must be at least 1.")]
    [TestCase(Likelihood + ".classes", "2147483647",
        "model.objective.likelihood.classes is 2147483647; it must be at most 16777215.")]
    [TestCase(Likelihood + ".classes", "16777215",
        "model.objective.likelihood is one of 6 keys of 16777215; the network's rows are 6 keys of 5.")]
    [TestCase(Likelihood + ".classes", "4",
        "model.objective.likelihood is one of 6 keys of 4; the network's rows are 6 keys of 5.")]
    [TestCase(Likelihood, """{"likelihood":"gaussian"}""",
        "model.objective.likelihood is one of numbers; the network's rows are 6 keys of 5.")]
    [TestCase(Tokens + ".steps", "0", "model.network.tokens.steps is 0; it must be at least 1.")]
    [TestCase(Tokens + ".steps", "5", "model.network.tokens.steps is 5; the encoder takes 6 numbers per row.")]
    [TestCase(Tokens + ".steps", "2147483647",
        "model.network.tokens.steps is 2147483647, of 5 classes; steps times classes, and one class more, " +
        "can be at most 536,870,897.")]
    [TestCase(Tokens + ".classes", "-5", "model.network.tokens.classes is -5; it must be at least 1.")]
    [TestCase(Tokens + ".classes", "6",
        "model.network.tokens.classes is 6; for 6 steps of these the decoder must give 36 numbers, and it " +
        "gives 30.")]
    [TestCase(Tokens + ".classes", "2147483647",
        "model.network.tokens.classes is 2147483647; it must be at most 16777215.")]
    [TestCase(Tokens, "null", "model.objective.likelihood is one of 6 keys of 5; the network's rows are numbers.")]
    [TestCase(Tokens, null, "model.objective.likelihood is one of 6 keys of 5; the network's rows are numbers.")]
    [TestCase("model.keyNames", "[]", "model.keyNames are 0 names; the rows are 6 keys of 5.")]
    [TestCase("model.keyNames[4]", null, "model.keyNames are 4 names; the rows are 6 keys of 5.")]
    [TestCase("model.keyNames[2]", "null", "model.keyNames[2]: the list holds null where a name must be.")]
    [TestCase("model.scaling", "\"standardize\"",
        "model.network.tokens are 6 keys of 5, with the scaling Standardize; rows of keys have none.")]
    [TestCase("model.corruption", """{"corruption":"gaussian","standardDeviation":1,"mean":0}""",
        "model.network.tokens are 6 keys of 5, with the corruption GaussianNoise(1, 0); rows of keys have " +
        "none.")]
    [TestCase("model.network.encoder.layers[0].classes", "4",
        "model.network.tokens.classes is 5; the encoder begins with Tokens(6 steps, 4 classes).")]
    [TestCase("model.network.encoder.layers[0].classes", "-1",
        "model.network.encoder.layers[0].classes is -1; it must be at least 1.")]
    [TestCase("model.network.encoder.layers[0].steps", "5",
        "model.network.encoder.layers[0]: Tokens(5 steps, 5 classes) takes a vector of 5 numbers per row, " +
        "and gets 6.")]
    public void What_cannot_be_is_refused_with_its_place(string path, string? value, string message)
    {
        byte[] bytes = DescriptionEdit.Edited(_saved, path, value).ToBytes();
        long tensors = LiveTensors.Now;

        var wrapped = Assert.Throws<InvalidOperationException>(() => ModelZip.Load(_ml, bytes));

        Assert.That(wrapped.InnerException!.InnerException, Is.TypeOf<FormatException>()
            .With.Message.EqualTo($"The autoencoder in the model file cannot be read. {message}"));
        Assert.That(LiveTensors.Now, Is.EqualTo(tensors));
    }

    [Test]
    public void Keys_may_have_no_names()
    {
        using var loaded = (AutoencoderTransformer)ModelZip.Load(_ml,
            DescriptionEdit.Edited(_saved, "model.keyNames", null).ToBytes());
        Assert.That(loaded.Tokens.Names, Is.EqualTo(new[] { "1", "2", "3", "4", "5" }));
    }
}
