using System.Text.RegularExpressions;

namespace Ml.Autoencoders.Tests.Build.Rooms;

/// <summary>A source file.</summary>
/// <param name="Room">The folder it is in.</param>
/// <param name="Text">What it says.</param>
internal sealed partial record SourceFile(string Room, string Text)
{
    /// <summary>The full names of the outermost types that it declares, without their parameters.</summary>
    public IReadOnlyList<string> Types { get; } =
        [.. Declaration().Matches(Text)
            .Select(match => $"{Namespace().Match(Text).Groups[1].Value}.{match.Groups[1].Value}")];

    /// <summary>What is neither comment nor plain text.</summary>
    public string Code { get; } = NoCode().Replace(Text, "");

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^(?:\w+ )*(?:(?:class|struct|interface|enum|record) |delegate [\w<>\[\]?.]+ )([A-Z]\w*)",
        RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"//[^\n]*|(?<![$@""])""(?:\\.|[^""\\\n])*""(?!"")")]
    private static partial Regex NoCode();
}
