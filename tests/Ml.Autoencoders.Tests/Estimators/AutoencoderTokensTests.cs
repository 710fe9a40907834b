using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests;

/// <summary>Keys outside of a pipeline.</summary>
internal sealed class AutoencoderTokensTests
{
    private readonly MLContext _ml = new(seed: 1);
    private AutoencoderTransformer _model = null!;

    private AutoencoderTokens Tokens => _model.Tokens;

    [OneTimeSetUp]
    public void Fit() => _model = _ml.Transforms.Autoencoders.Variational("Code", "Tokens", new()
    {
        CodeSize = 4,
        Network = Network.Dense(32),
        Beta = 0.1f,
        Training = new() { Epochs = 60, BatchSize = 32, Seed = 1, LearningRate = 5e-3f },
    }).Fit(SmallTokens.View(_ml, SmallTokens.Make(200)));

    [OneTimeTearDown]
    public void Free() => _model.Dispose();

    [Test]
    public void The_names_of_keys_are_at_hand()
    {
        Assert.That(_model.TakesKeys, Is.True);
        Assert.That(Tokens.Names, Is.EqualTo(SmallTokens.Names));
        Assert.That((Tokens.Steps, Tokens.Count), Is.EqualTo((SmallTokens.Steps, SmallTokens.Classes)));
        Assert.That(Tokens.ToNames([1, 0, 5]), Is.EqualTo(new[] { "do", null, "so" }));
    }

    [Test]
    public void Rows_are_learned_and_come_back()
    {
        uint[][] rows = SmallTokens.Make(50, seed: 7);
        uint[][] back = Tokens.Reconstruct(rows);
        Assert.That(rows.Zip(back).Average(pair => pair.First.Zip(pair.Second).Average(keys =>
            keys.First == keys.Second ? 1.0 : 0)), Is.GreaterThan(0.95));
        Assert.That(Tokens.Decode(Tokens.Encode(rows)), Is.EqualTo(back));
        Assert.That(Tokens.Reconstruct(rows[3]), Is.EqualTo(back[3]));
        IDataView view = SmallTokens.View(_ml, rows);
        Assert.That(_model.Reconstruct(view).GetColumn<uint[]>("Reconstruction"), Is.EqualTo(back));
        Assert.That(_model.Decode(_model.Encode(view)).GetColumn<uint[]>("Reconstruction"), Is.EqualTo(back));
        Assert.That(_model.Encode(view).GetColumn<float[]>("Code"), Is.EqualTo(Tokens.Encode(rows)));
    }

    [Test]
    public void Decoded_codes_have_the_names_of_the_keys()
    {
        IDataView decoded = _model.Decode(_model.Encode(SmallTokens.View(_ml, SmallTokens.Make(3))), "Decoded");
        VBuffer<ReadOnlyMemory<char>> names = default;
        decoded.Schema["Decoded"].GetKeyValues(ref names);
        Assert.That(names.DenseValues().Select(name => name.ToString()), Is.EqualTo(SmallTokens.Names));
    }

    [Test]
    public void Keys_that_are_drawn_have_the_shares_of_their_probabilities()
    {
        // The same code many times: at temperature 2 probabilities are those of half the log-odds.
        float[] code = [0.3f, -0.2f, 0.5f, 0.1f];
        const int Count = 20_000;
        uint[][] plain = Tokens.Decode([.. Enumerable.Repeat(code, Count)], temperature: 1, seed: 3);
        uint[][] hot = Tokens.Decode([.. Enumerable.Repeat(code, Count)], temperature: 2, seed: 4);
        for (int step = 0; step < SmallTokens.Steps; step++)
        {
            double[] shares = Shares(plain, step), roots = [.. shares.Select(Math.Sqrt)];
            double[] found = Shares(hot, step);
            for (int key = 0; key < shares.Length; key++)
                Assert.That(found[key], Is.EqualTo(roots[key] / roots.Sum()).Within(0.02), $"step {step}");
        }

        static double[] Shares(uint[][] rows, int step) => [.. Enumerable.Range(1, SmallTokens.Classes)
            .Select(key => rows.Count(row => row[step] == key) / (double)Count)];
    }

    [Test]
    public void The_same_seed_draws_the_same_keys_whichever_rows_are_beside()
    {
        float[][] codes = Tokens.Encode(SmallTokens.Make(300));
        uint[][] drawn = Tokens.Decode(codes, temperature: 3, seed: 5);
        Assert.That(Tokens.Decode(codes, temperature: 3, seed: 5), Is.EqualTo(drawn));
        Assert.That(Tokens.Decode([.. codes.Take(7)], temperature: 3, seed: 5), Is.EqualTo(drawn.Take(7)));
        Assert.That(Tokens.Decode(codes, temperature: 3, seed: 6), Is.Not.EqualTo(drawn));
        uint[][] once = Tokens.Decode(codes, temperature: 3);
        Assert.That(Tokens.Decode(codes, temperature: 3), Is.Not.EqualTo(once));
        Assert.That(Tokens.Decode(codes, temperature: 1e-4f, seed: 5), Is.EqualTo(Tokens.Decode(codes)));
        Assert.That(Tokens.Reconstruct(SmallTokens.Make(300), temperature: 3, seed: 5), Is.EqualTo(drawn));
    }

    [Test]
    public void New_rows_are_the_first_of_more()
    {
        uint[][] some = Tokens.Sample(40, seed: 2);
        Assert.That(Tokens.Sample(3, seed: 2), Is.EqualTo(some.Take(3)));
        Assert.That(some.SelectMany(row => row), Has.All.InRange(1u, (uint)SmallTokens.Classes));
        Assert.That(some.Distinct(new SameKeys()).Count(), Is.GreaterThan(5));
        Assert.That(Tokens.Sample(3, seed: 2, temperature: 1),
            Is.EqualTo(Tokens.Sample(40, seed: 2, temperature: 1).Take(3)));
    }

    [Test]
    public void A_path_begins_and_ends_at_the_reconstructions_of_its_ends()
    {
        uint[][] rows = SmallTokens.Make(2, seed: 4);
        uint[][] path = Tokens.Interpolate(Tokens.Encode(rows[0]), Tokens.Encode(rows[1]), 8);
        Assert.That(path, Has.Length.EqualTo(8));
        Assert.That((path[0], path[^1]), Is.EqualTo((Tokens.Reconstruct(rows[0]), Tokens.Reconstruct(rows[1]))));
        uint[][][] around = Tokens.Traverse(Tokens.Encode(rows[0]), steps: 3);
        Assert.That((around.Length, around[0].Length), Is.EqualTo((4, 3)));
    }

    [Test]
    public void Rows_become_a_data_view_with_names()
    {
        uint[][] rows = SmallTokens.Make(4);
        IDataView view = Tokens.AsDataView(rows);
        Assert.That(view.GetColumn<uint[]>("Tokens"), Is.EqualTo(rows));
        Assert.That(_model.Transform(view).GetColumn<float[]>("Code"), Is.EqualTo(Tokens.Encode(rows)));
        IDataView named = _ml.Transforms.Conversion.MapKeyToValue("Tokens").Fit(view).Transform(view);
        Assert.That(named.GetColumn<ReadOnlyMemory<char>[]>("Tokens").First().Select(name => name.ToString()),
            Is.EqualTo(Tokens.ToNames(rows[0])));
        Assert.That(_model.Transform(Tokens.AsDataView([])).GetColumn<float[]>("Code"), Is.Empty);
    }

    [Test]
    public void What_is_no_row_of_keys_is_refused()
    {
        Assert.That(() => Tokens.Encode([[1, 2, 3]]), Throws.ArgumentException.With.Message.StartsWith(
            "Row 0 has 3 keys; it needs 6."));
        Assert.That(() => Tokens.Encode([[1, 2, 3, 4, 5, 6]]), Throws.ArgumentException.With.Message.StartsWith(
            "Row 0, step 5: 6 is not a key; keys are from 1 to 5, and 0 where they are missing."));
        Assert.That(() => Tokens.Decode([new float[4]], temperature: -1),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("temperature"));
        Assert.That(() => Tokens.Sample(1, temperature: float.NaN), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => _model.Encode(new float[6]), Throws.InvalidOperationException.With.Message.EqualTo(
            "Column 'Tokens' holds keys, and Encode is about rows of numbers. Use Tokens, or a data view."));
        Assert.That(() => _model.Decode(new float[4]), Throws.InvalidOperationException);
        Assert.That(() => _model.Reconstruct(new float[6]), Throws.InvalidOperationException);
        Assert.That(() => _model.Sample(1), Throws.InvalidOperationException);
        Assert.That(() => _model.Interpolate(new float[4], new float[4], 3), Throws.InvalidOperationException);
        Assert.That(() => _model.Traverse(new float[4]), Throws.InvalidOperationException);
        Assert.That(() => _model.LatentGrid(2), Throws.InvalidOperationException);
        Assert.That(() => _model.AsDataView([new float[6]]), Throws.InvalidOperationException);
        using AutoencoderTransformer numbers = _ml.Transforms.Autoencoders.Plain("Code", "Features", new()
        {
            CodeSize = 4,
            Network = Small.Network,
            Training = Small.Training(),
        }).Fit(Rows.View(_ml, 20));
        Assert.That(() => numbers.Tokens, Throws.InvalidOperationException);
    }

    /// <summary>A key that is drawn decides what comes after it.</summary>
    [TestCase(1)]
    [TestCase(2)]
    public void A_decoder_that_feeds_back_is_given_what_was_drawn(int segments)
    {
        using AutoencoderTransformer model = _ml.Transforms.Autoencoders.Plain("Code", "Tokens", new()
        {
            CodeSize = 2,
            Network = Network.Recurrent([24], feedsBack: true, segments: segments),
            Training = new() { Epochs = 40, BatchSize = 32, Seed = 1, LearningRate = 1e-2f },
        }).Fit(SmallTokens.View(_ml, Successors(200)));
        // At a high temperature keys are nearly random, but for what each leads to.
        uint[][] drawn = model.Tokens.Decode([.. Enumerable.Repeat(new float[2], 400)], temperature: 1, seed: 2);
        int length = SmallTokens.Steps / segments;
        double follow = drawn.Average(row => Enumerable.Range(1, SmallTokens.Steps - 1)
            .Where(t => t % length != 0).Average(t => row[t] == row[t - 1] % SmallTokens.Classes + 1 ? 1.0 : 0));
        Assert.That(follow, Is.GreaterThan(0.8));
        Assert.That(drawn.Select(row => row[0]).Distinct().Count(), Is.GreaterThan(1));
        Assert.That(model.Tokens.Decode([.. Enumerable.Repeat(new float[2], 7)], temperature: 1, seed: 2),
            Is.EqualTo(drawn.Take(7)));
    }

    /// <summary>Rows in which each key is followed by the next, around, from a first that a code of no size cannot
    /// tell.</summary>
    private static uint[][] Successors(int count)
    {
        var random = new Random(4);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            int start = random.Next(SmallTokens.Classes);
            return Enumerable.Range(0, SmallTokens.Steps).Select(t => (uint)((start + t) % SmallTokens.Classes) + 1)
                .ToArray();
        })];
    }

    [Test]
    public void A_code_that_is_missing_stands_for_missing_keys_in_every_back_end()
    {
        float[] missing = [1, float.NaN, 0, 0];
        uint[] none = new uint[SmallTokens.Steps];
        Assert.That(Tokens.Decode(missing), Is.EqualTo(none));
        Assert.That(Tokens.Decode(missing, seed: 1, temperature: 1), Is.EqualTo(none));
        using (TorchSharp.torch.NewDisposeScope())
        {
            Assert.That(_model.Model.Decode(TorchSharp.torch.tensor(missing, [1, 4])).Floats(),
                Is.EqualTo(none));
        }
        using var folder = new TemporaryFolder();
        _model.SaveOnnx(folder.File("decoder.onnx"), OnnxPart.Decoder);
        using var session = new OnnxSession(folder.File("decoder.onnx"));
        Assert.That(session.Run("Code", [missing])["Reconstruction"][0], Has.All.Zero);
    }

    [Test]
    public void How_likely_rows_are_is_measured()
    {
        uint[][] rows = SmallTokens.Make(20, seed: 8), odd = [.. rows.Select(_ => new uint[] { 1, 5, 2, 4, 4, 1 })];
        double Mean(uint[][] keys) => _model.LogLikelihood(SmallTokens.View(_ml, keys), samples: 20).Average();
        Assert.That(Mean(rows), Is.InRange(-9.0, 0));
        Assert.That(Mean(odd), Is.LessThan(Mean(rows) - 5));
    }

    private sealed class SameKeys : IEqualityComparer<uint[]>
    {
        public bool Equals(uint[]? x, uint[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(uint[] keys) => keys.Aggregate(0, HashCode.Combine);
    }
}
