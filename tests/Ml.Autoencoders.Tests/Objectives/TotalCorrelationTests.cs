using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Objectives;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Objectives;

/// <summary>Against the formulas written out in double, and against data sets whose q(z) is known.</summary>
internal sealed class TotalCorrelationTests : TensorTests
{
    [Test]
    public void A_batch_of_one_number_a_row_worked_out_by_hand()
    {
        // Two rows of N(0, 1) and N(2, 1), with z = 0 and z = 1: squared distances 0 and 4, 1 and 1.
        var posterior = new DiagonalGaussian<TorchArray>(tensor(new[] { 0.0, 2 }, [2, 1]),
            zeros(2, 1, ScalarType.Float64));
        Tensor z = tensor(new[] { 0.0, 1 }, [2, 1]);
        double c = -0.5 * Math.Log(2 * Math.PI);
        double first = Math.Log((1 + Math.Exp(-2)) / 2) + c;
        double second = Math.Log(2 * Math.Exp(-0.5) / 2) + c;

        double[] parts = Parts(posterior, z);

        Assert.That(parts, Is.EqualTo(new[]
        {
            (c - first + (c - 0.5 - second)) / 2,
            0, // one number depends on no other
            (first - c + (second - (c - 0.5))) / 2,
        }).Within(1e-12));
    }

    [Test]
    public void A_batch_of_many_numbers_is_what_the_formulas_say()
    {
        (DiagonalGaussian<TorchArray> posterior, Tensor z) = Batch(4, 3);

        Assert.That(Parts(posterior, z), Is.EqualTo(WrittenOut(posterior, z)).Within(1e-11));
    }

    [TestCase(5, 1)]
    [TestCase(5, 3)]
    [TestCase(64, 10)]
    public void The_parts_add_up_to_the_divergence_of_the_draws(int batch, int codeSize)
    {
        (DiagonalGaussian<TorchArray> posterior, Tensor z) = Batch(batch, codeSize);

        double whole = (posterior.LogDensity(z) - DiagonalGaussian<TorchArray>.StandardLogDensity(z)).Tensor
            .mean().item<double>();

        Assert.That(Parts(posterior, z).Sum(), Is.EqualTo(whole).Within(1e-10));
    }

    [Test]
    public void Rows_on_a_grid_have_numbers_that_do_not_depend_on_each_other()
    {
        // Means at every pair of the two axes' places and one σ for each axis: q(z) is a product, at every z.
        double[] across = [-2, 0, 0.5, 3];
        double[] up = [-1, 1, 4];
        double[][] means = [.. from a in across from b in up select new[] { a, b }];
        var posterior = new DiagonalGaussian<TorchArray>(
            tensor(means.SelectMany(mean => mean).ToArray(), [12, 2]),
            tensor(new[] { Math.Log(0.5), Math.Log(2) }, [1, 2]).expand(12, 2));

        double[] parts = Parts(posterior, Drawn(posterior));

        Assert.That(parts[1], Is.Zero.Within(1e-12));
    }

    [TestCase(ScalarType.Float32, 1e-4)]
    [TestCase(ScalarType.Float64, 1e-12)]
    public void Rows_far_apart_on_a_diagonal_tell_each_number_from_the_others(ScalarType type, double margin)
    {
        // Each number alone tells which of the five rows it is: ln 5 nats of the row, and ln 5 from
        // each number after the first.
        Tensor places = arange(5, dtype: type).unsqueeze(1).expand(5, 3) * 1000;
        var posterior = new DiagonalGaussian<TorchArray>(places, zeros_like(places));

        double[] parts = Parts(posterior, Drawn(posterior));

        Assert.That(parts[..2], Is.EqualTo(new[] { Math.Log(5), 2 * Math.Log(5) }).Within(margin));
    }

    [TestCase(0.7)]
    [TestCase(-0.7)]
    [TestCase(0)]
    public void Normal_codes_have_the_parts_known_for_them(double correlation)
    {
        // Means from N(0, R - s² I), σ = s: together N(0, R) with R = [[1, ρ], [ρ, 1]], so each number is N(0, 1).
        const int Side = 30;
        const double Variance = 0.2;
        Tensor quantiles = Math.Sqrt(2) * ((arange(Side, dtype: ScalarType.Float64) + 0.5) / Side * 2 - 1).erfinv();
        Tensor first = quantiles.repeat(Side); // with the second, every pair: N(0, I) in 900 places
        Tensor second = quantiles.repeat_interleave(Side);
        double shared = correlation / (1 - Variance);
        Tensor means = Math.Sqrt(1 - Variance)
            * stack([first, shared * first + Math.Sqrt(1 - shared * shared) * second], dim: 1);
        var posterior = new DiagonalGaussian<TorchArray>(means, full_like(means, Math.Log(Variance)));
        using var random = new Generator(1);

        double[][] draws = [.. Enumerable.Range(0, 5).Select(_ =>
            Parts(posterior, posterior.Draw(random).Codes))];

        double dependence = -0.5 * Math.Log(1 - correlation * correlation);
        double information = -dependence - Math.Log(Variance); // entropy of N(0, R) less that of N(0, s² I)
        Assert.That(Enumerable.Range(0, 3).Select(part => draws.Average(parts => parts[part])),
            Is.EqualTo(new[] { information, dependence, 0 }).Within(0.06));
    }

    [Test]
    public void Gradients_are_the_limit_of_differences()
    {
        const double Step = 1e-6;
        (DiagonalGaussian<TorchArray> posterior, Tensor z) = Batch(3, 2);
        Tensor noise = ((z - posterior.Mean.Tensor) / (posterior.LogVariance / 2).Exp().Tensor).detach();
        double[] point = cat([posterior.Mean, posterior.LogVariance], 1).Doubles();

        Tensor encoded = tensor(point, [3, 4]).requires_grad_();
        Loss(encoded).backward();

        double[] differences = [.. Enumerable.Range(0, point.Length)
            .Select(i => (At(i, Step) - At(i, -Step)) / (2 * Step))];
        Assert.That(encoded.grad!.Doubles(), Is.EqualTo(differences).Within(1e-7));

        Tensor Loss(Tensor at)
        {
            DiagonalGaussian<TorchArray> there = DiagonalGaussian<TorchArray>.Of(at);
            (Tensor information, Tensor correlation, Tensor dimensions) = Decompose(there, there.Sample(noise));
            return information + 6 * correlation - 3 * dimensions;
        }

        double At(int i, double shift)
        {
            double[] moved = [.. point];
            moved[i] += shift;
            return Loss(tensor(moved, [3, 4])).item<double>();
        }
    }

    [TestCase(ScalarType.Float32)]
    [TestCase(ScalarType.Float64)]
    public void Everything_is_a_scalar_of_the_type_of_its_input(ScalarType type)
    {
        var posterior = new DiagonalGaussian<TorchArray>(Uniform([3, 2], type: type), Uniform([3, 2], type: type));

        (Tensor information, Tensor correlation, Tensor dimensions) = Decompose(posterior, posterior.Mean);

        Assert.That(new[] { information, correlation, dimensions },
            Has.All.Property(nameof(Tensor.dtype)).EqualTo(type).And.All.Property(nameof(Tensor.shape)).Empty);
    }

    private static double[] WrittenOut(DiagonalGaussian<TorchArray> posterior, Tensor draws)
    {
        int codeSize = (int)draws.shape[1];
        double[][] mean = [.. posterior.Mean.Doubles().Chunk(codeSize)];
        double[][] variance = [.. posterior.LogVariance.Exp().Doubles().Chunk(codeSize)];
        double[][] z = [.. draws.Doubles().Chunk(codeSize)];
        IEnumerable<int> batch = Enumerable.Range(0, z.Length);
        IEnumerable<int> dimensions = Enumerable.Range(0, codeSize);

        double weight = 1.0 / z.Length;
        double[] own = [.. batch.Select(i => Math.Log(Density(i, i)))];
        double[] joint = [.. batch.Select(i => Math.Log(weight * batch.Sum(k => Density(i, k))))];
        double[] product =
            [.. batch.Select(i =>
                dimensions.Sum(j => Math.Log(weight * batch.Sum(k => Normal(z[i][j], mean[k][j], variance[k][j])))))];
        double[] prior = [.. batch.Select(i => dimensions.Sum(j => Math.Log(Normal(z[i][j], 0, 1))))];
        return [own.Average() - joint.Average(), joint.Average() - product.Average(),
            product.Average() - prior.Average()];

        double Density(int i, int k) =>
            dimensions.Aggregate(1.0, (all, j) => all * Normal(z[i][j], mean[k][j], variance[k][j]));
        static double Normal(double z, double mean, double variance) =>
            Math.Exp(-(z - mean) * (z - mean) / (2 * variance)) / Math.Sqrt(2 * Math.PI * variance);
    }

    private static (Tensor, Tensor, Tensor) Decompose(DiagonalGaussian<TorchArray> posterior, Tensor z) =>
        TotalCorrelation.Decompose(posterior, z, z => DiagonalGaussian<TorchArray>.StandardLogDensity(z));

    private static double[] Parts(DiagonalGaussian<TorchArray> posterior, Tensor z)
    {
        (Tensor information, Tensor correlation, Tensor dimensions) = Decompose(posterior, z);
        return [.. information.Doubles(), .. correlation.Doubles(), .. dimensions.Doubles()];
    }

    private static (DiagonalGaussian<TorchArray> Posterior, Tensor Draws) Batch(int size, int codeSize)
    {
        var posterior = new DiagonalGaussian<TorchArray>(
            Uniform([size, codeSize], -2, 2, seed: 1, type: ScalarType.Float64),
            Uniform([size, codeSize], -2, 1, seed: 2, type: ScalarType.Float64));
        return (posterior, Drawn(posterior));
    }

    private static Tensor Drawn(DiagonalGaussian<TorchArray> posterior)
    {
        using var random = new Generator(3);
        return posterior.Draw(random).Codes;
    }
}
