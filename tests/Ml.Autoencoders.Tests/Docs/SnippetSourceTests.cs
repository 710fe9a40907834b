using System.Text.RegularExpressions;

namespace Ml.Autoencoders.Tests.Docs;

/// <summary>Every C# block of the documentation stands, word for word, in a test that compiles and runs.</summary>
public partial class SnippetSourceTests
{
    [TestCaseSource(nameof(Blocks))]
    public void Every_block_of_the_documentation_is_run_by_a_test(string page, string block)
    {
        IEnumerable<string> files = Directory.EnumerateFiles(Repository.PathOf("tests/Ml.Autoencoders.Tests/Docs"),
            "Snippets*.cs");
        string snippets = Normalize(string.Join('\n', files.Select(File.ReadAllText)));
        Assert.That(snippets, Does.Contain(Normalize(block)), $"{page} has a block that no Snippets file has");
    }

    private static IEnumerable<TestCaseData> Blocks()
    {
        foreach (string page in Repository.Documents().Concat(Repository.PackageReadmes()))
        {
            int number = 0;
            // A whole program is run as one: by Build/Packaging/FreshProjectTests.
            foreach (Match match in CSharpBlock().Matches(File.ReadAllText(page))
                .Where(match => !match.Groups[1].Value.StartsWith("using Microsoft.ML;", StringComparison.Ordinal)))
            {
                string name = Path.GetRelativePath(Repository.Root, page);
                yield return new TestCaseData(name, match.Groups[1].Value)
                    .SetName($"Block {++number} of {name} is run by a test");
            }
        }
    }

    /// <summary>Indentation is a matter of where a block stands.</summary>
    private static string Normalize(string code) =>
        string.Join('\n', code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();
}
