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
