using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Tensors;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests;

/// <summary>Against plain sums over many angles, closed forms of the sphere in three dimensions, Bessel functions, and
/// the averages of many draws.</summary>
internal sealed class VonMisesFisherTests : TensorTests
{
    private static readonly double[] Concentrations = [1e-3, 0.1, 1, 7, 60, 1e3, 1e4];

    [Test]
    public void Divergence_is_what_the_integral_says([Values(2, 3, 4, 5, 10, 40)] int size)
    {
        double[] expected = [.. Concentrations.Select(concentration => Summed(size, concentration).Divergence)];
        double[] found = Of(size, Concentrations).Divergence(new SpherePrior())!.Value.Tensor.Doubles();
        Assert.That(found, Has.Length.EqualTo(expected.Length));
        for (int i = 0; i < found.Length; i++)
            Assert.That(found[i], Is.EqualTo(expected[i]).Within(1e-9 + 1e-8 * expected[i]));
    }

    [Test]
    public void Divergence_on_the_sphere_in_space_is_the_closed_form()
    {
        // κ coth κ - 1 + ln(κ / sinh κ)
        double[] expected = [.. Concentrations.Where(k => k >= 0.1).Select(k =>
            k / Math.Tanh(k) - 1 + Math.Log(2 * k) - k - Math.Log(1 - Math.Exp(-2 * k)))];
        Assert.That(Of(3, [.. Concentrations.Where(k => k >= 0.1)])
                .Divergence(new SpherePrior())!.Value.Tensor.Doubles(),
            Is.EqualTo(expected).Within(1e-8));
    }

    [Test]
    public void Another_prior_has_no_closed_form() =>
        Assert.That(Of(3, 1).Divergence(CodePrior.Normal), Is.Null);

    [Test]
    public void The_mean_resultant_length_is_the_ratio_of_Bessel_functions([Range(2, 10)] int size) =>
        Assert.That(MeanResultantLengths(size),
            Is.EqualTo(Concentrations.Select(concentration => BesselRatio(size / 2.0, concentration))).Within(1e-9));

    /// <summary>The slope in κ of the log-density, κ μ·z less the logarithm of the normalizer, is μ·z - A(κ).</summary>
    private static double[] MeanResultantLengths(int size)
    {
        Tensor concentration = tensor(Concentrations).requires_grad_();
        Tensor mean = Mean(size, Concentrations.Length);
        new VonMisesFisher(mean, concentration).LogDensity(mean).Tensor.sum().backward();
        return [.. concentration.grad!.Doubles().Select(slope => 1 - slope)];
    }

    [Test]
    public void Slopes_in_the_concentration_are_those_of_finite_differences([Values(2, 3, 5, 20)] int size)
    {
        Assert.Multiple(() =>
        {
            RequireSlope(posterior => posterior.Divergence(new SpherePrior())!.Value.Tensor.squeeze(1));
            RequireSlope(posterior => posterior.LogDensity(Mean(size, 1).unsqueeze(0)));
            foreach (double first in new[] { -4, -1, 0.01, 0.7, 4 })
            {
                Tensor noise = tensor([first, .. Enumerable.Range(1, size - 1).Select(i => 1.0 / i)], [1, size]);
                for (int slot = 0; slot < size; slot++)
                    RequireSlope(posterior => posterior.Sample(noise).Tensor.select(-1, slot));
            }
        });

        void RequireSlope(Func<VonMisesFisher, Tensor> of)
        {
            Tensor concentration = tensor(Concentrations).requires_grad_();
            of(new VonMisesFisher(Mean(size, Concentrations.Length), concentration)).sum().backward();
            double[] slopes = concentration.grad!.Doubles();
            for (int i = 0; i < slopes.Length; i++)
            {
                double step = 1e-4 * Concentrations[i];
                double[] ends = of(Of(size, Concentrations[i] - step, Concentrations[i] + step)).Doubles();
                double expected = (ends[1] - ends[0]) / (2 * step);
                double rounding = 1e-11 / step;
                Assert.That(slopes[i], Is.EqualTo(expected).Within(1e-6 + 1e-4 * Math.Abs(expected) + rounding),
                    $"concentration {Concentrations[i]}");
            }
        }
    }

    /// <summary>In space the distribution function of cos θ can be inverted by hand (Ulrich 1984).</summary>
    [Test]
    public void An_angle_in_space_is_the_quantile_of_its_noise([Values(-5, -1.3, -0.2, 0, 0.4, 2, 5)] double first)
    {
        Tensor draws = Of(3, Concentrations).Sample(tensor(new[] { first, 1, 0 }, [1, 3]));
        double[] found = (draws * Mean(3, 1)).sum([1]).Doubles(); // cos θ
        double above = Tail(first); // of cos θ, what is below
        double[] expected = [.. Concentrations.Select(k => 1 + Math.Log(above + (1 - above) * Math.Exp(-2 * k)) / k)];
        Assert.That(found, Is.EqualTo(expected).Within(1e-6));

        double Tail(double number) => 0.5 * erfc(tensor(number / Math.Sqrt(2), dtype: ScalarType.Float64))
            .item<double>();
    }

    [Test]
    public void Draws_have_the_moments_of_the_distribution([Values(2, 3, 8)] int size,
        [Values(1e-3, 0.5, 4, 200)] double concentration)
    {
        const int Count = 40_000;
        Tensor mean = Mean(size, 1);
        using var random = new Generator(3);
        Tensor noise = empty([Count, 1, size], dtype: ScalarType.Float64).normal_(0, 1, random);
        Tensor draws = new VonMisesFisher(mean, tensor(new[] { concentration })).Sample(noise).Tensor.squeeze(1);
        double[] along = (draws * mean).sum([1]).Doubles();
        double[] lengths = draws.Squared().sum([1]).Doubles();
        double expected = BesselRatio(size / 2.0, concentration);
        double average = along.Average();
        double variance = along.Average(c => (c - average) * (c - average));

        Assert.Multiple(() =>
        {
            Assert.That(lengths, Has.All.EqualTo(1).Within(1e-12));
            Assert.That(average, Is.EqualTo(expected).Within(4 * Math.Sqrt(variance / Count)));
            Assert.That(variance, Is.EqualTo(Summed(size, concentration).Variance).Within(5).Percent);
            // Away from the mean no direction is preferred.
            double[] rest = draws.mean([0]).unsqueeze(0).sub(mean * tensor(average)).Doubles();
            Assert.That(rest, Has.All.EqualTo(0).Within(4.5 * Math.Sqrt((1 - expected * expected) / Count)));
        });
    }

    [Test]
    public void The_slope_of_the_mean_of_draws_is_that_of_the_mean()
    {
        const int Count = 20_000;
        Tensor concentration = tensor(new[] { 3.0 }).requires_grad_();
        Tensor mean = Mean(4, 1).requires_grad_();
        using var random = new Generator(4);
        Tensor noise = empty([Count, 1, 4], dtype: ScalarType.Float64).normal_(0, 1, random);
        Tensor axis = tensor(new[] { 0.5, -0.5, 0.5, 0.5 });

        (new VonMisesFisher(mean, concentration).Sample(noise).Tensor * axis).sum([-1]).mean().backward();

        // E z = A(κ) μ: its slope in κ is A'(κ) μ, and in μ, along the sphere, A(κ).
        double along = (mean.detach() * axis).sum().item<double>();
        double slope = Summed(4, 3).Variance;
        Assert.That(concentration.grad!.Doubles()[0], Is.EqualTo(slope * along).Within(0.02 * slope));
        Tensor tangent = axis - mean.detach() * along;
        double expected = BesselRatio(2, 3) * tangent.Squared().sum().item<double>();
        Assert.That((mean.grad! * tangent).sum().item<double>(), Is.EqualTo(expected).Within(0.02));
    }

    [Test]
    public void Concentrations_of_all_sizes_give_numbers([Values(2, 3, 32, 500)] int size)
    {
        float[] concentrations = [0, 1e-30f, 1e-3f, 0.03f, 1, 30, 1e3f, 1e4f, 1e6f, 1e12f];
        Tensor concentration = tensor(concentrations).requires_grad_();
        Tensor mean = Mean(size, concentrations.Length).to(ScalarType.Float32).detach().requires_grad_();
        var posterior = new VonMisesFisher(mean, concentration);
        Tensor noise = Uniform([40, concentrations.Length, size], -6, 6);
        Tensor z = posterior.Sample(noise);
        Tensor divergence = posterior.Divergence(new SpherePrior())!;
        (z.sum() + divergence.sum() + posterior.LogDensity(z).Tensor.sum()).backward();

        Assert.Multiple(() =>
        {
            Assert.That(z.Floats(), Has.All.Matches<float>(float.IsFinite));
            Assert.That(z.Squared().sum([-1]).Floats(), Has.All.EqualTo(1).Within(1e-5));
            Assert.That(divergence.Floats(), Has.All.Matches<float>(float.IsFinite).And.All.GreaterThan(-1e-6));
            Assert.That(divergence.Floats()[3..], Is.Ordered);
            Assert.That(concentration.grad!.Floats(), Has.All.Matches<float>(float.IsFinite));
            Assert.That(mean.grad!.Floats(), Has.All.Matches<float>(float.IsFinite));
        });
    }

    [Test]
    public void Noise_and_concentrations_that_are_missing_leave_missing_draws()
    {
        var posterior = new VonMisesFisher(Mean(3, 2), tensor(new[] { double.NaN, 2 }));
        double[] draws = posterior.Sample(zeros(2, 3, dtype: ScalarType.Float64)).Doubles();
        Assert.That(draws[..3], Has.All.NaN);
        Assert.That(draws[3..].Sum(number => number * number), Is.EqualTo(1).Within(1e-12));
    }

    [Test]
    public void What_is_made_around_the_first_axis_is_turned_to_the_mean()
    {
        double[][] means =
        [
            [1, 0, 0], [-1, 0, 0], [0, 1, 0], [1, 1e-9, 0], [-1, 1e-9, -1e-9], [0.9999995, 1e-3, 0], [1e-12, 0.6, 0.8],
            [-1e-12, 0.6, 0.8],
        ];
        double[] noise = [0.3, -1, 2];
        double angle = Math.Acos(Draw([1, 0, 0])[0]);
        foreach (double[] given in means)
        {
            double length = Math.Sqrt(given.Sum(number => number * number));
            double[] mean = [.. given.Select(number => number / length)];
            double[] draw = Draw(mean);
            Assert.That(draw.Sum(number => number * number), Is.EqualTo(1).Within(1e-12));
            Assert.That(draw.Zip(mean, (a, b) => a * b).Sum(), Is.EqualTo(Math.Cos(angle)).Within(1e-12));
        }

        double[] Draw(double[] mean) =>
            new VonMisesFisher(tensor(mean, [1, 3]), tensor(new[] { 5.0 })).Sample(tensor(noise, [1, 3])).Doubles();
    }

    [Test]
    public void The_density_on_the_circle_is_that_of_a_distribution([Values(1e-3, 2, 50, 1e4)] double concentration)
    {
        const int Steps = 20_000;
        double[] points = [.. Enumerable.Range(0, Steps).SelectMany(i =>
            new[] { Math.Cos(2 * Math.PI * i / Steps), Math.Sin(2 * Math.PI * i / Steps) })];
        Tensor densities = Of(2, concentration).LogDensity(tensor(points, [Steps, 1, 2])).Exp();
        Assert.That(densities.sum().item<double>() * 2 * Math.PI / Steps, Is.EqualTo(1).Within(1e-8));
        Assert.That(SpherePrior.LogArea(2), Is.EqualTo(Math.Log(2 * Math.PI)).Within(1e-14));
    }

    [Test]
    public void The_density_on_the_sphere_is_that_of_a_distribution([Values(1e-3, 2, 50)] double concentration)
    {
        const int Steps = 500;
        double[] points = [.. from i in Enumerable.Range(0, Steps)
                              let height = (2 * i + 1.0) / Steps - 1 // even in area (Archimedes)
                              from j in Enumerable.Range(0, Steps)
                              let turn = 2 * Math.PI * j / Steps
                              let radius = Math.Sqrt(1 - height * height)
                              from number in new[] { height, radius * Math.Cos(turn), radius * Math.Sin(turn) }
                              select number];
        Tensor densities = Of(3, concentration).LogDensity(tensor(points, [Steps * Steps, 1, 3])).Exp();
        Assert.That(densities.mean().item<double>() * 4 * Math.PI, Is.EqualTo(1).Within(1e-3));
        Assert.That(SpherePrior.LogArea(3), Is.EqualTo(Math.Log(4 * Math.PI)).Within(1e-14));
    }

    [Test]
    public void The_divergence_is_the_mean_of_the_difference_of_log_densities([Values(2, 5)] int size,
        [Values(0.5, 30)] double concentration)
    {
        const int Count = 40_000;
        VonMisesFisher posterior = Of(size, concentration);
        using var random = new Generator(6);
        var draw = new CodeDraw(posterior, empty([Count, 1, size], dtype: ScalarType.Float64).normal_(0, 1, random));
        Tensor prior = new SpherePrior().Density(default)(draw.Codes);
        double[] differences = (draw.LogDensity - prior).Doubles();
        double mean = differences.Average();
        double error = Math.Sqrt(differences.Average(d => (d - mean) * (d - mean)) / Count);
        Assert.That(mean, Is.EqualTo(posterior.Divergence(new SpherePrior())!.Value.Tensor.item<double>())
            .Within(4 * error));
    }

    [TestCase(ScalarType.Float32)]
    [TestCase(ScalarType.Float64)]
    public void Everything_keeps_the_type_of_its_input(ScalarType type)
    {
        var posterior = new VonMisesFisher(Mean(3, 2).to(type), tensor(new[] { 1.0, 9 }).to(type));
        using var random = new Generator(1);
        Tensor z = posterior.Draw(random).Codes;
        Assert.That(new Tensor[] { z, posterior.Divergence(new SpherePrior())!.Value, posterior.LogDensity(z) },
            Has.All.Property(nameof(Tensor.dtype)).EqualTo(type));
    }

    private static VonMisesFisher Of(int size, params double[] concentrations) =>
        new(Mean(size, concentrations.Length), tensor(concentrations));

    /// <summary>A direction that is none of the axes, for each row.</summary>
    private static Tensor Mean(int size, int rows)
    {
        double[] numbers = [.. Enumerable.Range(0, size).Select(i => i % 2 == 0 ? -1.0 - i : 0.5 * i)];
        double length = Math.Sqrt(numbers.Sum(number => number * number));
        return tensor(numbers.Select(number => number / length).ToArray(), [1, size]).expand(rows, size).contiguous();
    }

    /// <summary>By the rule of midpoints, over angles that are evenly apart.</summary>
    private static (double Divergence, double Variance) Summed(int size, double concentration)
    {
        const int Steps = 100_000;
        (double mass, double first, double second, double uniform) = (0, 0, 0, 0);
        for (int i = 0; i < Steps; i++)
        {
            double angle = (i + 0.5) * Math.PI / Steps;
            double area = Math.Pow(Math.Sin(angle), size - 2);
            double fall = 1 - Math.Cos(angle);
            double density = Math.Exp(-concentration * fall) * area;
            (mass, first, second, uniform) =
                (mass + density, first + density * fall, second + density * fall * fall, uniform + area);
        }
        double mean = first / mass;
        return (Math.Log(uniform) - Math.Log(mass) - concentration * mean, second / mass - mean * mean);
    }

    /// <summary>I_ν(x) / I_(ν - 1)(x) by its continued fraction (Gauss), from the far end.</summary>
    private static double BesselRatio(double order, double argument)
    {
        double ratio = 0;
        for (int i = 40_000; i >= 0; i--)
            ratio = 1 / (2 * (order + i) / argument + ratio);
        return ratio;
    }
}
