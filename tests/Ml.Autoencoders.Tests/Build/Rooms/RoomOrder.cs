using System.Text.RegularExpressions;

namespace Ml.Autoencoders.Tests.Build.Rooms;

/// <summary>The rooms in the order that a page prints: each may name those above it in the list.</summary>
internal static partial class RoomOrder
{
    /// <summary>Reads the table under the heading "Rooms".</summary>
    /// <param name="page">A page in Markdown.</param>
    public static Room[] Of(string page)
    {
        string section = page.Split("\n## Rooms", 2) is [_, var rest] ? rest.Split("\n## ", 2)[0] : "";
        return [.. Row().Matches(section)
            .Select(row => new Room(row.Groups["name"].Value, row.Groups["mlnet"].Value != "no"))];
    }

    [GeneratedRegex(@"^\| `(?<name>\w+)/` \|.*\| (?<mlnet>\w+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
