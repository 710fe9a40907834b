using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Docs;

/// <content>Examples of the page on tokens.</content>
public partial class Snippets
{
    [Test]
    public void Texts_become_sequences_of_one_length()
    {
        IDataView sentences = ml.Data.LoadFromEnumerable(
            new[] { "the dog sees the cat", "a cat", "the cat and the dog see the other cat" }
                .Select(text => new Spoken { Text = text }));

        string shown = Printed(() =>
        {
            var words = ml.Transforms.Text.TokenizeIntoWords("Words", "Text")
                .Append(ml.Transforms.Conversion.MapValueToKey("Words"))
                .Append(ml.Transforms.PadKeys("Tokens", "Words", length: 6));
            IDataView tokens = words.Fit(sentences).Transform(sentences);

            foreach (uint[] row in tokens.GetColumn<uint[]>("Tokens"))
                Console.WriteLine(string.Join(' ', row));    // 1 2 3 1 4 0 for "the dog sees the cat"
        });

        Assert.That(shown.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0),
            Is.EqualTo(new[] { "1 2 3 1 4 0", "5 4 0 0 0 0", "1 4 6 1 2 7" }));
    }

    [Test]
    public void Rows_of_keys_are_reconstructed_drawn_and_scored()
    {
        IDataView sentences = ml.Data.LoadFromEnumerable(
            new[] { "the dog sees the cat", "a cat", "the cat and the dog see the other cat", "the other dog" }
                .Select(text => new Spoken { Text = text }));

        string shown = Printed(() =>
        {
            var pipeline = ml.Transforms.Text.TokenizeIntoWords("Words", "Text")
                .Append(ml.Transforms.Conversion.MapValueToKey("Words"))
                .Append(ml.Transforms.PadKeys("Tokens", "Words", length: 6))
                .Append(ml.Transforms.Autoencoders.Variational("Code", "Tokens", new()
                {
                    CodeSize = 8,
                    Network = Network.Dense(64),
                    ReconstructionColumnName = "Clean",
                    Training = new() { Epochs = 100, LearningRate = 5e-3f },
                }));
            using var model = pipeline.Fit(sentences);
            AutoencoderTokens tokens = model.GetAutoencoder("Code").Tokens;

            uint[] row = model.Transform(sentences).GetColumn<uint[]>("Tokens").First();
            Console.WriteLine(string.Join(' ', tokens.ToNames(tokens.Reconstruct(row))));

            uint[] other = model.Transform(sentences).GetColumn<uint[]>("Tokens").Last();
            IDataView data = ml.Data.TakeRows(model.Transform(sentences), 4);
            float[] code = tokens.Encode(row);
            uint[] likely = tokens.Decode(code);
            uint[] drawn = tokens.Decode(code, temperature: 0.7f, seed: 7);
            uint[][] invented = tokens.Sample(count: 16, seed: 7, temperature: 0.5f);
            uint[][] walk = tokens.Interpolate(code, tokens.Encode(other), steps: 8);
            IDataView view = tokens.AsDataView(walk);

            Assert.That(walk[0], Is.EqualTo(likely));
            Assert.That((drawn.Length, invented.Length), Is.EqualTo((6, 16)));
            Assert.That(view.GetColumn<uint[]>("Tokens"), Is.EqualTo(walk));

            using var detector = ml.AnomalyDetection.Trainers.Autoencoder("Tokens").Fit(data);
            float score = detector.ScoreKeys(row);

            Assert.That(score, Is.EqualTo(detector.Transform(data).GetColumn<float>("Score").First()));
        });

        Assert.That(shown.Trim().Split(' '), Has.Length.EqualTo(6));
    }

    [Test]
    public void Networks_of_keys_are_those_of_sequences()
    {
        Network words = Network.Dense(256);
        Network convolutions = Network.Temporal(filters: [64, 32], kernel: 3);
        Network feedback = Network.Recurrent([64], feedsBack: true, scheduledSampling: 0.5f);
        Network hierarchical = Network.Recurrent([64], feedsBack: true, segments: 2);

        IDataView rows = SmallTokens.View(ml, SmallTokens.Make(20));
        foreach (Network network in new[] { words, convolutions, feedback, hierarchical })
        {
            using AutoencoderTransformer model = ml.Transforms.Autoencoders.Plain("Code", "Tokens",
                new() { CodeSize = 2, Network = network, Training = new() { Epochs = 1 } }).Fit(rows);
            Assert.That(model.Tokens.Reconstruct(SmallTokens.Make(3)), Has.Length.EqualTo(3));
        }
    }

    private sealed class Spoken
    {
        public string Text { get; set; } = "";
    }
}
