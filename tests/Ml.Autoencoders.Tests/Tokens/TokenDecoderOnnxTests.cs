using Microsoft.ML;

namespace Ml.Autoencoders.Tests.Tokens;

/// <summary>The decoder of keys in ONNX Runtime.</summary>
internal sealed class TokenDecoderOnnxTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Test]
    public void The_decoder_gives_keys_and_their_probabilities([Values(0, 1, 2, 3)] int net)
    {
        using AutoencoderTransformer model = Fit(net);
        using var folder = new TemporaryFolder();
        model.SaveOnnx(folder.File("decoder.onnx"), OnnxPart.Decoder);
        OnnxChecker.RequireValid(folder.File("decoder.onnx"));
        using var session = new OnnxSession(folder.File("decoder.onnx"));
        float[][] codes = model.Tokens.Encode(SmallTokens.Make(60, seed: 3));
        Dictionary<string, float[][]> found = session.Run("Code", codes);
        uint[][] keys = model.Tokens.Decode(codes);
        Assert.That(found.Keys, Is.EquivalentTo(new[] { "Clean", "CleanProbabilities" }));
        Assert.That(found["Clean"].Select(row => row.Select(key => (uint)key)), Is.EqualTo(keys));
        for (int row = 0; row < keys.Length; row++)
        {
            float[][] steps = [.. found["CleanProbabilities"][row].Chunk(SmallTokens.Classes)];
            Assert.That(steps, Has.Length.EqualTo(SmallTokens.Steps));
            for (int step = 0; step < steps.Length; step++)
            {
                Assert.That(steps[step].Sum(), Is.EqualTo(1).Within(1e-5));
                Assert.That(steps[step][keys[row][step] - 1], Is.EqualTo(steps[step].Max()));
            }
        }
    }

    /// <summary>The shares of keys that are drawn are the probabilities.</summary>
    [Test]
    public void Probabilities_are_those_that_keys_are_drawn_with()
    {
        using AutoencoderTransformer model = Fit(0);
        using var folder = new TemporaryFolder();
        model.SaveOnnx(folder.File("decoder.onnx"), OnnxPart.Decoder);
        using var session = new OnnxSession(folder.File("decoder.onnx"));
        float[] code = model.Tokens.Encode(SmallTokens.Make(1)[0]);
        float[] probabilities = session.Run("Code", [code])["CleanProbabilities"][0];
        uint[][] drawn = model.Tokens.Decode([.. Enumerable.Repeat(code, 20_000)], temperature: 1, seed: 1);
        for (int step = 0; step < SmallTokens.Steps; step++)
        {
            for (int key = 0; key < SmallTokens.Classes; key++)
                Assert.That(drawn.Count(row => row[step] == key + 1) / 20_000.0,
                    Is.EqualTo(probabilities[step * SmallTokens.Classes + key]).Within(0.015));
        }
    }

    private AutoencoderTransformer Fit(int net) => _ml.Transforms.Autoencoders.Plain("Code", "Tokens", new()
    {
        CodeSize = 3,
        Network = net switch
        {
            0 => Small.Network,
            1 => Network.Temporal([4], kernel: 3),
            2 => Network.Recurrent([5], feedsBack: true),
            _ => Network.Recurrent([5], segments: 2),
        },
        ReconstructionColumnName = "Clean",
        Training = Small.Training(4),
    }).Fit(SmallTokens.View(_ml, SmallTokens.Make(80)));
}
