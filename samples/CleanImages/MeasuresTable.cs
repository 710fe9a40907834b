using Spectre.Console;

namespace CleanImages;

/// <summary>Measures as a table.</summary>
internal static class MeasuresTable
{
    public static void Print(IEnumerable<ImageMeasures> rows)
    {
        Table table = new Table().Border(Console.IsOutputRedirected ? TableBorder.Ascii : TableBorder.Rounded)
            .AddColumn("pictures")
            .AddColumn(new TableColumn("PSNR, dB").RightAligned())
            .AddColumn(new TableColumn("SSIM").RightAligned())
            .AddColumn(new TableColumn("MSE").RightAligned());
        foreach (ImageMeasures row in rows)
        {
            table.AddRow(Markup.Escape(row.Name), $"{row.PeakSignalToNoiseRatio:0.00}",
                $"{row.StructuralSimilarity:0.000}", $"{row.MeanSquaredError:0.0000}");
        }
        AnsiConsole.Write(table);
    }
}
