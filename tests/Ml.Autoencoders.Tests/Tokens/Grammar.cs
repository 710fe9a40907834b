using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Tests.Tokens;

/// <summary>Sentences of a small made-up grammar: S → NP VP [PP], NP → D [A] N, VP → V NP | I, PP → P NP.</summary>
internal static class Grammar
{
    /// <summary>Words of the longest sentence.</summary>
    public const int Longest = 11;

    private static readonly string[] Determiners = ["the", "a", "every"];
    private static readonly string[] Adjectives = ["old", "small", "red", "quick"];
    private static readonly string[] Nouns = ["dog", "cat", "bird", "fox", "horse"];
    private static readonly string[] Verbs = ["sees", "hears", "follows", "finds"];
    private static readonly string[] Intransitives = ["sleeps", "runs", "sings"];
    private static readonly string[] Prepositions = ["near", "behind", "under"];

    /// <summary>All words.</summary>
    public static IReadOnlyList<string> Words { get; } =
        [.. Determiners, .. Adjectives, .. Nouns, .. Verbs, .. Intransitives, .. Prepositions];

    /// <summary>The same seed gives the same sentences, of 3 to <see cref="Longest"/> words.</summary>
    public static string[] Sentences(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => string.Join(' ', Sentence(random)))];
    }

    /// <summary>From <c>Text</c> to <c>Tokens</c>, sequences of <see cref="Longest"/> keys.</summary>
    public static EstimatorChain<KeyPaddingTransformer> Tokens(MLContext ml) =>
        Tests.Tokens.Sentence.Keys(ml).Append(ml.Transforms.PadKeys("Tokens", "Words", Longest));

    /// <summary>Whether words, up to the first that is empty, are a sentence.</summary>
    public static bool Accepts(IReadOnlyList<string> words)
    {
        string[] sentence = [.. words.TakeWhile(word => word.Length > 0)];
        int next = 0;
        bool Takes(string[] kind)
        {
            bool takes = next < sentence.Length && kind.Contains(sentence[next], StringComparer.Ordinal);
            next += takes ? 1 : 0;
            return takes;
        }

        bool TakesNounPhrase()
        {
            if (!Takes(Determiners))
                return false;
            Takes(Adjectives);
            return Takes(Nouns);
        }

        return TakesNounPhrase() && (Takes(Intransitives) || (Takes(Verbs) && TakesNounPhrase()))
            && (!Takes(Prepositions) || TakesNounPhrase()) && next == sentence.Length
            && words.Skip(next).All(word => word.Length == 0);
    }

    private static string[] Sentence(Random random)
    {
        string[] subject = NounPhrase(random);
        string[] words = random.Next(3) == 0
            ? [.. subject, One(Intransitives, random)] : [.. subject, One(Verbs, random), .. NounPhrase(random)];
        return random.Next(2) == 0 ? [.. words, One(Prepositions, random), .. NounPhrase(random)] : words;
    }

    private static string[] NounPhrase(Random random) => random.Next(2) == 0
        ? [One(Determiners, random), One(Nouns, random)]
        : [One(Determiners, random), One(Adjectives, random), One(Nouns, random)];

    private static string One(string[] words, Random random) => words[random.Next(words.Length)];
}
