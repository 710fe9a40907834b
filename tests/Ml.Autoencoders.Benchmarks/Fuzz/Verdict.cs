namespace Ml.Autoencoders.Benchmarks.Fuzz;

/// <summary>What came of an input.</summary>
/// <param name="Outcome">In a word.</param>
/// <param name="Detail">What is said of a violation.</param>
internal sealed record Verdict(string Outcome, string Detail = "")
{
    public const string Violated = "violation";

    /// <summary>Read, and the same as the unharmed file.</summary>
    public static Verdict Same { get; } = new("same");

    /// <summary>Read, and something else that is well defined.</summary>
    public static Verdict Accepted { get; } = new("accepted");

    /// <summary>Read, and numbers that are infinite or none: weights and options may be so large.</summary>
    public static Verdict NotFinite { get; } = new("not finite");

    /// <summary>An error of a documented kind.</summary>
    public static Verdict Refused { get; } = new("refused");

    public bool IsViolation => Outcome == Violated;

    public static Verdict Violation(string detail) => new(Violated, detail.ReplaceLineEndings(" ").Replace('\t', ' '));
}
