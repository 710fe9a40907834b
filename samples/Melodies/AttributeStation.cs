using Microsoft.ML;
using Ml.Autoencoders;
using Spectre.Console;

namespace Melodies;

/// <summary>A melody with less and with more of an attribute.</summary>
internal sealed class AttributeStation(MLContext ml, AutoencoderTransformer model, Division division,
    MelodyFiles files)
{
    private const int Seed = 1;

    /// <summary>Melodies over which an attribute is measured.</summary>
    private const int Measured = 1_000;

    private static readonly string[] Shown = ["note density", "eighth syncopation"];

    /// <summary>Of the difference between those with most and those with least, what is taken and what is
    /// added.</summary>
    private static readonly float[] Amounts = [-2, 0, 2];

    private AutoencoderTokens Tokens => model.Tokens;

    public void Run()
    {
        var rows = new List<NamedMelody>();
        float[][] codes = Tokens.Encode([.. division.Training.Take(Measured).Select(window => window.Keys)]);
        Table table = Columns.Of($"mean of {codes.Length:N0} melodies", "less of it", "as they are", "more of it");
        // In all keys, so that the direction does not lead to the key of the melodies with most.
        IReadOnlyList<uint[]> melodies = Transpositions.Of(division.Training, Seed);
        foreach (string name in Shown)
        {
            if (Extremes.Of(melodies, name) is not { } extremes)
            {
                Console.WriteLine($"No melody has more {name} than most have: there is no direction of it.");
                continue;
            }
            float[] direction = model.CodeDirection(with: ml.Data.LoadMelodies(extremes.Most),
                without: ml.Data.LoadMelodies(extremes.Least));
            var means = new List<string>();
            foreach (float amount in Amounts)
            {
                uint[][] all = Tokens.Decode([.. codes.Select(code => model.MoveCode(code, direction, amount))]);
                means.Add(Columns.Text($"{all.Average(keys => Extremes.Measure(keys, name)):0.000}"));
                uint[] moved = all[0];
                string label = amount switch { < 0 => $"less {name}", 0 => "as it is", _ => $"more {name}" };
                rows.Add(new NamedMelody(Columns.Text($"{label}: {Extremes.Measure(moved, name):0.00}"), moved));
            }
            table.AddRow([name, .. means]);
        }
        if (rows.Count == 0)
            return;
        AnsiConsole.Write(table);
        files.Write("attributes", $"{MelodyFiles.Title(division.Training[0])}, moved along attributes", rows);
    }
}
