using Spectre.Console;

namespace Digits;

/// <summary>The comparison as a table.</summary>
internal static class ComparisonTable
{
    public static void Print(IReadOnlyList<Candidate> candidates)
    {
        Table table = new Table().Border(Console.IsOutputRedirected ? TableBorder.Ascii : TableBorder.Rounded)
            .AddColumn("stage")
            .AddColumn(new TableColumn("test MSE").RightAligned())
            .AddColumn(new TableColumn("SDCA accuracy").RightAligned())
            .AddColumn(new TableColumn("fit").RightAligned())
            .AddColumn(new TableColumn("transform").RightAligned());
        foreach (Candidate candidate in candidates)
        {
            table.AddRow(Markup.Escape(candidate.Name), $"{candidate.ReconstructionError:0.00000}",
                $"{candidate.Accuracy:0.0000}",
                $"{candidate.FitTime.TotalSeconds:0.0} s", $"{candidate.TransformTime.TotalSeconds:0.00} s");
        }
        AnsiConsole.Write(table);
    }
}
