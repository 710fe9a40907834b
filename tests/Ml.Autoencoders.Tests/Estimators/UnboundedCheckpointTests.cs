using System.Text.Json.Nodes;
using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>Checkpoints of the first version, before there were bounds of log-variances: the fit is completed as it was
/// begun.</summary>
internal sealed class UnboundedCheckpointTests
{
    private readonly MLContext _ml = new(seed: 1);
    private TemporaryFolder _folder = null!;

    private string File => _folder.File("checkpoint.zip");

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    /// <summary>All log-variances of these rows are within the bounds, where both kinds compute the same.</summary>
    [Test]
    public void A_fit_without_bounds_is_completed_without_them_to_the_same_weights()
    {
        using AutoencoderTransformer bounded =
            Make(new() { Epochs = 3, BatchSize = 16, Seed = 7 }).Fit(Rows.View(_ml, 40));
        Interrupt();
        var zip = new CheckpointZip(File);
        Assert.That(zip.Description["fit"]!["model"]!["bottleneck"]!.AsObject().Remove("logVariance"), Is.True);
        zip.Description["version"] = 1;
        zip.Write(File);

        using AutoencoderTransformer resumed = Resume();
        Assert.That(BottleneckOf(bounded)["logVariance"]!["greatest"]!.GetValue<float>(), Is.EqualTo(8));
        Assert.That(BottleneckOf(resumed)["logVariance"], Is.Null);
        Assert.That(WeightsOf(resumed), Is.EqualTo(WeightsOf(bounded)));
        Assert.That(resumed.History, Has.Count.EqualTo(3));
    }

    [Test]
    public void So_it_is_where_the_checkpoints_of_the_completed_fit_are_resumed_in_turn()
    {
        Interrupt();
        var zip = new CheckpointZip(File);
        zip.Description["fit"]!["model"]!["bottleneck"]!.AsObject().Remove("logVariance");
        zip.Description["version"] = 1;
        zip.Write(File);
        Resume(writes: true).Dispose();
        Assert.That(new CheckpointZip(File).Description["version"]!.GetValue<int>(), Is.EqualTo(5));
        using AutoencoderTransformer again = Resume();
        Assert.That(BottleneckOf(again)["logVariance"], Is.Null);
    }

    [Test]
    public void Bounds_that_are_others_are_a_difference()
    {
        Interrupt();
        var zip = new CheckpointZip(File);
        zip.Description["fit"]!["model"]!["bottleneck"]!["logVariance"]!["greatest"] = 9;
        zip.Write(File);
        Assert.That(() => Resume(), Throws.InvalidOperationException.With.Message.StartsWith(
            $"The checkpoint '{File}' is from another fit: model.bottleneck.logVariance.greatest is 8 here and 9 " +
            "there."));
    }

    private AutoencoderEstimator Make(TrainingOptions training) => _ml.Transforms.Autoencoders.Variational(
        "Code", "Features", new() { CodeSize = Stage.CodeSize, Network = Small.Network, Training = training });

    /// <summary>After the second of three epochs.</summary>
    private void Interrupt() => Assert.That(() => Make(new()
    {
        Epochs = 3,
        BatchSize = 16,
        Seed = 7,
        Checkpoint = new(_folder.Path, every: TimeSpan.FromTicks(1)),
        OnEpoch = epoch => _ = epoch.Epoch == 2 ? throw new TimeoutException() : 0,
    }).Fit(Rows.View(_ml, 40)), Throws.TypeOf<TimeoutException>());

    private AutoencoderTransformer Resume(bool writes = false) => Make(new()
    {
        Epochs = 3,
        BatchSize = 16,
        Seed = 7,
        Checkpoint = writes ? new(_folder.Path) : null,
        ResumeFrom = _folder.Path,
    }).Fit(Rows.View(_ml, 40));

    private JsonNode BottleneckOf(AutoencoderTransformer model) =>
        JsonNode.Parse(Saved(model).Read(ModelZip.Description))!["model"]!["bottleneck"]!;

    private byte[] WeightsOf(AutoencoderTransformer model) => Saved(model).Read(ModelZip.Weights);

    private ModelZip Saved(AutoencoderTransformer model) => new(ModelZip.Save(_ml, model, Rows.View(_ml, 1).Schema));
}
