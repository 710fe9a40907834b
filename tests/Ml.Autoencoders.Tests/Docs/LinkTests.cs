using System.Text.RegularExpressions;

namespace Ml.Autoencoders.Tests.Docs;

public partial class LinkTests
{
    [TestCaseSource(nameof(Pages))]
    public void Every_link_within_the_repository_leads_somewhere(string page)
    {
        string path = Repository.PathOf(page);
        IEnumerable<string> missing = Link().Matches(File.ReadAllText(path))
            .Select(match => match.Groups[1].Value)
            .Where(target => !target.StartsWith("http", StringComparison.Ordinal) && !LeadsSomewhere(path, target));
        Assert.That(missing, Is.Empty);
    }

    private static bool LeadsSomewhere(string page, string target)
    {
        string[] parts = target.Split('#');
        string path = parts[0].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, parts[0]);
        return Path.Exists(path) && (parts.Length == 1 || Headings(path).Contains(parts[1]));
    }

    /// <summary>The headings of a page, as links to them name them.</summary>
    private static IEnumerable<string> Headings(string path) => Heading().Matches(File.ReadAllText(path))
        .Select(match => Dropped().Replace(match.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    private static IEnumerable<string> Pages() =>
        Repository.Documents().Select(page => Path.GetRelativePath(Repository.Root, page));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\s-]")]
    private static partial Regex Dropped();
}
