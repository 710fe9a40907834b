using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;

namespace Ml.Autoencoders.Benchmarks.Melodies;

/// <summary>An autoencoder of melodies, fitted by the stage of a pipeline, and the time of its fit.</summary>
internal sealed record MelodyFit(AutoencoderTransformer Model, double Seconds)
{
    /// <summary>A fit that takes longer is longer than what was asked for on two cores.</summary>
    private const double MostSeconds = 300;

    public static MelodyFit Of(MLContext ml, MelodySetting setting, IDataView training)
    {
        AutoencoderEstimator estimator = ml.Transforms.Autoencoders.Variational(MelodyColumns.Code,
            MelodyColumns.Melody, setting.Complete(epoch => Console.Error.WriteLine($"{setting.Name}: {epoch}")));
        var clock = Stopwatch.StartNew();
        AutoencoderTransformer model = estimator.Fit(training);
        return new(model, clock.Elapsed.TotalSeconds);
    }

    /// <summary>Says how long the fit took.</summary>
    public void PrintTime(string name) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"The {name} fit took {Seconds:0} s{(Seconds > MostSeconds ? $", more than {MostSeconds:0} s" : "")}."));
}
