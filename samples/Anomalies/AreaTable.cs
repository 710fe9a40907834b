using Spectre.Console;

namespace Anomalies;

/// <summary>Areas under ROC curves: a line a digit that is normal, a column a detector, and the means.</summary>
internal static class AreaTable
{
    public static void Print(IReadOnlyList<uint> kinds, IReadOnlyDictionary<string, List<double>> areas)
    {
        Table table = new Table().Border(Console.IsOutputRedirected ? TableBorder.Ascii : TableBorder.Rounded)
            .AddColumn("normal");
        foreach (string detector in areas.Keys)
            table.AddColumn(new TableColumn(detector).RightAligned());
        for (int i = 0; i < kinds.Count; i++)
            table.AddRow([$"{kinds[i]}", .. areas.Values.Select(ofDetector => $"{ofDetector[i]:0.000}")]);
        table.AddRow(["mean", .. areas.Values.Select(ofDetector => $"{ofDetector.Average():0.000}")]);
        AnsiConsole.Write(table);
    }
}
