using Ml.Autoencoders.Codes;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests;

/// <summary>Against formulas written out in double, and against the averages of many draws.</summary>
internal sealed class DiagonalGaussianTests : TensorTests
{
    [Test]
    public void An_encoding_is_split_into_means_and_log_variances()
    {
        DiagonalGaussian<TorchArray> posterior = DiagonalGaussian<TorchArray>.Of(Table([1, 2, 3, 4], [5, 6, 7, 8]));

        Assert.Multiple(() =>
        {
            Assert.That(posterior.Mean.Tensor.shape, Is.EqualTo(new long[] { 2, 2 }));
            Assert.That(posterior.Mean.Floats(), Is.EqualTo(new[] { 1f, 2, 5, 6 }));
            Assert.That(posterior.LogVariance.Tensor.shape, Is.EqualTo(new long[] { 2, 2 }));
            Assert.That(posterior.LogVariance.Floats(), Is.EqualTo(new[] { 3f, 4, 7, 8 }));
        });
    }

    [Test]
    public void A_sample_is_the_mean_and_the_noise_times_the_standard_deviation()
    {
        DiagonalGaussian<TorchArray> posterior = Gaussian([1, -2], [4, 0.25]);

        double[] sample = posterior.Sample(tensor(new[] { 1.5, -1 }, [1, 2])).Doubles();

        Assert.That(sample, Is.EqualTo(new[] { 1 + 2 * 1.5, -2 - 0.5 }).Within(1e-12));
    }

    [Test]
    public void Noise_of_more_axes_gives_as_many_samples()
    {
        DiagonalGaussian<TorchArray> posterior = Gaussian([1, -2], [4, 0.25]);

        Tensor samples = posterior.Sample(tensor(new[] { 0.0, 0, 1, 1, -1, 2 }, [3, 1, 2]));

        Assert.Multiple(() =>
        {
            Assert.That(samples.shape, Is.EqualTo(new long[] { 3, 1, 2 }));
            Assert.That(samples.Doubles(), Is.EqualTo(new[] { 1, -2, 3, -1.5, -1, -1 }).Within(1e-12));
        });
    }

    [Test]
    public void Samples_have_the_mean_and_the_variance_of_the_distribution()
    {
        const int Count = 200_000;
        DiagonalGaussian<TorchArray> rows = new(
            tensor(new[] { 1.0, -2 }, [1, 2]).expand(Count, 2),
            tensor(new[] { Math.Log(4), Math.Log(0.25) }, [1, 2]).expand(Count, 2));
        using var random = new Generator(1);

        Tensor samples = rows.Draw(random).Codes;

        // Five standard errors: of a mean σ / sqrt(n), of a variance σ² sqrt(2 / n).
        double[] mean = samples.mean([0]).Doubles();
        double[] variance = samples.var([0], unbiased: false).Doubles();
        Assert.Multiple(() =>
        {
            Assert.That(mean[0], Is.EqualTo(1).Within(5 * 2 / Math.Sqrt(Count)));
            Assert.That(mean[1], Is.EqualTo(-2).Within(5 * 0.5 / Math.Sqrt(Count)));
            Assert.That(variance[0], Is.EqualTo(4).Within(5 * 4 * Math.Sqrt(2.0 / Count)));
            Assert.That(variance[1], Is.EqualTo(0.25).Within(5 * 0.25 * Math.Sqrt(2.0 / Count)));
        });
    }

    [Test]
    public void Every_number_of_every_row_is_drawn_apart_and_the_same_again_for_the_same_seed()
    {
        double[] first = Draw(seed: 1);

        Assert.Multiple(() =>
        {
            Assert.That(first, Is.Unique);
            Assert.That(Draw(seed: 1), Is.EqualTo(first));
            Assert.That(Draw(seed: 2), Is.Not.EqualTo(first));
        });

        static double[] Draw(ulong seed)
        {
            using var random = new Generator(seed);
            return Gaussian(new double[6], [1, 1, 1, 1, 1, 1]).Draw(random).Codes.Doubles();
        }
    }

    [Test]
    public void Sampling_leaves_the_random_state_of_torch_alone()
    {
        using var random = new Generator(1);
        byte[] before = State();

        _ = Gaussian([0, 0], [1, 1]).Draw(random).Codes;

        Assert.That(State(), Is.EqualTo(before));

        static byte[] State()
        {
            using Tensor state = get_rng_state();
            return state.data<byte>().ToArray();
        }
    }

    [Test]
    public void Gradients_reach_the_mean_and_the_log_variance_through_a_sample()
    {
        // z = μ + exp(l / 2) ε, so dz/dμ = 1 and dz/dl = exp(l / 2) ε / 2; the weights make every
        // slot's gradient its own.
        double[] weights = [1, 10, 100];
        double[] noise = [0.5, -1, 2];
        double[] logVariance = [-1, 0, 3];
        Tensor mean = tensor(new[] { 3.0, 4, 5 }, [1, 3]).requires_grad_();
        Tensor log = tensor(logVariance, [1, 3]).requires_grad_();

        Tensor sample = new DiagonalGaussian<TorchArray>(mean, log).Sample(tensor(noise, [1, 3]));
        (sample * tensor(weights, [1, 3])).sum().backward();

        Assert.Multiple(() =>
        {
            Assert.That(mean.grad!.Doubles(), Is.EqualTo(weights).Within(1e-12));
            Assert.That(log.grad!.Doubles(),
                Is.EqualTo(Enumerable.Range(0, 3).Select(j => weights[j] * Math.Exp(logVariance[j] / 2) * noise[j] / 2))
                    .Within(1e-12));
        });
    }

    [Test]
    public void Gradients_reach_an_encoding_through_a_drawn_sample()
    {
        Tensor encoded = tensor(new[] { 3.0, 4, Math.Log(4), Math.Log(9) }, [1, 4]).requires_grad_();
        using var random = new Generator(1);

        Tensor sample = DiagonalGaussian<TorchArray>.Of(encoded).Draw(random).Codes;
        sample.sum().backward();

        // dz/dl = σ ε / 2 = (z - μ) / 2, whatever the draw was.
        double[] z = sample.Doubles();
        Assert.That(encoded.grad!.Doubles(), Is.EqualTo(new[] { 1, 1, (z[0] - 3) / 2, (z[1] - 4) / 2 }).Within(1e-12));
        Assert.That(z[0], Is.Not.EqualTo(3), "the noise is not 0, or the gradients above would say nothing");
    }

    [TestCase(0, 1, 0)]
    [TestCase(3, 1, 4.5)]
    [TestCase(-3, 1, 4.5)]
    [TestCase(0, 4, 0.80685281944005469, Description = "(4 - 1 - ln 4) / 2")]
    [TestCase(0, 0.25, 0.31814718055994531, Description = "(1/4 - 1 + ln 4) / 2")]
    [TestCase(1, 4, 1.3068528194400547, Description = "(1 + 4 - 1 - ln 4) / 2")]
    public void Divergence_of_one_dimension_is_what_the_formula_says(double mean, double variance, double expected) =>
        Assert.That(Gaussian([mean], [variance]).Divergence().Doubles(), Is.EqualTo(new[] { expected }).Within(1e-12));

    [Test]
    public void Divergence_is_told_for_each_row_and_dimension()
    {
        Tensor divergence = new DiagonalGaussian<TorchArray>(Table([0, 3], [1, 0], [2, 4]),
                Table([0, 0], [0, 0], [0, 0]))
            .Divergence();

        Assert.Multiple(() =>
        {
            Assert.That(divergence.shape, Is.EqualTo(new long[] { 3, 2 }));
            Assert.That(divergence.Floats(), Is.EqualTo(new[] { 0, 4.5f, 0.5f, 0, 2, 8 }));
        });
    }

    [Test]
    public void Divergence_keeps_its_digits_near_the_standard_normal()
    {
        // l = 1/1024: (exp(l) - 1 - l) / 2 = l² / 4 + l³ / 12 + ...; exp(l) rounded to float is off by a tenth of that.
        const float Log = 1 / 1024f;
        float divergence = new DiagonalGaussian<TorchArray>(Table([0]), Table([Log])).Divergence().Floats()[0];

        double expected = Math.Pow(Log, 2) / 4 + Math.Pow(Log, 3) / 12;
        Assert.That(divergence, Is.EqualTo(expected).Within(0.001 * expected));
    }

    [Test]
    public void Divergence_is_the_mean_of_the_difference_of_log_densities()
    {
        const int Count = 200_000;
        DiagonalGaussian<TorchArray> posterior = Gaussian([0.5, -1], [0.25, 2]);
        using var random = new Generator(2);
        Tensor z = posterior.Sample(empty([Count, 1, 2], dtype: ScalarType.Float64).normal_(0, 1, random));

        double[] differences = (posterior.LogDensity(z) - DiagonalGaussian<TorchArray>.StandardLogDensity(z)).Doubles();

        double mean = differences.Average();
        double standardError = Math.Sqrt(differences.Average(d => (d - mean) * (d - mean)) / Count);
        Assert.That(standardError, Is.LessThan(0.01));
        Assert.That(mean, Is.EqualTo(posterior.Divergence().Tensor.sum().item<double>()).Within(5 * standardError));
    }

    [TestCase(0, 1, 0, -0.91893853320467267, Description = "-ln(2π) / 2")]
    [TestCase(0, 1, 2, -2.9189385332046727)]
    [TestCase(1, 4, 4, -2.7370857137646179, Description = "-(ln 2π + ln 4 + 9/4) / 2")]
    [TestCase(1, 0.25, 0.5, -0.72579135264472738, Description = "-(ln 2π - ln 4 + 1) / 2")]
    public void Log_density_of_one_dimension_is_what_the_formula_says(double mean, double variance, double z,
        double expected) =>
        Assert.That(Gaussian([mean], [variance]).LogDensity(tensor(new[] { z }, [1, 1])).Doubles(),
            Is.EqualTo(new[] { expected }).Within(1e-12));

    [Test]
    public void Log_density_is_the_sum_over_dimensions_and_one_for_each_row()
    {
        Tensor mean = Uniform([4, 3], -2, 2, seed: 1, type: ScalarType.Float64);
        Tensor log = Uniform([4, 3], -2, 2, seed: 2, type: ScalarType.Float64);
        Tensor z = Uniform([4, 3], -2, 2, seed: 3, type: ScalarType.Float64);
        double[] expected = [.. Enumerable.Range(0, 12)
            .Select(i => LogDensity(z.Doubles()[i], mean.Doubles()[i], log.Doubles()[i])).Chunk(3)
            .Select(row => row.Sum())];

        Tensor density = new DiagonalGaussian<TorchArray>(mean, log).LogDensity(z);

        Assert.That(density.shape, Is.EqualTo(new long[] { 4 }));
        Assert.That(density.Doubles(), Is.EqualTo(expected).Within(1e-12));
    }

    [Test]
    public void The_log_density_of_a_draw_is_told_from_its_noise()
    {
        Tensor mean = Uniform([4, 3], -2, 2, seed: 1, type: ScalarType.Float64);
        var posterior = new DiagonalGaussian<TorchArray>(mean,
            Uniform([4, 3], -2, 2, seed: 2, type: ScalarType.Float64));
        Tensor noise = Uniform([5, 4, 3], -2, 2, seed: 3, type: ScalarType.Float64);

        Assert.That(new CodeDraw(posterior, noise).LogDensity.Doubles(),
            Is.EqualTo(posterior.LogDensity(posterior.Sample(noise)).Doubles()).Within(1e-12));

        // σ = e^-10 beside the rounding of 100,000, where the draw is the mean.
        var far = new DiagonalGaussian<TorchArray>(tensor(new[] { 1e5f }, [1, 1]), tensor(new[] { -20f }, [1, 1]));
        Assert.That(new CodeDraw(far, tensor(new[] { 2f }, [1, 1])).LogDensity.item<float>(),
            Is.EqualTo(10 - 0.5 * Math.Log(2 * Math.PI) - 2).Within(1e-5));
    }

    [Test]
    public void Log_density_of_every_sample_under_every_row()
    {
        Tensor mean = Uniform([2, 3], -2, 2, seed: 1, type: ScalarType.Float64);
        Tensor log = Uniform([2, 3], -2, 2, seed: 2, type: ScalarType.Float64);
        Tensor z = Uniform([5, 1, 3], -2, 2, seed: 3, type: ScalarType.Float64);
        double[][] rows = [.. z.Doubles().Chunk(3)];
        double[][] means = [.. mean.Doubles().Chunk(3)];
        double[][] logs = [.. log.Doubles().Chunk(3)];
        IEnumerable<double> expected =
            from sample in rows
            from row in Enumerable.Range(0, 2)
            select Enumerable.Range(0, 3).Sum(j => LogDensity(sample[j], means[row][j], logs[row][j]));

        Tensor density = new DiagonalGaussian<TorchArray>(mean, log).LogDensity(z);

        Assert.That(density.shape, Is.EqualTo(new long[] { 5, 2 }));
        Assert.That(density.Doubles(), Is.EqualTo(expected).Within(1e-12));
    }

    [Test]
    public void The_density_is_that_of_a_distribution()
    {
        // The trapezium rule over ±22 σ is exact to rounding for a normal density.
        const double Step = 0.01;
        Tensor z = arange(-10, 12, Step, dtype: ScalarType.Float64).unsqueeze(1);

        Assert.That(Gaussian([1], [0.25]).LogDensity(z).Exp().Tensor.sum().item<double>() * Step,
            Is.EqualTo(1).Within(1e-10));
    }

    [Test]
    public void The_standard_log_density_is_that_of_mean_0_and_variance_1()
    {
        Tensor z = Uniform([5, 2, 3], -3, 3, type: ScalarType.Float64);
        DiagonalGaussian<TorchArray> standard = new(z.new_zeros([2, 3]), z.new_zeros([2, 3]));

        Tensor density = DiagonalGaussian<TorchArray>.StandardLogDensity(z);

        Assert.That(density.shape, Is.EqualTo(new long[] { 5, 2 }));
        Assert.That(density.Doubles(), Is.EqualTo(standard.LogDensity(z).Doubles()).Within(1e-12));
    }

    [TestCase(ScalarType.Float32)]
    [TestCase(ScalarType.Float64)]
    public void Everything_keeps_the_type_of_its_input(ScalarType type)
    {
        DiagonalGaussian<TorchArray> posterior = DiagonalGaussian<TorchArray>.Of(Uniform([2, 4], type: type));
        using var random = new Generator(1);
        Tensor z = posterior.Draw(random).Codes;

        Assert.That(new Tensor[]
        {
            z,
            posterior.Divergence(),
            posterior.LogDensity(z),
            DiagonalGaussian<TorchArray>.StandardLogDensity(z),
        },
            Has.All.Property(nameof(Tensor.dtype)).EqualTo(type));
    }

    /// <summary>One row of float64.</summary>
    private static DiagonalGaussian<TorchArray> Gaussian(double[] mean, double[] variance) =>
        new(tensor(mean, [1, mean.Length]), tensor(variance.Select(v => Math.Log(v)).ToArray(), [1, variance.Length]));

    private static double LogDensity(double z, double mean, double logVariance) =>
        -0.5 * Math.Log(2 * Math.PI * Math.Exp(logVariance)) - (z - mean) * (z - mean) / (2 * Math.Exp(logVariance));
}
