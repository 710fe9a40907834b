using Microsoft.ML;
using Microsoft.ML.Data;
using Samples.Data;

namespace Digits;

/// <summary>Pixels from codes, and how far they are off.</summary>
internal static class Reconstruction
{
    /// <summary>The mean over digits and pixels of the squared difference.</summary>
    public static double MeanSquaredError(IReadOnlyList<Digit> digits, IReadOnlyList<float[]> reconstructions) =>
        digits.Zip(reconstructions).Average(pair => pair.First.Pixels.Zip(pair.Second).Average(pixel => Square(pixel.First - pixel.Second)));

    /// <summary>
    /// ML.NET's PCA gives codes only, z = W (x - mean). Its rows W are orthonormal, so the nearest pixels to a code are
    /// mean + Wᵀ z. W is read off by sending the zero picture and each unit picture through the stage.
    /// </summary>
    public static float[][] OfPca(MLContext ml, ITransformer pca, IReadOnlyList<Digit> training, IReadOnlyList<Digit> digits)
    {
        int pixels = training[0].Pixels.Length;
        IEnumerable<Digit> probes = Enumerable.Range(-1, pixels + 1).Select(lit =>
        {
            var probe = new float[pixels];
            if (lit >= 0)
                probe[lit] = 1;
            return new Digit { Pixels = probe };
        });
        float[][] responses = Codes(pca.Transform(ml.Data.LoadFromEnumerable(probes, Digit.Schema(pixels))));
        var directions = new float[pixels][];
        for (int i = 0; i < pixels; i++)
            directions[i] = [.. responses[i + 1].Zip(responses[0], (lit, dark) => lit - dark)];

        float[] mean = MeanOf(training, pixels);
        float[][] codes = Codes(pca.Transform(ml.Data.LoadFromEnumerable(digits, Digit.Schema(pixels))));
        return [.. codes.Select(code => mean.Select((value, i) => value + Dot(directions[i], code)).ToArray())];
    }

    public static float[][] Codes(IDataView view) => [.. view.GetColumn<float[]>("Code")];

    private static float[] MeanOf(IReadOnlyList<Digit> digits, int pixels)
    {
        var sums = new double[pixels];
        foreach (Digit digit in digits)
        {
            for (int i = 0; i < pixels; i++)
                sums[i] += digit.Pixels[i];
        }
        return [.. sums.Select(sum => (float)(sum / digits.Count))];
    }

    private static float Dot(float[] left, float[] right) => System.Numerics.Tensors.TensorPrimitives.Dot(left, right);

    private static double Square(double value) => value * value;
}
