using Ml.Autoencoders.Codes;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests;

internal sealed class CodeDistanceTests : TensorTests
{
    /// <summary>A ridge of a hundredth of the mean variance, 3.5.</summary>
    private const double Ridge = 0.035;

    [TestCase(3f, 3f)]
    [TestCase(1f, 2f)]
    [TestCase(-4f, 9f)]
    public void The_distance_is_that_of_Mahalanobis_for_each_number_of_a_code(float first, float second)
    {
        // (a, b) from the mean, with the inverse of [[4, 2], [2, 3]] after the ridge:
        // ((3 + r) a² - 4 a b + (4 + r) b²) / ((4 + r) (3 + r) - 4).
        (double a, double b) = (first - 1, second - 2);
        double expected = ((3 + Ridge) * a * a - 4 * a * b + (4 + Ridge) * b * b)
            / ((4 + Ridge) * (3 + Ridge) - 4) / 2;

        Assert.That(Of(new Moments(9, [1, 2], [[4], [2, 3]]), first, second),
            Is.EqualTo(expected).Within(1e-5));
    }

    [Test]
    public void Without_the_ridge_it_would_be_a_half_for_a_code_at_two_and_one() =>
        // (3 * 4 - 4 * 2 + 4 * 1) / 8 / 2.
        Assert.That(Of(new Moments(9, [1, 2], [[4], [2, 3]]), 3, 3), Is.EqualTo(0.5).Within(3).Percent);

    [Test]
    public void Directions_without_variance_leave_it_finite()
    {
        // On a line: variances 1 and 1, covariance 1; the ridge is 0.01. Along the line d² / (2 + r), across d² / r.
        var line = new Moments(5, [0, 0], [[1], [1, 1]]);
        Assert.Multiple(() =>
        {
            Assert.That(Of(line, 1, 1), Is.EqualTo(2 / 2.01 / 2).Within(1e-3).Percent);
            Assert.That(Of(line, 1, -1), Is.EqualTo(2 / 0.01 / 2).Within(0.1).Percent);
        });
    }

    [Test]
    public void Codes_that_are_all_the_same_are_told_from_others()
    {
        Assert.Multiple(() =>
        {
            Assert.That(CodeDistance.RidgeOf(new Moments(1, [0, 0], [[0], [0, 0]])), Is.EqualTo(1));
            Assert.That(CodeDistance.RidgeOf(new Moments(1, [3, 4], [[0], [0, 0]])),
                Is.EqualTo(12.5e-12).Within(1e-20));
            Assert.That(Of(new Moments(1, [0, 0], [[0], [0, 0]]), 3, 4), Is.EqualTo(12.5).Within(1e-5));
            Assert.That(Of(new Moments(1, [3, 4], [[0], [0, 0]]), 3, 4.1f), Is.GreaterThan(1e6));
        });
    }

    [Test]
    public void One_number_is_measured_in_its_deviations() =>
        Assert.That(CodeDistance.From(new Moments(7, [2], [[4]])).Weight[0],
            Is.EqualTo(1 / Math.Sqrt(4.04)).Within(1e-6));

    [TestCase(1e-42)]
    [TestCase(1e-30)]
    public void Codes_that_are_almost_all_the_same_have_a_finite_distance(double deviation)
    {
        double variance = deviation * deviation;
        var moments = new Moments(3, [0, 0], [[variance], [variance / 2, variance]]);
        Assert.That(CodeDistance.From(moments).Weight, Has.All.Matches<float>(float.IsFinite));
        Assert.That(Of(moments, 1, 1), Is.EqualTo(1e38).Within(1e-3).Percent);
    }

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void Codes_beyond_all_numbers_are_refused(double variance) =>
        Assert.That(() => CodeDistance.From(new Moments(3, [0], [[variance]])),
            Throws.InvalidOperationException.With.Message.StartsWith(
                "The codes of the training rows are beyond what a distance can be computed from"));

    [Test]
    public void Moments_of_parts_are_those_of_the_whole()
    {
        float[][] codes = [.. Enumerable.Range(0, 50).Select(n => new[] { 4096f + n % 2, n * n % 7, 0.01f * n })];
        Moments expected = Moments.Of(CodeBlock.Split(codes), [.. Enumerable.Repeat(1.0, codes.Length)]);
        var running = new RunningMoments(3);
        foreach (float[][] part in new[] { codes[..1], codes[1..20], codes[20..] })
            running.Add(tensor(part.SelectMany(code => code).ToArray(), [part.Length, 3]));

        Moments found = running.Moments;

        Assert.That(found.Count, Is.EqualTo(50));
        Assert.That(found.Mean, Is.EqualTo(expected.Mean).Within(1e-9));
        for (int i = 0; i < 3; i++)
            Assert.That(found.Covariance[i], Is.EqualTo(expected.Covariance[i]).Within(1e-9));
        Assert.That(found.Covariance[0][0], Is.EqualTo(0.25).Within(1e-9));
    }

    private static float Of(Moments moments, params float[] code)
    {
        var distance = CodeDistance.From(moments);
        int size = code.Length;
        TorchArray found = CodeDistance.Of<TorchArray>(tensor(code, [1, size]), tensor(distance.Weight, [size, size]),
            tensor(distance.Bias));
        return found.Tensor.item<float>();
    }
}
