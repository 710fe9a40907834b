using Microsoft.ML;
using Ml.Autoencoders;
using Ml.Autoencoders.Music;

namespace Melodies;

/// <summary>From files to melodies, and from those to a model.</summary>
internal static class MelodyStation
{
    /// <summary>Melodies that are drawn and heard of those that were read, each of another piece.</summary>
    private const int Shown = 8;

    private const int Seed = 1;

    public static void Run(Settings settings)
    {
        MelodySet melodies = Read(settings);
        SourceTable.Print(melodies);
        if (melodies.Windows.Count == 0)
        {
            throw new InvalidDataException("No melody fits. The table says which rule cost how many; --bars 1 asks " +
                "for less, --loose takes recordings.");
        }
        var statistics = MelodyStatistics.Of(melodies.Windows.Select(window => window.Keys));
        Console.WriteLine(
            $"{statistics.Windows:N0} melodies of {settings.Reading.Bars} bars: {statistics.Notes:N0} notes, " +
            $"{statistics.MeanJump:0.00} semitones from one to the next, {statistics.WideJumpShare:0.0%} of the " +
            $"jumps beyond {MelodyStatistics.WidestUsualJump}, {statistics.ScaleShare:0.0%} of the notes in the " +
            "scale of the best-fitting key.");
        var files = new MelodyFiles(settings);
        files.Write("melodies", "Some of the melodies",
            [.. melodies.Windows.DistinctBy(window => window.Piece).Take(Shown)
                .Select(window => new NamedMelody(MelodyFiles.Title(window), window.Keys))]);
        Learn(Division.Of([.. melodies.Windows.Take(settings.Rows ?? int.MaxValue)], Seed), files, settings);
    }

    private static void Learn(Division division, MelodyFiles files, Settings settings)
    {
        var ml = new MLContext(Seed);
        using AutoencoderTransformer trained = MelodyModel.Train(ml, division, settings);
        using AutoencoderTransformer model = MelodyModel.SaveAndLoad(ml, trained, division, settings);
        new QualityTables(ml, model, division).Print();
        new GenerationStation(model, division, files).Run();
        new AttributeStation(ml, model, division, files).Run();
    }

    private static MelodySet Read(Settings settings)
    {
        var reader = new MelodyReader(settings.Reading);
        if (settings.Folder is { } folder)
            return reader.ReadFolder(folder);
        using Stream tunes = typeof(MelodyStation).Assembly.GetManifestResourceStream("tunes.abc")!;
        using var text = new StreamReader(tunes);
        return reader.ReadAbc(text.ReadToEnd(), "tunes.abc");
    }
}
