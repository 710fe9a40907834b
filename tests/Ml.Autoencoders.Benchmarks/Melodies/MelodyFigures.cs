using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ml.Autoencoders.Benchmarks.Melodies;

/// <summary>How well an autoencoder gives melodies back.</summary>
/// <param name="Accuracy">The share of steps that are right: the likeliest keys of the mean code.</param>
/// <param name="Whole">The share of melodies of which all steps are.</param>
/// <param name="DrawnAccuracy">The share of steps that are right where the code is drawn from q(z|x), and the keys from
/// their distributions.</param>
/// <param name="Bits">What a code holds: the mean of KL(q(z|x) || N(0, I)), in bits.</param>
internal sealed record MelodyFigures(double Accuracy, double Whole, double DrawnAccuracy, double Bits)
{
    private const int Seed = 1;

    public static MelodyFigures Of(MLContext ml, AutoencoderTransformer model, uint[][] melodies)
    {
        IDataView scored = model.Transform(ml.Data.LoadMelodies(melodies));
        uint[][] likeliest = [.. scored.GetColumn<uint[]>(MelodyColumns.Reconstruction)];
        uint[][] drawn = model.Tokens.Decode([.. scored.GetColumn<float[]>(MelodyColumns.Draw)], Seed, 1);
        double bits = scored.GetColumn<float[]>(MelodyColumns.Code)
            .Zip(scored.GetColumn<float[]>(MelodyColumns.LogVariance), BitsOf).Average();
        return new(Right(likeliest, melodies), likeliest.Zip(melodies).Average(WholeOf), Right(drawn, melodies), bits);

        static double WholeOf((uint[] Found, uint[] Given) pair) => pair.Found.SequenceEqual(pair.Given) ? 1 : 0;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Accuracy:0.0000} | {Whole:0.000} | {DrawnAccuracy:0.0000} | {Bits:0.0}");

    private static double Right(uint[][] found, uint[][] given) => found.Zip(given)
        .Average(pair => pair.First.Zip(pair.Second).Average(step => step.First == step.Second ? 1.0 : 0));

    /// <summary>KL(N(m, s²) || N(0, I)) = ½ Σ (m² + s² - ln s² - 1), in bits.</summary>
    private static double BitsOf(float[] mean, float[] logVariance) => mean
        .Zip(logVariance, (m, v) => (double)m * m + Math.Exp(v) - v - 1).Sum() / 2 / Math.Log(2);
}
