using System.Text.RegularExpressions;

namespace Ml.Autoencoders.Tests.Build;

/// <summary>
/// Lines of C# are no longer than <c>max_line_length</c> in <c>.editorconfig</c>, which no formatter sees to.
/// </summary>
internal sealed partial class LineLengthTests
{
    private static readonly string[] Folders = ["src", "tests", "samples"];

    private static int Most =>
        int.Parse(Limit().Match(File.ReadAllText(Repository.PathOf(".editorconfig"))).Groups[1].ValueSpan);

    [Test]
    public void No_line_is_longer_than_the_limit()
    {
        string[] files = [.. Folders.SelectMany(folder =>
            Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories)).Where(IsSource)];
        string[] found = [.. from file in files.Order(StringComparer.Ordinal)
                             from number in TooLong(File.ReadAllLines(file), Most)
                             select $"{Path.GetRelativePath(Repository.Root, file)}:{number}"];
        Assert.That(files, Has.Length.GreaterThan(500));
        Assert.That(found, Is.Empty,
            $"{found.Length} lines have more than {Most} columns:\n{string.Join('\n', found)}");
    }

    [TestCase("    int a = 1;", false)]
    [TestCase("    int a = 10;  // b", true)]
    [TestCase("    // http://x.org/a/b/c", false, Description = "no break makes it shorter")]
    [TestCase("    // see x.org or y.org", true)]
    [TestCase("var x = \"\"\"\na text that is as wide as it is\n    \"\"\";", false,
        Description = "its width is what it says")]
    [TestCase("var x = \"\"\"\na\n    \"\"\"; int y = 1, z = 2;", true)]
    public void Lines_of_more_than_twenty_columns(string text, bool isFound) =>
        Assert.That(TooLong(text.Split('\n'), 20), isFound ? Has.Exactly(1).Items : Is.Empty);

    /// <summary>
    /// The numbers of lines that are too long and can be broken: neither inside of a literal of several lines, nor one
    /// word that is too long by itself.
    /// </summary>
    private static IEnumerable<int> TooLong(string[] lines, int most)
    {
        bool isText = false;
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i];
            bool begins = isText;
            isText ^= RawQuotes().Count(line) % 2 == 1;
            if (begins && isText)
                continue;
            int indentation = line.Length - line.TrimStart().Length;
            if (line.Length > most && indentation + line.Split(' ').Max(word => word.Length) <= most)
                yield return i + 1;
        }
    }

    private static bool IsSource(string file) =>
        !Path.GetRelativePath(Repository.Root, file).Split(Path.DirectorySeparatorChar)
            .Any(part => part is "bin" or "obj");

    [GeneratedRegex(@"^max_line_length = (\d+)$", RegexOptions.Multiline)]
    private static partial Regex Limit();

    [GeneratedRegex("\"{3,}")]
    private static partial Regex RawQuotes();
}
