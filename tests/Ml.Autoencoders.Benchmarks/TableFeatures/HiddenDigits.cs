using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Benchmarks.TableFeatures;

/// <summary>
/// Hidden activations of encoders of pictures before SDCA, beside their codes: 10,000 training digits, all test digits.
/// </summary>
internal static class HiddenDigits
{
    private const int Digits = 10_000;

    /// <summary>0 where hidden activations are worth more than the code, for each encoder.</summary>
    public static int Run()
    {
        var ml = new MLContext(1);
        (IDataView training, IDataView test) = MnistViews.Load(ml, Digits);
        Console.WriteLine("| encoder | code, SDCA | hidden activations | SDCA |\n|---|---|---|---|");
        int missed = 0;
        Measure("plain, 20 epochs", ml.Transforms.Autoencoders.Plain("Code", "Pixels",
            new() { HiddenColumnName = "Hidden" }));
        Measure("denoising, half of the pixels masked, 20 epochs", ml.Transforms.Autoencoders.Denoising("Code",
            "Pixels", new() { HiddenColumnName = "Hidden" }));
        Measure("DenoisingOptions.ImageFeatures, 10 epochs", ml.Transforms.Autoencoders.Denoising("Code", "Pixels",
            DenoisingOptions.ImageFeatures(new ImageFormat(28, 28)) with { HiddenColumnName = "Hidden" }));
        return missed == 0 ? 0 : 1;

        void Measure(string name, AutoencoderEstimator estimator)
        {
            using AutoencoderTransformer stage = estimator.Fit(training);
            IDataView learned = ml.Data.Cache(stage.Transform(training));
            IDataView judged = ml.Data.Cache(stage.Transform(test));
            double code = FeatureScore.Linear(ml, learned, judged);
            double hidden = FeatureScore.Linear(ml, Hidden(learned), Hidden(judged));
            bool isMissed = hidden <= code;
            missed += isMissed ? 1 : 0;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {code:0.0000} | {Width(learned)} | {hidden:0.0000} |") + (isMissed ? " MISSED" : ""));
        }

        IDataView Hidden(IDataView rows) => ml.Transforms.CopyColumns("Code", "Hidden").Fit(rows).Transform(rows);

        static int Width(IDataView rows) => ((VectorDataViewType)rows.Schema["Hidden"].Type).Size;
    }
}
