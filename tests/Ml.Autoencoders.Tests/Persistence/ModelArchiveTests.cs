using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Persistence;

/// <summary>
/// What a model file holds, and what is said of one that was altered by somebody who knows its format.
/// </summary>
internal sealed class ModelArchiveTests
{
    private readonly MLContext _ml = new();
    private byte[] _saved = [];

    [OneTimeSetUp]
    public void Save()
    {
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Denoising("Code", "Features", new()
        {
            CodeSize = Stage.CodeSize,
            Network = Network.Compose(layers => layers.Reshape(1, 3, 4).Convolution(2).Relu()),
            Training = new()
            {
                Epochs = 2,
                Seed = 7,
                Schedule = LearningRateSchedule.Cosine(),
                EarlyStopping = new(2, 0.5),
                GradientClipNorm = 1,
                Threads = 1,
            },
        }).Fit(Rows.View(_ml, 20));
        _saved = ModelZip.Save(_ml, model, Rows.View(_ml, 1).Schema);
    }

    [Test]
    public void The_description_names_no_type_of_the_runtime() =>
        Assert.That(new ModelZip(_saved).ReadText(ModelZip.Description),
            Does.Not.Contain("Autoencoders").And.Not.Contain("System").And.Not.Contain("$type")
                .And.Not.Contain("PublicKeyToken"));

    [Test]
    public void Everything_in_the_description_survives_saving_twice()
    {
        using var loaded = (AutoencoderTransformer)ModelZip.Load(_ml, _saved);
        var again = new ModelZip(ModelZip.Save(_ml, loaded, Rows.View(_ml, 1).Schema));
        var first = new ModelZip(_saved);
        Assert.That(again.ReadText(ModelZip.Description), Is.EqualTo(first.ReadText(ModelZip.Description)));
        Assert.That(again.Read(ModelZip.Weights), Is.EqualTo(first.Read(ModelZip.Weights)));
    }

    [Test]
    public void A_validation_loss_beyond_all_numbers_can_be_saved()
    {
        Row[] far = Rows.Make(5);
        far[2].Features[1] = 3e38f;
        using AutoencoderTransformer model = Stage.Make(_ml).Fit(Rows.View(_ml, 20), _ml.Data.LoadFromEnumerable(far));
        using var loaded = (AutoencoderTransformer)ModelZip.Load(_ml,
            ModelZip.Save(_ml, model, Rows.View(_ml, 1).Schema));
        Assert.That(loaded.History.Select(epoch => epoch.Validation!.Total),
            Is.EqualTo(new[] { double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity }));
    }

    [Test]
    public void A_newer_version_is_refused() =>
        RequireRefusal(Edited("\"version\": 7", "\"version\": 8"),
            "The model's description has version 8; this library reads up to 7.");

    /// <summary>What a newer library writes is unknown to this one in more than its version.</summary>
    [TestCase("\"layer\": \"convolution\"", "\"layer\": \"attention\"")]
    [TestCase("\"stride\": 2", "\"stride\": 2, \"dilation\": 3")]
    [TestCase("\"stride\": 2", "\"stride\": [2, 2]")]
    [TestCase("\"version\": 8,", "\"library\": {\"version\": 1}, \"version\": 8,")]
    public void A_newer_version_is_refused_before_anything_unknown_is(string original, string edited)
    {
        ModelZip newer = Edited("\"version\": 7", "\"version\": 8");
        newer.Forge(ModelZip.Description, ReplaceFirst(newer.ReadText(ModelZip.Description), original, edited));
        RequireRefusal(newer, "The model's description has version 8; this library reads up to 7.");
    }

    [Test]
    public void A_version_below_the_first_is_refused() =>
        RequireRefusal(Edited("\"version\": 7", "\"version\": 0"),
            "The model's description has version 0; this library reads up to 7.");

    [TestCase("\"layer\": \"convolution\"", "\"layer\": \"quantum\"", "quantum")]
    [TestCase("\"layer\": \"convolution\"", "\"layer\": \"System.Diagnostics.Process\"", "System.Diagnostics.Process")]
    [TestCase("\"objective\": \"reconstruction\"", "\"objective\": \"happiness\"", "happiness")]
    [TestCase("\"stride\": 2", "\"stride\": 2, \"color\": 3", "color")]
    [TestCase("\"stride\": 2", "\"stride\": 2, \"stride\": 3", "stride")]
    [TestCase("\"stride\": 2,", "", "stride")]
    [TestCase("\"function\": \"relu\"", "\"function\": \"rule\"", "$.model.network.encoder.layers[2].function")]
    [TestCase("\"function\": \"relu\"", "\"function\": 0", "$.model.network.encoder.layers[2].function")]
    [TestCase("{", "", "$")]
    public void A_description_of_another_form_is_refused_with_the_place(string original, string edited, string named) =>
        Assert.That(FailureOf(Edited(original, edited)).Message, Does.StartWith(
            "The autoencoder in the model file cannot be read. The model's description cannot be read: ")
                .And.Contain(named));

    [TestCase("\"stride\": 2", "\"stride\": 0")]
    [TestCase("\"stride\": 2", "\"stride\": -2")]
    [TestCase("\"kernel\": 3", "\"kernel\": 2147483647")]
    [TestCase("\"filters\": 2", "\"filters\": -2147483648")]
    [TestCase("\"filters\": 2", "\"filters\": 2147483647")]
    [TestCase("\"inputShape\": {", "\"inputShape\": null, \"else\": {")]
    public void A_network_that_cannot_be_is_refused(string original, string edited) =>
        Assert.That(FailureOf(Edited(original, edited)).Message,
            Does.StartWith("The autoencoder in the model file cannot be read. "));

    [Test]
    public void A_layer_that_is_null_is_refused()
    {
        string json = new ModelZip(_saved).ReadText(ModelZip.Description);
        int layers = json.IndexOf("\"layers\": [", StringComparison.Ordinal) + "\"layers\": [".Length;
        Assert.That(FailureOf(new ModelZip(_saved).Forge(ModelZip.Description, json.Insert(layers, "null,"))).Message,
            Is.EqualTo(
                "The autoencoder in the model file cannot be read. model.network.encoder.layers[0]: the list holds " +
                "null where a layer must be."));
    }

    [Test]
    public void Parts_that_do_not_fit_each_other_are_refused_before_the_weights_are_read()
    {
        // The last linear layer of the encoder gives the code: one of another size has weights of
        // its own, and fits nothing.
        string json = new ModelZip(_saved).ReadText(ModelZip.Description);
        int code = json.IndexOf("\"outputs\": 3", StringComparison.Ordinal);
        string edited = string.Concat(json.AsSpan(0, code), "\"outputs\": 5",
            json.AsSpan(code + "\"outputs\": 3".Length));
        RequireRefusal(new ModelZip(_saved).Forge(ModelZip.Description, edited),
            "model.network.encoder gives 5 numbers; for codes of 3, which the decoder takes, it must give 3.");
    }

    [Test]
    public void A_loss_that_needs_a_sigmoid_is_refused_without_one() =>
        RequireRefusal(Edited("\"likelihood\": \"gaussian\",\n        \"variance\": 1",
            "\"likelihood\": \"bernoulli\""),
            "model.objective.likelihood needs a decoder that ends in a sigmoid; the network's does not.");

    [Test]
    public void A_network_too_large_for_its_weights_is_refused_before_memory_is_taken()
    {
        ModelZip zip = Edited("\"filters\": 2", "\"filters\": 2000000000");
        long before = GC.GetAllocatedBytesForCurrentThread();
        long tensors = LiveTensors.Now;
        Assert.That(FailureOf(zip), Is.Not.InstanceOf<OutOfMemoryException>());
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(50_000_000));
        Assert.That(LiveTensors.Now, Is.EqualTo(tensors));
    }

    [TestCase(ModelZip.Description)]
    [TestCase(ModelZip.Weights)]
    public void A_stream_that_is_missing_is_named(string stream) =>
        RequireRefusal(new ModelZip(_saved).Remove(stream), $"'{stream}' is missing.");

    [TestCase("[2,1,3,3]", "[2,1,3,300000000000]", "which is not what its place")]
    [TestCase("[2,1,3,3]", "[9223372036854775807,2,3,9223372036854775807]", "is not the JSON of a safetensors file")]
    [TestCase("[2,1,3,3]", "[3,3,1,2]",
        "The weights' tensor 'encoder.1.weight' is [3, 3, 1, 2]; the network needs [2, 1, 3, 3].")]
    [TestCase("\"F32\"", "\"F64\"", "is of type F64; only F32 can be read.")]
    [TestCase("encoder.1.weight", "encoder.1.wight", "The weights have no tensor 'encoder.1.weight'.")]
    public void Weights_with_a_forged_header_are_refused_before_memory_is_taken(string original, string edited,
        string message)
    {
        var zip = new ModelZip(_saved);
        zip.Forge(ModelZip.Weights,
            WithHeader(zip.Read(ModelZip.Weights), header => ReplaceFirst(header, original, edited)));
        long before = GC.GetAllocatedBytesForCurrentThread();
        long tensors = LiveTensors.Now;
        Assert.That(FailureOf(zip).Message,
            Does.StartWith("The autoencoder in the model file cannot be read. The weights").And.Contain(message));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(50_000_000));
        Assert.That(LiveTensors.Now, Is.EqualTo(tensors));
    }

    [Test]
    public void Weights_whose_header_is_said_to_be_enormous_are_refused()
    {
        var zip = new ModelZip(_saved);
        byte[] weights = [.. zip.Read(ModelZip.Weights)];
        BitConverter.TryWriteBytes(weights, ulong.MaxValue / 2);
        Assert.That(FailureOf(zip.Forge(ModelZip.Weights, weights)).Message,
            Does.Contain("The weights' header is declared to be 9223372036854775807 bytes long"));
    }

    private ModelZip Edited(string original, string edited)
    {
        var zip = new ModelZip(_saved);
        return zip.Forge(ModelZip.Description, ReplaceFirst(zip.ReadText(ModelZip.Description), original, edited));
    }

    private static string ReplaceFirst(string text, string original, string edited)
    {
        int place = text.IndexOf(original, StringComparison.Ordinal);
        Assert.That(place, Is.Not.Negative, $"There is no {original} to edit.");
        return string.Concat(text.AsSpan(0, place), edited, text.AsSpan(place + original.Length));
    }

    private static byte[] WithHeader(byte[] weights, Func<string, string> edit)
    {
        int length = (int)BitConverter.ToInt64(weights);
        byte[] header =
            System.Text.Encoding.UTF8.GetBytes(edit(System.Text.Encoding.UTF8.GetString(weights, 8, length)));
        return [.. BitConverter.GetBytes((long)header.Length), .. header, .. weights.AsSpan(8 + length)];
    }

    private void RequireRefusal(ModelZip zip, string message) =>
        Assert.That(FailureOf(zip).Message, Is.EqualTo($"The autoencoder in the model file cannot be read. {message}"));

    /// <summary>ML.NET wraps what a component's loader throws in two exceptions of its own.</summary>
    private FormatException FailureOf(ModelZip zip)
    {
        byte[] bytes = zip.ToBytes();
        var wrapped = Assert.Throws<InvalidOperationException>(() => ModelZip.Load(_ml, bytes));
        Assert.That(wrapped.InnerException?.InnerException, Is.TypeOf<FormatException>());
        return (FormatException)wrapped.InnerException!.InnerException!;
    }
}
