using Ml.Autoencoders.Objectives;

using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Objectives;

/// <summary>Against values worked out by hand, and against the expectations known for normal distributions.</summary>
internal sealed class MaximumMeanDiscrepancyTests : TensorTests
{
    /// <summary>1 / (1 + |x - y|²), for sums that can be done by hand.</summary>
    private static readonly Func<Tensor, Tensor> Simple = squaredDistances => (1 + squaredDistances).reciprocal();

    [Test]
    public void Two_rows_against_two()
    {
        double squared = Squared(Column(0, 1), Column(2, 4), Simple);

        // Within: 1/2 and 1/5. Between: distances 2, 4, 1 and 3.
        Assert.That(squared, Is.EqualTo(1 / 2.0 + 1 / 5.0 - 2 * (1 / 5.0 + 1 / 17.0 + 1 / 2.0 + 1 / 10.0) / 4)
            .Within(1e-12));
    }

    [Test]
    public void Two_rows_against_three()
    {
        double squared = Squared(Column(0, 1), Column(2, 4, 4), Simple);

        double within = 1 / 2.0 + (1 / 5.0 + 1 / 5.0 + 1) / 3;
        double between = (1 / 5.0 + 2 / 17.0 + 1 / 2.0 + 2 / 10.0) / 6;
        Assert.That(squared, Is.EqualTo(within - 2 * between).Within(1e-12));
    }

    [Test]
    public void Distances_are_taken_over_all_dimensions()
    {
        Tensor x = tensor(new[] { 0.0, 0, 3, 4 }, [2, 2]);
        Tensor y = tensor(new[] { 1.0, 1, 1, 1 }, [2, 2]);

        // Squared distances: within 25 and 0, between 2 and 4 + 9.
        Assert.That(Squared(x, y, Simple), Is.EqualTo(1 / 26.0 + 1 - (1 / 3.0 + 1 / 14.0)).Within(1e-12));
    }

    [Test]
    public void A_sample_against_itself_is_below_0_because_only_between_samples_is_a_row_paired_with_itself() =>
        Assert.That(Squared(Column(0, 2), Column(0, 2), Simple), Is.EqualTo(2 / 5.0 - (1 + 1 / 5.0)).Within(1e-12));

    [Test]
    public void With_half_the_negative_squared_distance_it_is_that_of_the_means_without_what_their_variances_add()
    {
        // -|x - y|²/2 makes E k(x, x') + E k(y, y') - 2 E k(x, y) = |E x - E y|²; the rest removes the bias of |x̄ -
        // ȳ|².
        Tensor x = Uniform([5, 3], -2, 2, seed: 1, type: ScalarType.Float64);
        Tensor y = Uniform([8, 3], -1, 3, seed: 2, type: ScalarType.Float64);
        double ofMeans = (x.mean([0]) - y.mean([0])).square().sum().item<double>();
        double ofVariances = (x.var([0]) / 5 + y.var([0]) / 8).sum().item<double>();

        Assert.That(Squared(x, y, squaredDistances => squaredDistances / -2),
            Is.EqualTo(ofMeans - ofVariances).Within(1e-12));
    }

    [Test]
    public void Neither_sample_comes_first()
    {
        Tensor x = Normal([5, 3], seed: 1);
        Tensor y = Normal([8, 3], seed: 2) + 1;
        Func<Tensor, Tensor> kernel = MaximumMeanDiscrepancy.InverseMultiquadric(3);

        Assert.That(Squared(x, y, kernel), Is.EqualTo(Squared(y, x, kernel)).Within(1e-12));
    }

    [TestCase(0, 1)]
    [TestCase(1, 1)]
    [TestCase(0.5, 2)]
    public void Its_average_is_the_discrepancy_of_the_distributions(double shift, double scale)
    {
        // Pairs with themselves would add (1 - E k) / 4 + (1 - E k) / 6, at least 0.27 here.
        (double mean, double standardError) = Average(Gaussian(Width), shift, scale);

        Assert.That(standardError, Is.LessThan(0.01));
        Assert.That(mean, Is.EqualTo(DiscrepancyOfNormals(shift, scale)).Within(4 * standardError));
    }

    [Test]
    public void Its_average_for_equal_distributions_is_0_with_the_inverse_multiquadric_kernel_too()
    {
        (double mean, double standardError) =
            Average(MaximumMeanDiscrepancy.InverseMultiquadric(Dimensions), shift: 0, scale: 1);

        Assert.That(standardError, Is.LessThan(0.005));
        Assert.That(mean, Is.Zero.Within(4 * standardError));
    }

    [Test]
    public void Of_large_samples_it_is_that_of_the_distributions([Values(0, 0.5, 1, 2, 4)] double shift)
    {
        double squared = Squared(Normal([400, Dimensions], seed: 1), Normal([300, Dimensions], seed: 2) + shift,
            Gaussian(Width));

        Assert.That(squared, Is.EqualTo(DiscrepancyOfNormals(shift, 1)).Within(0.03));
    }

    [Test]
    public void With_the_inverse_multiquadric_kernel_it_grows_with_the_distance_of_the_means()
    {
        Tensor x = Normal([200, Dimensions], seed: 1);
        Tensor y = Normal([300, Dimensions], seed: 2);
        double[] shifts = [0, 0.5, 1, 2, 4, 8];

        double[] squared = [.. shifts.Select(shift =>
            Squared(x, y + shift, MaximumMeanDiscrepancy.InverseMultiquadric(Dimensions)))];

        Assert.That(squared.Zip(squared.Skip(1), (near, far) => far - near), Has.All.GreaterThan(0.01));
        Assert.That(squared[0], Is.Zero.Within(0.01));
    }

    [TestCase(1, 0, 1)]
    [TestCase(1, 2, 0.5, Description = "1/11 + 1/6 + 1/3 + 1/2 + 2/3 + 5/6 + 10/11 is seven halves")]
    [TestCase(1, 8, 0.28375642940102874, Description = "C is 0.2, 0.4, 1, 2, 4, 10 and 20")]
    [TestCase(2, 16, 0.28375642940102874, Description = "twice the dimensions, twice the squared distance")]
    public void The_inverse_multiquadric_kernel_is_the_mean_over_its_scales(int codeSize, double squaredDistance,
        double expected)
    {
        Tensor similarity = MaximumMeanDiscrepancy.InverseMultiquadric(codeSize)(tensor(new[] { squaredDistance }));

        Assert.That(similarity.Doubles(), Is.EqualTo(new[] { expected }).Within(1e-10));
    }

    [Test]
    public void Gradients_are_the_limit_of_differences_also_for_equal_rows()
    {
        const double Step = 1e-6;
        double[] point = [0.5, -1, 0.5, -1, 2, 0]; // the first two rows are equal, and equal to one of y
        Tensor y = tensor(new[] { 0.5, -1, 1, 1 }, [2, 2]);
        Func<Tensor, Tensor> kernel = MaximumMeanDiscrepancy.InverseMultiquadric(2);

        Tensor x = tensor(point, [3, 2]).requires_grad_();
        MaximumMeanDiscrepancy.Squared(x, y, kernel).backward();

        double[] differences = [.. Enumerable.Range(0, point.Length)
            .Select(i => (At(i, Step) - At(i, -Step)) / (2 * Step))];
        Assert.That(x.grad!.Doubles(), Is.EqualTo(differences).Within(1e-8));
        Assert.That(differences, Has.Some.GreaterThan(0.01).Or.Some.LessThan(-0.01));

        double At(int i, double shift)
        {
            double[] moved = [.. point];
            moved[i] += shift;
            return Squared(tensor(moved, [3, 2]), y, kernel);
        }
    }

    [Test]
    public void Far_from_the_origin_it_is_what_it_is_at_the_origin()
    {
        // Whole numbers, exact in float32, so that nothing is lost before the distances are taken.
        Tensor x = Uniform([20, 3], 0, 8, seed: 1).floor();
        Tensor y = Uniform([20, 3], 2, 10, seed: 2).floor();
        Func<Tensor, Tensor> kernel = MaximumMeanDiscrepancy.InverseMultiquadric(3);

        float there = MaximumMeanDiscrepancy.Squared(x + 100_000, y + 100_000, kernel).item<float>();

        Assert.That(there, Is.EqualTo(MaximumMeanDiscrepancy.Squared(x, y, kernel).item<float>()));
        Assert.That(there, Is.GreaterThan(0.01f));
    }

    [Test]
    public void Squared_distances_are_never_negative_and_0_for_equal_rows()
    {
        Tensor row = Normal([1, 3], seed: 1).to(ScalarType.Float32) + 1000;
        Tensor x = cat([row, row, row + 0.001f]);
        var seen = new List<Tensor>();

        MaximumMeanDiscrepancy.Squared(x, x, squaredDistances =>
        {
            seen.Add(squaredDistances);
            return squaredDistances;
        });

        Assert.That(seen, Has.Count.EqualTo(3));
        foreach (float[] distances in seen.Select(table => table.Floats()))
        {
            Assert.That(distances, Has.All.GreaterThanOrEqualTo(0));
            Assert.That(distances.Count(distance => distance == 0), Is.EqualTo(5),
                "the diagonal, and one pair both ways");
        }
    }

    [TestCase(ScalarType.Float32)]
    [TestCase(ScalarType.Float64)]
    public void It_keeps_the_type_of_its_input(ScalarType type)
    {
        Tensor x = Uniform([3, 2], type: type);

        Assert.That(MaximumMeanDiscrepancy.Squared(x, x + 1, MaximumMeanDiscrepancy.InverseMultiquadric(2)).dtype,
            Is.EqualTo(type));
    }

    private const int Dimensions = 2;
    private const double Width = 1;

    /// <summary>exp(-|x - y|² / (2 s²)), whose expectation under normal distributions is known.</summary>
    private static Func<Tensor, Tensor> Gaussian(double width) => squaredDistances =>
        (squaredDistances / (-2 * width * width)).exp();

    /// <summary>
    /// Of N(0, I) and N(shift 1, scale² I) with the Gaussian kernel, from <see cref="ExpectedSimilarity"/>.
    /// </summary>
    private static double DiscrepancyOfNormals(double shift, double scale) =>
        ExpectedSimilarity(0, 1 + 1) + ExpectedSimilarity(0, 2 * scale * scale) - 2 * ExpectedSimilarity(shift,
            1 + scale * scale);

    /// <summary>
    /// E exp(-|d|² / (2 s²)) for d from N(shift 1, variance I): by completing the square, in each dimension
    /// sqrt(s² / (s² + variance)) exp(-shift² / (2 (s² + variance))).
    /// </summary>
    private static double ExpectedSimilarity(double shift, double variance)
    {
        double total = Width * Width + variance;
        return Math.Pow(Math.Sqrt(Width * Width / total) * Math.Exp(-shift * shift / (2 * total)), Dimensions);
    }

    /// <summary>Over many small samples, four rows of N(0, I) against six of N(shift 1, scale² I).</summary>
    private static (double Mean, double StandardError) Average(Func<Tensor, Tensor> kernel, double shift, double scale)
    {
        const int Count = 2000;
        using var random = new Generator(7);
        double[] squared = [.. Enumerable.Range(0, Count).Select(_ => One())];

        double mean = squared.Average();
        return (mean, Math.Sqrt(squared.Average(value => (value - mean) * (value - mean)) / Count));

        double One()
        {
            using var scope = NewDisposeScope();
            Tensor noise = empty([10, Dimensions], dtype: ScalarType.Float64).normal_(0, 1, random);
            return Squared(noise.narrow(0, 0, 4), noise.narrow(0, 4, 6) * scale + shift, kernel);
        }
    }

    private static double Squared(Tensor x, Tensor y, Func<Tensor, Tensor> kernel) =>
        MaximumMeanDiscrepancy.Squared(x, y, kernel).item<double>();

    private static Tensor Column(params double[] values) => tensor(values, [values.Length, 1]);

    private static Tensor Normal(long[] shape, ulong seed)
    {
        using var random = new Generator(seed);
        return empty(shape, dtype: ScalarType.Float64).normal_(0, 1, random);
    }
}
