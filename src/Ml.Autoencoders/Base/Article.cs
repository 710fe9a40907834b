namespace Ml.Autoencoders;

/// <summary>The indefinite article of a name that a message is composed with.</summary>
internal static class Article
{
    /// <summary>By the first letter, which is enough for every family: none begins with a vowel that is spoken as a
    /// consonant.</summary>
    public static string Before(string name) => "AEIOUaeiou".Contains(name[0], StringComparison.Ordinal) ? "an" : "a";

    /// <summary>At the beginning of a sentence.</summary>
    public static string Beginning(string name) => Before(name) == "an" ? "An" : "A";
}
