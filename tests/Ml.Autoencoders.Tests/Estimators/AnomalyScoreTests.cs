using Ml.Autoencoders.Models;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Estimators;

/// <summary>The score of a variational model, against one whose ln p(x) is known.</summary>
internal sealed class AnomalyScoreTests : TensorTests
{
    private const int Seed = 5;

    private static readonly float[][] Rows = [.. LinearGaussian.Rows.Floats().Chunk(3)];

    [TestCase(0f)]
    [TestCase(0.7f)]
    [TestCase(-1f)]
    public void Over_many_draws_the_score_is_the_negative_evidence_lower_bound(float widening)
    {
        using AutoencoderModel model = LinearGaussian.Model(widening);

        Assert.That(Score(model, LinearGaussian.Rows, draws: 6000),
            Is.EqualTo(Rows.Select(row => -LinearGaussian.EvidenceLowerBound(row, widening))).Within(0.06));
    }

    [Test]
    public void The_score_is_the_divergence_minus_the_mean_log_likelihood_of_its_draws()
    {
        const int Count = 3;
        using AutoencoderModel model = LinearGaussian.Model(0.4f);
        double[] noise = Noise(Count);
        double[,] encoded = Numbers(model.Weights.Encode(LinearGaussian.Rows, ForwardMode.Prediction), 4);

        double[] expected = new double[Rows.Length];
        for (int row = 0; row < Rows.Length; row++)
        {
            for (int j = 0; j < 2; j++)
            {
                double mean = encoded[row, j];
                double logVariance = encoded[row, 2 + j];
                expected[row] += 0.5 * (mean * mean + Math.Exp(logVariance) - 1 - logVariance);
            }
            for (int draw = 0; draw < Count; draw++)
            {
                double[] code = [.. Enumerable.Range(0, 2)
                    .Select(j => encoded[row, j] + Math.Exp(encoded[row, 2 + j] / 2) * noise[2 * draw + j])];
                expected[row] -= LogProbability(model, Rows[row], code) / Count;
            }
        }

        Assert.That(Score(model, LinearGaussian.Rows, Count), Is.EqualTo(expected).Within(1e-5));
    }

    [Test]
    public void All_rows_are_scored_with_the_same_draws()
    {
        using AutoencoderModel model = LinearGaussian.Model(0.7f);

        double[] twice = Score(model, LinearGaussian.Rows.repeat(2, 1), draws: 2);
        (double[] first, double[] again) = (twice[..3], twice[3..]);

        Assert.That(again, Is.EqualTo(first).Within(1e-6));
        Assert.That(Score(model, LinearGaussian.Rows.narrow(0, 1, 1), draws: 2), Is.EqualTo(first[1..2]).Within(1e-6));
        Assert.That(new TorchPrediction(model, new RowBatch(LinearGaussian.Rows), null, 2, Seed + 1).Anomaly.Doubles(),
            Is.Not.EqualTo(first).Within(1e-3));
    }

    private static double[] Score(AutoencoderModel model, Tensor rows, int draws) =>
        new TorchPrediction(model, new RowBatch(rows), null, draws, Seed).Anomaly.Doubles();

    /// <summary>The standard normal numbers that the score draws, two for a code.</summary>
    private static double[] Noise(int draws)
    {
        using Generator random = new RandomStreams(Seed).Create(RandomUse.Noise);
        return [.. Enumerable.Range(0, draws)
            .SelectMany(_ => Draws.Normal([1, 1, 2], ScalarType.Float32, CPU, random).Doubles())];
    }

    /// <summary>ln N(x; W z + b, σ² I).</summary>
    private static double LogProbability(AutoencoderModel model, float[] row, double[] code)
    {
        double[,] weight = Numbers(model.Weights["decoder.0.weight"], 2);
        double[] bias = model.Weights["decoder.0.bias"].Doubles();
        double distance = Enumerable.Range(0, 3)
            .Sum(d => Math.Pow(row[d] - bias[d] - weight[d, 0] * code[0] - weight[d, 1] * code[1], 2));
        return -0.5 * (distance / LinearGaussian.Variance + 3 * Math.Log(2 * Math.PI * LinearGaussian.Variance));
    }

    private static double[,] Numbers(Tensor table, int columns)
    {
        double[] numbers = table.Doubles();
        var result = new double[numbers.Length / columns, columns];
        Buffer.BlockCopy(numbers, 0, result, 0, numbers.Length * sizeof(double));
        return result;
    }
}
