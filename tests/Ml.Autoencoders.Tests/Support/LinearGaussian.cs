using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Definitions;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Models;
using Ml.Autoencoders.Networks;
using Ml.Autoencoders.Objectives;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests;

/// <summary>
/// A variational autoencoder whose likelihood is known: x = W z + b + noise with z from N(0, I) and noise
/// from N(0, σ²), so that x is N(b, W Wᵀ + σ² I). The columns of W are orthogonal, hence the true q(z|x)
/// has independent dimensions.
/// </summary>
internal static class LinearGaussian
{
    public const float Variance = 0.5f;

    private static readonly double[] Bias = [0.3, -0.2, 0.1];
    private static readonly double[] FirstColumn = [0.8, 0.6, 0];
    private static readonly double[] SecondColumn = [0.9, -1.2, 0];

    /// <summary>Rows of 3 numbers, codes of 2.</summary>
    public static Tensor Rows { get; } = tensor(new[] { 1, 0.5f, -0.5f, -1, 2, 0.2f, 0.1f, -0.3f, 1.5f }, [3, 3])
        .DetachFromDisposeScope();

    /// <summary>The model.</summary>
    /// <param name="widening">Added to ln σ² of the true q(z|x); 0 gives that.</param>
    /// <param name="objective">Default: the evidence lower bound.</param>
    public static AutoencoderModel Model(float widening = 0, Objective? objective = null)
    {
        objective ??= new VariationalObjective(new GaussianLikelihood(Variance), 1, KlWarmup.None, 0);
        NetworkPlan plan = Network.Dense().Plan(3, 4, 2, endInSigmoid: false);
        BoundNetwork weights = BoundNetwork.Create(plan, CPU,
            (spec, tensor) => tensor.copy_(Values(spec.Name, widening)));
        var definition = new ModelDefinition("Test", plan, new GaussianBottleneck(), objective, Corruption.None,
            InputScaling.None);
        return new AutoencoderModel(definition, weights, null, CPU);
    }

    /// <summary>ln p(x) of a row.</summary>
    public static double LogLikelihood(float[] row)
    {
        double[] centered = [.. row.Zip(Bias, (x, b) => x - b)];
        double total = -0.5 * 3 * Math.Log(2 * Math.PI);
        double rest = centered.Sum(x => x * x);
        foreach (double[] column in new[] { FirstColumn, SecondColumn })
        {
            double length = column.Sum(w => w * w);
            double along = Dot(column, centered) / Math.Sqrt(length);
            total -= 0.5 * (Math.Log(length + Variance) + along * along / (length + Variance));
            rest -= along * along;
        }
        return total - 0.5 * (Math.Log(Variance) + rest / Variance);
    }

    /// <summary>
    /// E ln p(x|z) - KL(q(z|x) || p(z)) of a row for the widened q(z|x): what is missing to ln p(x) is KL(q || true q).
    /// </summary>
    public static double EvidenceLowerBound(float[] row, double widening) =>
        LogLikelihood(row) - 2 * 0.5 * (Math.Exp(widening) - 1 - widening);

    private static Tensor Values(string name, float widening)
    {
        double[][] columns = [FirstColumn, SecondColumn];
        double[] posterior = [.. columns.Select(column => 1 / (1 + column.Sum(w => w * w) / Variance))];
        double[][] encoder = [.. columns.Zip(posterior,
            (column, variance) => column.Select(w => w * variance / Variance).ToArray()), [0, 0, 0], [0, 0, 0]];
        return name switch
        {
            "encoder.0.weight" => Make([.. encoder.SelectMany(row => row)], 4, 3),
            "encoder.0.bias" =>
            Make([-Dot(encoder[0], Bias), -Dot(encoder[1], Bias),
                .. posterior.Select(variance => Math.Log(variance) + widening)], 4),
            "decoder.0.weight" =>
            Make([.. Enumerable.Range(0, 3).SelectMany(d => columns.Select(column => column[d]))], 3, 2),
            _ => Make(Bias, 3),
        };
    }

    private static Tensor Make(double[] numbers, params long[] shape) =>
        tensor(numbers, shape, dtype: ScalarType.Float32, device: CPU);

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
