using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Tokens;

/// <summary>Texts as tokens, all the way: words, keys, sequences of one length, a variational autoencoder.</summary>
internal sealed class SentenceModelTests
{
    private readonly MLContext _ml = new(seed: 1);
    private TransformerChain<AutoencoderTransformer> _model = null!;
    private string[] _known = [];

    private AutoencoderTokens Tokens => _model.LastTransformer.Tokens;

    [OneTimeSetUp]
    public void Fit()
    {
        _known = Grammar.Sentences(4_000);
        _model = Grammar.Tokens(_ml).Append(_ml.Transforms.Autoencoders.Variational("Code", "Tokens", new()
        {
            CodeSize = 24,
            Network = Network.Dense(128),
            Beta = 0.2f,
            ReconstructionColumnName = "Clean",
            Training = new() { Epochs = 30, BatchSize = 64, Seed = 1, LearningRate = 3e-3f },
        })).Fit(Sentence.View(_ml, _known));
    }

    [OneTimeTearDown]
    public void Free() => _model.Dispose();

    [Test]
    public void Sentences_that_the_fit_did_not_see_are_reconstructed()
    {
        string[] texts = [.. Grammar.Sentences(800, seed: 2).Except(_known).Take(300)];
        IDataView scored = _model.Transform(Sentence.View(_ml, texts));
        uint[][] rows = [.. scored.GetColumn<uint[]>("Tokens")];
        uint[][] clean = [.. scored.GetColumn<uint[]>("Clean")];
        bool[][] right = [.. rows.Zip(clean, (row, other) =>
            row.Zip(other).Where(keys => keys.First != 0).Select(keys => keys.First == keys.Second).ToArray())];
        double words = right.SelectMany(row => row).Average(isRight => isRight ? 1.0 : 0);
        double sentences = right.Average(row => row.All(isRight => isRight) ? 1.0 : 0);
        // What the likeliest word of each place, whatever the sentence, gets.
        double usual = Enumerable.Range(0, Grammar.Longest).Sum(place => rows.Select(row => row[place])
            .Where(key => key != 0).GroupBy(key => key).Max(group => group.Count()))
            / (double)right.Sum(row => row.Length);
        TestContext.Out.WriteLine(FormattableString.Invariant(
            $"{texts.Length} new sentences: {words:P1} of the words and {sentences:P1} of the sentences are right; ") +
            FormattableString.Invariant($"the usual word of each place is right for {usual:P1}"));
        Assert.That(texts, Has.Length.EqualTo(300));
        Assert.That(usual, Is.LessThan(0.5));
        Assert.That(words, Is.GreaterThan(0.9));
    }

    [Test]
    public void Many_sentences_that_are_drawn_begin_as_the_grammar_has_it()
    {
        // Keys that are missing are not learned, so that a model does not say where a sentence ends.
        double Share(IEnumerable<uint[]> rows) => rows.Average(row =>
            Enumerable.Range(3, Grammar.Longest - 2).Any(length =>
                Grammar.Accepts([.. Tokens.ToNames([.. row.Take(length)]).Select(word => word ?? "")])) ? 1.0 : 0);
        var random = new Random(3);
        double drawn = Share(Tokens.Sample(500, seed: 1));
        double chance = Share(Enumerable.Range(0, 500).Select(_ => Enumerable.Range(0, Grammar.Longest)
            .Select(_ => (uint)random.Next(1, Tokens.Count + 1)).ToArray()));
        TestContext.Out.WriteLine(FormattableString.Invariant(
            $"Drawn rows that begin with a sentence: {drawn:P1}; rows of random words: {chance:P1}"));
        Assert.That(chance, Is.LessThan(0.05));
        Assert.That(drawn, Is.GreaterThan(0.2));
    }
}
