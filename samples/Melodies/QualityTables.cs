using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders;
using Ml.Autoencoders.Music;
using Spectre.Console;

namespace Melodies;

/// <summary>How good the model is: what it gives back, and what it draws.</summary>
internal sealed class QualityTables(MLContext ml, AutoencoderTransformer model, Division division)
{
    private const int Drawn = 1_000;
    private const int Seed = 1;

    private AutoencoderTokens Tokens => model.Tokens;

    public void Print()
    {
        var reconstructions = Columns.Of("from mean codes", "melodies", "steps right", "all right", "KL bits");
        Add(reconstructions, "learned pieces", division.Training);
        Add(reconstructions, "pieces held out", division.HeldOut);
        AnsiConsole.Write(reconstructions);

        var samples = Columns.Of($"{Drawn:N0} new melodies", "notes", "jump", "jumps > 9", "in scale");
        Add(samples, "(those of the data)",
            [.. division.Training.Concat(division.HeldOut).Select(window => window.Keys)]);
        Add(samples, "likeliest keys", Tokens.Sample(Drawn, Seed));
        Add(samples, "temperature 0.5", Tokens.Sample(Drawn, Seed, temperature: 0.5f));
        Add(samples, "temperature 1", Tokens.Sample(Drawn, Seed, temperature: 1));
        CodeMixture mixture = model.FitMixture(ml.Data.LoadMelodies(division.Training), components: 1, Seed);
        Add(samples, "codes like the data's", Tokens.Decode(mixture.Sample(Drawn, Seed)));
        AnsiConsole.Write(samples);
    }

    private void Add(Table table, string name, IReadOnlyList<MelodyWindow> melodies)
    {
        uint[][] given = [.. melodies.Select(window => window.Keys)];
        IDataView scored = model.Transform(ml.Data.LoadMelodies(melodies));
        var quality = Quality.Of(given, Tokens.Reconstruct(given),
            [.. scored.GetColumn<float[]>(MelodyModel.CodeColumn)],
            [.. scored.GetColumn<float[]>(MelodyModel.LogVarianceColumn)]);
        int pieces = melodies.DistinctBy(window => window.Piece).Count();
        table.AddRow(Columns.Text($"{pieces:N0} {name}"), Columns.Text($"{given.Length:N0}"),
            Columns.Text($"{quality.Steps:0.000}"), Columns.Text($"{quality.Whole:0.000}"),
            Columns.Text($"{quality.Bits:0.0}"));
    }

    private static void Add(Table table, string name, uint[][] melodies)
    {
        var statistics = MelodyStatistics.Of(melodies);
        table.AddRow(name, Columns.Text($"{(double)statistics.Notes / statistics.Windows:0.0}"),
            Columns.Text($"{statistics.MeanJump:0.00}"), Columns.Text($"{statistics.WideJumpShare:0.0%}"),
            Columns.Text($"{statistics.ScaleShare:0.0%}"));
    }
}
