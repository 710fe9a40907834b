using Microsoft.ML;
using Microsoft.ML.Data;
using Ml.Autoencoders;
using Ml.Autoencoders.Music;

namespace Melodies;

/// <summary>How well melodies come back from their codes.</summary>
/// <param name="Melodies">How many there are.</param>
/// <param name="Pieces">Of how many pieces.</param>
/// <param name="Steps">The share of steps whose likeliest key, by the mean code, is the right one.</param>
/// <param name="Whole">The share of melodies that are right at every step.</param>
/// <param name="Bits">The mean KL divergence of the code from the prior: what a code tells of its melody.</param>
internal sealed record Quality(int Melodies, int Pieces, double Steps, double Whole, double Bits)
{
    public static Quality Of(MLContext ml, AutoencoderTransformer model, IReadOnlyList<MelodyWindow> melodies)
    {
        uint[][] given = [.. melodies.Select(window => window.Keys)];
        IDataView scored = model.Transform(ml.Data.LoadMelodies(melodies));
        float[][] means = [.. scored.GetColumn<float[]>(MelodyModel.CodeColumn)];
        float[][] logVariances = [.. scored.GetColumn<float[]>(MelodyModel.LogVarianceColumn)];
        return Of(given, model.Tokens!.Reconstruct(given), melodies.DistinctBy(window => window.Piece).Count(),
            means.Zip(logVariances, Divergence).Average() / Math.Log(2));
    }

    public static Quality Of(uint[][] given, uint[][] reconstructed, int pieces, double bits)
    {
        double[] right = [.. given.Zip(reconstructed,
            (row, result) => row.Zip(result, (key, other) => key == other ? 1.0 : 0).Average())];
        return new(given.Length, pieces, right.Average(), right.Average(share => share == 1 ? 1 : 0), bits);
    }

    /// <summary>KL(N(μ, σ²) || N(0, I)) = 1/2 sum (μ² + σ² - 1 - ln σ²), in nats.</summary>
    private static double Divergence(float[] mean, float[] logVariance) =>
        mean.Zip(logVariance, (m, v) => ((double)m * m + Math.Exp(v) - 1 - v) / 2).Sum();
}
