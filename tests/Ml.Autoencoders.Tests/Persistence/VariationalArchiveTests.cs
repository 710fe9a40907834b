using System.Text.RegularExpressions;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Persistence;

/// <summary>A variational autoencoder's file that was altered by somebody who knows its format.</summary>
internal sealed class VariationalArchiveTests
{
    private static readonly Regex Bottleneck = new("\"bottleneck\": \"gaussian\",\\s*\"logVariance\": \\{[^}]*\\}");

    private readonly MLContext _ml = new();
    private byte[] _saved = [];

    [OneTimeSetUp]
    public void Save()
    {
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Variational("Code", "Features", new()
        {
            CodeSize = Stage.CodeSize,
            Network = Small.Network,
            Training = Small.Training(),
            Warmup = KlWarmup.Cyclical(),
            FreeBits = 0.1f,
            ConditionColumnName = "Kind",
            SampleColumnName = "Draw",
        }).Fit(LabeledRows.View(_ml, 20));
        _saved = ModelZip.Save(_ml, model, LabeledRows.View(_ml, 1).Schema);
    }

    [Test]
    public void Everything_in_the_description_survives_saving_twice()
    {
        using var loaded = (AutoencoderTransformer)ModelZip.Load(_ml, _saved);
        var again = new ModelZip(ModelZip.Save(_ml, loaded, LabeledRows.View(_ml, 1).Schema));
        Assert.That(again.ReadText(ModelZip.Description),
            Is.EqualTo(new ModelZip(_saved).ReadText(ModelZip.Description)));
        Assert.That(again.Read(ModelZip.Weights), Is.EqualTo(new ModelZip(_saved).Read(ModelZip.Weights)));
    }

    [Test]
    public void A_code_of_another_kind_is_refused()
    {
        var zip = new ModelZip(_saved);
        string edited = Bottleneck.Replace(zip.ReadText(ModelZip.Description),
            "\"bottleneck\": \"deterministic\", \"rectified\": false");
        RequireRefusal(zip.Forge(ModelZip.Description, edited),
            "model.network.encoder gives 6 numbers; for codes of 3, which the decoder takes, it must give 3.");
    }

    [Test]
    public void A_description_without_bounds_of_the_log_variance_has_none()
    {
        var zip = new ModelZip(_saved);
        string edited = Bottleneck.Replace(zip.ReadText(ModelZip.Description), "\"bottleneck\": \"gaussian\"")
            .Replace("\"version\": 7", "\"version\": 1", StringComparison.Ordinal);
        byte[] old = zip.Forge(ModelZip.Description, edited).ToBytes();
        using var bounded = (AutoencoderTransformer)ModelZip.Load(_ml, _saved);
        using var free = (AutoencoderTransformer)ModelZip.Load(_ml, old);
        IDataView near = LabeledRows.View(_ml, 20, seed: 9);
        Assert.That(Bits.OfVectors(free.Transform(near), "Draw"),
            Is.EqualTo(Bits.OfVectors(bounded.Transform(near), "Draw")));

        LabeledRow[] rows = LabeledRows.Make(20, seed: 9);
        foreach (LabeledRow row in rows)
            row.Features = [.. row.Features.Select(number => 1e5f * number)];
        IDataView far = LabeledRows.View(_ml, rows);
        Assert.That(free.Transform(far).GetColumn<float[]>("Draw").SelectMany(draw => draw),
            Has.Some.Matches<float>(float.IsInfinity));
        Assert.That(bounded.Transform(far).GetColumn<float[]>("Draw").SelectMany(draw => draw),
            Has.All.Matches<float>(float.IsFinite));
        Assert.That(new ModelZip(ModelZip.Save(_ml, free, LabeledRows.View(_ml, 1).Schema))
            .ReadText(ModelZip.Description),
            Does.Contain("\"logVariance\": null"));
    }

    [Test]
    public void A_normal_code_whose_objective_needs_none_is_refused_with_its_superfluous_tensor()
    {
        // Such a model could be computed with; its weights are not those that it would have been saved with.
        string json = new ModelZip(_saved).ReadText(ModelZip.Description);
        int start = json.IndexOf("\"objective\": {", StringComparison.Ordinal);
        int end = json.IndexOf("\"corruption\"", start, StringComparison.Ordinal);
        string edited = string.Concat(json.AsSpan(0, start),
            "\"objective\": { \"objective\": \"reconstruction\", \"likelihood\": { \"likelihood\": \"gaussian\", " +
            "\"variance\": 1 }, \"sparsityWeight\": 0 },\n",
            json.AsSpan(end));
        RequireRefusal(new ModelZip(_saved).Forge(ModelZip.Description, edited),
            "The weights hold a tensor 'likelihood.variance' that the network does not have.");
    }

    [TestCase("\"dark\",", "", 2)]
    [TestCase("\"dark\",", "\"dark\", \"pale\",", 4)]
    public void Another_number_of_labels_is_refused(string original, string edited, int labels) =>
        RequireRefusal(Edited(original, edited), $"model.condition.rows are of 3 labels; there are {labels}.");

    [TestCase(2)]
    [TestCase(0)]
    public void A_network_for_another_number_of_labels_is_refused(int labels) =>
        RequireRefusal(Edited("\"conditionSize\": 3", $"\"conditionSize\": {labels}"),
        $"model.network.conditionSize is {labels}; the condition has 3 labels.");

    [Test]
    public void Counts_of_rows_for_another_number_of_labels_are_refused()
    {
        string json = new ModelZip(_saved).ReadText(ModelZip.Description);
        int start = json.IndexOf('[', json.IndexOf("\"rows\"", StringComparison.Ordinal));
        RequireRefusal(new ModelZip(_saved).Forge(ModelZip.Description, json.Insert(start + 1, "7, ")),
            "model.condition.rows are of 4 labels; there are 3.");
    }

    [TestCase("\"likelihood\": \"learnedGaussian\"", "\"likelihood\": \"cauchy\"", "cauchy")]
    [TestCase("\"warmup\": \"cyclical\"", "\"warmup\": \"sudden\"", "sudden")]
    [TestCase("\"freeBits\": 0.1", "\"freeBits\": \"some\"", "freeBits")]
    [TestCase("\"freeBits\": 0.1", "\"freeBits\": 0.1, \"color\": 3", "color")]
    public void Parts_of_another_form_are_refused_with_the_place(string original, string edited, string named) =>
        Assert.That(FailureOf(Edited(original, edited)).Message, Does.StartWith(
            "The autoencoder in the model file cannot be read. The model's description cannot be read: ")
                .And.Contain(named));

    [Test]
    public void A_learned_variance_that_is_missing_is_named()
    {
        var zip = new ModelZip(_saved);
        byte[] weights = zip.Read(ModelZip.Weights);
        int length = (int)BitConverter.ToInt64(weights);
        string header = System.Text.Encoding.UTF8.GetString(weights, 8, length)
            .Replace("likelihood.variance", "likelihood.varianze", StringComparison.Ordinal);
        zip.Forge(ModelZip.Weights,
            [.. weights.AsSpan(0, 8), .. System.Text.Encoding.UTF8.GetBytes(header), .. weights.AsSpan(8 + length)]);
        RequireRefusal(zip, "The weights have no tensor 'likelihood.variance'.");
    }

    private ModelZip Edited(string original, string edited)
    {
        var zip = new ModelZip(_saved);
        string json = zip.ReadText(ModelZip.Description);
        Assert.That(json, Does.Contain(original));
        return zip.Forge(ModelZip.Description, json.Replace(original, edited, StringComparison.Ordinal));
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
