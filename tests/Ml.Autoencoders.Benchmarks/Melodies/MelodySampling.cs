using System.Globalization;
using Microsoft.ML;
using Ml.Autoencoders.Music;

namespace Ml.Autoencoders.Benchmarks.Melodies;

/// <summary>Melodies that autoencoders draw, beside those that they did not see.</summary>
internal sealed class MelodySampling
{
    private const int Count = 1_000;
    private const int Seed = 1;

    private MelodySampling(MelodyStatistics test, MelodyStatistics chosen) => (Test, Chosen) = (test, chosen);

    /// <summary>What the test melodies are like.</summary>
    public MelodyStatistics Test { get; }

    /// <summary>What those are like that the tight model draws: codes of one normal distribution with the mean and the
    /// covariance of the training codes, and their likeliest keys.</summary>
    public MelodyStatistics Chosen { get; }

    /// <summary>Prints the table.</summary>
    public static MelodySampling Print(IDataView training, uint[][] test, AutoencoderTransformer tight,
        AutoencoderTransformer loose)
    {
        Console.WriteLine("| melodies | mean jump | jumps beyond 9 | in scale |\n|---|---|---|---|");
        MelodyStatistics data = Line("the test windows", test);
        MelodyStatistics chosen = Line("tight, mixture of 1", Mixed(tight));
        Line("tight, N(0, I)", tight.Tokens.Sample(Count, Seed));
        Line("loose, mixture of 1", Mixed(loose));
        Line("loose, N(0, I)", loose.Tokens.Sample(Count, Seed));
        Console.WriteLine();
        return new(data, chosen);

        uint[][] Mixed(AutoencoderTransformer model) =>
            model.Tokens.Decode(model.FitMixture(training, components: 1, Seed).Sample(Count, Seed));
    }

    private static MelodyStatistics Line(string name, uint[][] melodies)
    {
        var of = MelodyStatistics.Of(melodies);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {of.MeanJump:0.00} | {of.WideJumpShare:0.0%} | {of.ScaleShare:0.0%} |"));
        return of;
    }
}
