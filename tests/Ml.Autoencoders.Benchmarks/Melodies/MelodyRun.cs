using System.Globalization;
using Microsoft.ML;

namespace Ml.Autoencoders.Benchmarks.Melodies;

/// <summary>Autoencoders of melodies of two bars.</summary>
internal static class MelodyRun
{
    private const int ShortEpochs = 2;

    private const string Figures = "accuracy | whole melodies | accuracy, drawn | KL, bits";

    /// <param name="arguments"><c>--data FOLDER</c>, after <c>decoders</c> to compare these; <c>--short</c> at the end
    /// for a run of seconds that has no bounds.</param>
    public static int Run(string[] arguments) => arguments switch
    {
        ["--data", var folder] => Compare(MelodyFolder.Read(folder), isShort: false),
        ["--data", var folder, "--short"] => Compare(MelodyFolder.Read(folder).Shorten(), isShort: true),
        ["decoders", "--data", var folder] => Decoders(MelodyFolder.Read(folder), isShort: false),
        ["decoders", "--data", var folder, "--short"] => Decoders(MelodyFolder.Read(folder).Shorten(), isShort: true),
        _ => Usage(),
    };

    private static int Compare(MelodyFolder melodies, bool isShort)
    {
        var ml = new MLContext(1);
        IDataView training = ml.Data.LoadMelodies(melodies.Train);
        MelodyFit loose = MelodyFit.Of(ml, Setting(MelodySetting.Loose, isShort), training);
        MelodyFit tight = MelodyFit.Of(ml, Setting(MelodySetting.Tight, isShort), training);
        using AutoencoderTransformer looseModel = loose.Model, tightModel = tight.Model;
        Console.WriteLine($"| model | windows | {Figures} |\n|---|---|---|---|---|---|");
        Line(MelodySetting.Loose.Name, "valid", looseModel, melodies.Valid);
        MelodyFigures looseFigures = Line(MelodySetting.Loose.Name, "test", looseModel, melodies.Test);
        Line(MelodySetting.Tight.Name, "valid", tightModel, melodies.Valid);
        MelodyFigures tightFigures = Line(MelodySetting.Tight.Name, "test", tightModel, melodies.Test);
        Console.WriteLine();
        loose.PrintTime(MelodySetting.Loose.Name);
        tight.PrintTime(MelodySetting.Tight.Name);
        Console.WriteLine();
        MelodySampling samples = MelodySampling.Print(training, melodies.Test, tightModel, looseModel);
        MelodyBlend blend = MelodyBlend.Print(looseModel, melodies.Test[0], melodies.Test[^1]);
        return isShort ? 0 : MelodyBounds.Check(looseFigures, tightFigures, samples, blend);

        MelodyFigures Line(string model, string part, AutoencoderTransformer transformer, uint[][] windows)
        {
            var figures = MelodyFigures.Of(ml, transformer, windows);
            Console.WriteLine($"| {model} | {part} | {figures} |");
            return figures;
        }
    }

    private static int Decoders(MelodyFolder melodies, bool isShort)
    {
        var ml = new MLContext(1);
        IDataView training = ml.Data.LoadMelodies(melodies.Train);
        Console.WriteLine($"| decoder, valid windows | {Figures} | fit, s |\n|---|---|---|---|---|---|");
        foreach (MelodySetting setting in MelodyDecoders.All)
        {
            MelodyFit fit = MelodyFit.Of(ml, Setting(setting, isShort), training);
            using AutoencoderTransformer model = fit.Model;
            var figures = MelodyFigures.Of(ml, model, melodies.Valid);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {setting.Name} | {figures} | {fit.Seconds:0} |"));
        }
        return 0;
    }

    private static MelodySetting Setting(MelodySetting setting, bool isShort) => isShort
        ? setting with { Epochs = ShortEpochs, Options = setting.Options with { Warmup = KlWarmup.None } }
        : setting;

    private static int Usage()
    {
        Console.Error.WriteLine("melodies [decoders] --data FOLDER [--short]");
        return 2;
    }
}
