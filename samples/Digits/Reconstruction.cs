using Microsoft.ML;
using Microsoft.ML.Data;
using Samples.Data;

namespace Digits;

/// <summary>Pixels from codes, and how far they are off.</summary>
internal static class Reconstruction
{
    /// <summary>The mean over digits and pixels of the squared difference.</summary>
    public static double MeanSquaredError(IReadOnlyList<Digit> digits, IReadOnlyList<float[]> reconstructions) =>
        digits.Zip(reconstructions)
            .Average(pair => pair.First.Pixels.Zip(pair.Second).Average(pixel => Square(pixel.First - pixel.Second)));

    /// <summary>
    /// The same of ML.NET's PCA, which gives codes only. What a code stands for is the least-squares fit of the
    /// training digits to their codes: the comparison with PCA makes it.
    /// </summary>
    public static double OfPca(MLContext ml, IDataView training, IDataView test, int codeSize, int seed) =>
        ml.CompareWithPca(training, "Pixels", new()
        {
            CodeSizes = [codeSize],
            Autoencoders = [],
            TestData = test,
            NeighborhoodRows = 100,
            Seed = seed,
        }).Stages.Single(stage => stage.Name == "PCA (ML.NET)").MeanSquaredError;

    public static float[][] Codes(IDataView view) => [.. view.GetColumn<float[]>("Code")];

    private static double Square(double value) => value * value;
}
