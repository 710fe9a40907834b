using System.Globalization;
using Microsoft.ML;
using Ml.Autoencoders;
using Ml.Autoencoders.Music;
using Spectre.Console;

namespace Melodies;

/// <summary>How good the model is: what it gives back, and what it draws.</summary>
internal static class QualityTables
{
    private const int Drawn = 1_000;
    private const int Seed = 1;

    public static void Print(MLContext ml, AutoencoderTransformer model, Division division)
    {
        var reconstructions = Table("reconstructed", "melodies", "pieces", "steps right", "melodies right", "KL bits");
        Add("pieces that were learned", Quality.Of(ml, model, division.Training));
        Add("pieces that were held out", Quality.Of(ml, model, division.HeldOut));
        AnsiConsole.Write(reconstructions);

        var samples = Table("melodies", "notes each", "mean jump", "jumps beyond 9", "notes in scale");
        AddStatistics("of the pieces", [.. division.Training.Concat(division.HeldOut).Select(window => window.Keys)]);
        AddStatistics("drawn, likeliest keys", model.Tokens!.Sample(Drawn, Seed));
        AddStatistics("drawn, temperature 0.5", model.Tokens.Sample(Drawn, Seed, temperature: 0.5f));
        AddStatistics("drawn, temperature 1", model.Tokens.Sample(Drawn, Seed, temperature: 1));
        AnsiConsole.Write(samples);

        void Add(string name, Quality quality) => reconstructions.AddRow(name,
            Text($"{quality.Melodies:N0}"), Text($"{quality.Pieces:N0}"), Text($"{quality.Steps:0.000}"),
            Text($"{quality.Whole:0.000}"), Text($"{quality.Bits:0.0}"));

        void AddStatistics(string name, uint[][] melodies)
        {
            var statistics = MelodyStatistics.Of(melodies);
            samples.AddRow(name, Text($"{(double)statistics.Notes / statistics.Windows:0.0}"),
                Text($"{statistics.MeanJump:0.00}"), Text($"{statistics.WideJumpShare:0.0%}"),
                Text($"{statistics.ScaleShare:0.0%}"));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static Table Table(string name, params string[] columns) => new Table().AddColumn(name)
        .AddColumns([.. columns.Select(column => new TableColumn(column).RightAligned())]);
}
