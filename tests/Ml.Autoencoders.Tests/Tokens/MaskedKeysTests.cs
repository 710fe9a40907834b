using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Tokens;

/// <summary>Keys that are hidden from the encoder.</summary>
internal sealed class MaskedKeysTests
{
    /// <summary>Two keys of a row tell how it goes on, so that the others can be filled; by chance one in five is
    /// right.</summary>
    [Test]
    public void A_model_that_learned_with_hidden_keys_fills_those_that_are_missing()
    {
        var ml = new MLContext(seed: 1);
        using AutoencoderTransformer model = ml.Transforms.Autoencoders.Denoising("Code", "Tokens", new()
        {
            CodeSize = 8,
            Network = Network.Dense(64),
            Corruption = Corruption.Masking(0.4f),
            Training = new() { Epochs = 60, BatchSize = 32, Seed = 1, LearningRate = 5e-3f },
        }).Fit(SmallTokens.View(ml, SmallTokens.Make(400)));
        uint[][] rows = SmallTokens.Make(200, seed: 5);
        uint[][] gaps = [.. rows.Select((row, i) =>
            row.Select((key, step) => (step + i) % 3 == 0 ? 0 : key).ToArray())];
        uint[][] filled = model.Tokens.Reconstruct(gaps);
        double right = Enumerable.Range(0, rows.Length).SelectMany(i => Enumerable.Range(0, SmallTokens.Steps)
            .Where(step => gaps[i][step] == 0).Select(step => filled[i][step] == rows[i][step]))
            .Average(isRight => isRight ? 1.0 : 0);
        TestContext.Out.WriteLine(FormattableString.Invariant($"hidden keys that are right: {right:P1}"));
        Assert.That(right, Is.GreaterThan(0.9));
    }
}
