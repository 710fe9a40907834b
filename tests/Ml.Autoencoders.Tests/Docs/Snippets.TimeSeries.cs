using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Docs;

/// <content>Examples of the page on time series.</content>
public partial class Snippets
{
    [Test]
    public void Sequences_are_encoded_over_time()
    {
        var random = new Random(1);
        Window60[] readings = [.. Enumerable.Range(0, 20).Select(_ =>
            new Window60 { Window = [.. Enumerable.Range(0, 480).Select(_ => random.NextSingle())] })];

        IDataView windows = ml.Data.LoadFromEnumerable(readings);    // Window: [VectorType(60, 8)] float[]

        using AutoencoderTransformer series = ml.Transforms.Autoencoders.Plain("Code", "Window", new()
        {
            CodeSize = 8,
            Network = Network.Temporal(filters: [32, 16], kernel: 7),
            ReconstructionColumnName = "Clean",
        }).Fit(windows);

        Assert.That(series.Transform(windows).Schema["Clean"].Type,
            Is.EqualTo(new VectorDataViewType(NumberDataViewType.Single, 60, 8)));
        string page = File.ReadAllText(Repository.PathOf("docs/time-series.md"));
        Assert.That(page, Does.Contain(series.Summary.ToString().ReplaceLineEndings("\n")));
    }

    [Test]
    public void Plain_vectors_of_sequences_are_described_by_an_option()
    {
        var options = new PlainOptions
        {
            Sequence = new SequenceFormat(steps: 60, channels: 8),
            Network = Network.Temporal(),
        };
        Network deeper = Network.Compose(layers => layers
            .Sequence(steps: 60, channels: 8)
            .PerStep(step => step.Linear(32).Gelu())
            .Residual(inner => inner.Convolution(32, kernel: 5, stride: 1, padding: 2).Gelu())
            .Convolution(16, kernel: 7, stride: 2, padding: 3).Gelu());

        IDataView windows = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20)
            .Select(i => new FlatWindow { Window = [.. Enumerable.Repeat(i / 20f, 480)] }));
        foreach (PlainOptions each in new[] { options, new PlainOptions { Network = deeper } })
        {
            using AutoencoderTransformer model = ml.Transforms.Autoencoders.Plain("Code", "Window",
                each with { Training = new() { Epochs = 1 } }).Fit(windows);
            Assert.That(model.Reconstruct(new float[480]), Has.Length.EqualTo(480));
        }
    }

    [Test]
    public void Recurrent_networks_take_sequences()
    {
        Network dilated = Network.Temporal(filters: [16, 16, 16, 16], kernel: 3, dilated: true);    // 30 steps back
        Network recurrent = Network.Recurrent(units: [64, 32], cell: RecurrentCell.Gru, bidirectional: true);
        Network feedingBack = Network.Recurrent(units: [32], feedsBack: true, droppedInputs: 0.5f);
        Network sampled = Network.Recurrent(units: [32], feedsBack: true, scheduledSampling: 0.5f);
        Network hierarchical = Network.Recurrent(units: [32], segments: 4);    // 15 of 60 steps each
        var sequenceToSequence = new PlainOptions
        {
            CodeSize = 32,
            Network = Network.Compose(
                encoder => encoder.Sequence(steps: 60, channels: 8).Recurrent(32, lastState: true),
                decoder => decoder.Unfold(steps: 60, units: 8)),
        };

        IDataView windows = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20)
            .Select(i => new Window60 { Window = [.. Enumerable.Repeat(i / 20f, 480)] }));
        string page = File.ReadAllText(Repository.PathOf("docs/time-series.md"));
        foreach (PlainOptions each in new[] { dilated, recurrent, feedingBack, sampled, hierarchical }
            .Select(network => new PlainOptions { CodeSize = 8, Network = network }).Append(sequenceToSequence))
        {
            using AutoencoderTransformer model = ml.Transforms.Autoencoders.Plain("Code", "Window",
                each with { Training = new() { Epochs = 1 } }).Fit(windows);
            Assert.That(model.Reconstruct(new float[480]), Has.Length.EqualTo(480));
            if (each.Network == recurrent || each.Network == hierarchical)
                Assert.That(page, Does.Contain(model.Summary.ToString().ReplaceLineEndings("\n")));
            if (each == sequenceToSequence)
            {
                Assert.That(model.Summary.Layers.Select(layer => layer.Layer), Is.EqualTo(new[]
                {
                    "Reshape(8 x 60)", "Lstm(32, last state)", "Unfold(60 steps, Lstm(8))", "Flatten",
                }));
            }
        }
    }

    [Test]
    public void Codes_of_windows_are_features()
    {
        var ml = new MLContext(1);
        var codes = ml.Transforms.Autoencoders.Variational("Features", "Window", new()
        {
            CodeSize = 16,
            Network = Network.Temporal(filters: [32, 64, 64]),
            Training = new() { LearningRate = 3e-3f, Schedule = LearningRateSchedule.Cosine() },
        });

        IDataView windows = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20)
            .Select(i => new Window60 { Window = [.. Enumerable.Repeat(i / 20f, 480)] }));
        using AutoencoderTransformer model = codes.Fit(windows);
        Assert.That(model.Encode(new float[480]), Has.Length.EqualTo(16));
    }

    private sealed class Window60
    {
        [VectorType(60, 8)]
        public float[] Window { get; set; } = [];
    }

    private sealed class FlatWindow
    {
        [VectorType(480)]
        public float[] Window { get; set; } = [];
    }
}
