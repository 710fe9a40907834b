using Microsoft.ML;
using Microsoft.ML.Transforms;

namespace Ml.Autoencoders.Benchmarks;

/// <summary>
/// Fit and transform of a dense autoencoder, against those of ML.NET's PCA with as many numbers in a code.
/// </summary>
internal static class PcaSpeed
{
    private const int CodeSize = 32;
    private const int Epochs = 5;
    private const int Rounds = 3;

    public static int Run()
    {
        var ml = new MLContext(1);
        (IDataView training, _) = MnistViews.Load(ml);
        var rows = (int)training.GetRowCount()!.Value;
        PrincipalComponentAnalyzer pca = ml.Transforms.ProjectToPrincipalComponents("Code", "Pixels", rank: CodeSize);
        AutoencoderEstimator autoencoder = TrainingContest.Dense.Estimator(ml.Transforms.Autoencoders, Epochs);

        Console.WriteLine($"Fit of {rows:N0} digits to codes of {CodeSize}");
        var fits = new Race();
        fits.Add("ML.NET's PCA", rows, () => pca.Fit(training));
        fits.Add($"784-128-64-32, {Epochs} epochs", rows, () => autoencoder.Fit(training).Dispose());
        fits.Run(Rounds);

        Console.WriteLine("Transform, the code read through the data view");
        PrincipalComponentAnalysisTransformer projection = pca.Fit(training);
        using AutoencoderTransformer encoder = autoencoder.Fit(training);
        var transforms = new Race();
        transforms.Add("ML.NET's PCA", rows, () => Codes.Read(projection.Transform(training)));
        transforms.Add("784-128-64-32", rows, () => Codes.Read(encoder.Transform(training)));
        transforms.Run(Rounds);
        return 0;
    }
}
