using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Tokens;

/// <summary>Sentences that become tokens and come back.</summary>
internal sealed class GrammarTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Test]
    public void Sentences_become_tokens_and_come_back()
    {
        string[] texts = Grammar.Sentences(400);
        IDataView view = Sentence.View(_ml, texts);
        IDataView tokens = Grammar.Tokens(_ml).Fit(view).Transform(view);
        Assert.That(tokens.Schema["Tokens"].Type,
            Is.EqualTo(new VectorDataViewType(new KeyDataViewType(typeof(uint), 22), Grammar.Longest)));
        IDataView words = _ml.Transforms.Conversion.MapKeyToValue("Tokens").Fit(tokens).Transform(tokens);
        string[][] read = [.. words.GetColumn<string[]>("Tokens")];
        Assert.That(read.Select(row => string.Join(' ', row).TrimEnd()), Is.EqualTo(texts));
        Assert.That(read.Select(Grammar.Accepts), Has.All.True);
    }

    [Test]
    public void Sentences_have_all_lengths_and_words()
    {
        string[] texts = Grammar.Sentences(400);
        string[][] sentences = [.. texts.Select(text => text.Split(' '))];
        Assert.That(sentences.Select(words => words.Length).Distinct(),
            Is.EquivalentTo(Enumerable.Range(3, Grammar.Longest - 2)));
        Assert.That(sentences.SelectMany(words => words).Distinct(), Is.EquivalentTo(Grammar.Words));
        Assert.That(Grammar.Sentences(400), Is.EqualTo(texts));
        Assert.That(Grammar.Sentences(400, seed: 2), Is.Not.EqualTo(texts));
    }

    [TestCase("the dog sleeps", true)]
    [TestCase("the old dog sees a cat near every red fox", true)]
    [TestCase("dog sleeps", false)]
    [TestCase("the dog", false)]
    [TestCase("the dog sees", false)]
    [TestCase("the dog sleeps the cat", false)]
    [TestCase("the dog sleeps near", false)]
    [TestCase("the dog  sleeps", false)]
    public void Only_sentences_are_accepted(string text, bool isSentence) =>
        Assert.That(Grammar.Accepts(text.Split(' ')), Is.EqualTo(isSentence));
}
