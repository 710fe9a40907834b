using System.Globalization;
using Ml.Autoencoders.Music;
using Spectre.Console;

namespace Melodies;

/// <summary>What each file and tune gave.</summary>
internal static class SourceTable
{
    /// <summary>Of more, the rest is summed up.</summary>
    private const int MostRows = 100;

    public static void Print(MelodySet melodies)
    {
        var table = new Table();
        table.AddColumns(new TableColumn("source"), new TableColumn("windows").RightAligned(),
            new TableColumn("left out"));
        foreach (MelodySource source in melodies.Sources.Take(MostRows))
            Add(table, $"{source.Piece} {source.Voice}".TrimEnd(), source.Windows, source.Skipped);
        MelodySource[] others = [.. melodies.Sources.Skip(MostRows)];
        if (others.Length > 0)
            Add(table, $"{others.Length:N0} more", others.Sum(source => source.Windows), Sum(others));
        Add(table, $"{melodies.Sources.Count:N0} in all", melodies.Windows.Count, melodies.Skipped);
        AnsiConsole.Write(table);
        foreach (string fault in melodies.Faults)
            Console.WriteLine($"Not read: {fault}");
    }

    private static void Add(Table table, string name, int windows,
        IEnumerable<KeyValuePair<MelodyRule, int>> skipped) =>
        table.AddRow(Markup.Escape(name), windows.ToString("N0", CultureInfo.InvariantCulture),
            string.Join(", ", skipped.Select(rule => $"{rule.Value:N0} {Words(rule.Key)}")));

    private static IEnumerable<KeyValuePair<MelodyRule, int>> Sum(IEnumerable<MelodySource> sources) =>
        new MelodySet([], [.. sources]).Skipped;

    private static string Words(MelodyRule rule) => rule switch
    {
        MelodyRule.Percussion => "percussion",
        MelodyRule.OtherMeter => "not in 4/4",
        MelodyRule.Tuplet => "triplets",
        MelodyRule.SeveralVoices => "several voices",
        MelodyRule.NotFull => "bar not full",
        MelodyRule.OffGrid => "between sixteenths",
        MelodyRule.TooShort => "too short",
        MelodyRule.OutOfRange => "out of range",
        MelodyRule.TooFewNotes => "too few notes",
        _ => "repeated",
    };
}
