using Ml.Autoencoders.Evaluation;

namespace Ml.Autoencoders.Tests.Evaluation;

internal sealed class ImageQualityTests
{
    private const double C1 = 0.01 * 0.01;
    private const double C2 = 0.03 * 0.03;

    [Test]
    public void The_mean_squared_error_is_that_of_numbers_worked_out_by_hand() =>
        Assert.That(ImageQuality.MeanSquaredError([1, 2, 3, 4], [1, 4, 3, 1]), Is.EqualTo((4 + 9) / 4.0).Within(1e-12));

    [TestCase(1, 20)]
    [TestCase(10, 40)]
    public void An_error_of_a_hundredth_is_20_decibels_below_a_peak_of_1(double peak, double decibels) =>
        Assert.That(ImageQuality.PeakSignalToNoiseRatio([0, 0.5f], [0.1f, 0.6f], peak),
            Is.EqualTo(decibels).Within(1e-5));

    [Test]
    public void Equal_pictures_have_an_infinite_ratio() =>
        Assert.That(ImageQuality.PeakSignalToNoiseRatio([0.25f, 1], [0.25f, 1]), Is.EqualTo(double.PositiveInfinity));

    [TestCase(1)]
    [TestCase(255)]
    public void Constant_pictures_differ_in_brightness_alone(double peak)
    {
        double a = 0.25 * peak;
        double b = 0.75 * peak;
        double similarity = ImageQuality.StructuralSimilarity(Constant(a, 12 * 13), Constant(b, 12 * 13), 12,
            13, peak: peak);
        Assert.That(similarity, Is.EqualTo((2 * a * b + C1 * peak * peak) / (a * a + b * b + C1 * peak * peak))
            .Within(1e-6));
    }

    [Test]
    public void A_picture_is_wholly_similar_to_itself() =>
        Assert.That(ImageQuality.StructuralSimilarity(Noise(3 * 16 * 12, 1), Noise(3 * 16 * 12, 1), 16, 12,
            channels: 3), Is.EqualTo(1).Within(1e-9));

    [Test]
    public void A_negative_is_dissimilar()
    {
        float[] picture = Noise(16 * 16, 1);
        float[] negative = [.. picture.Select(value => 1 - value)];
        Assert.That(ImageQuality.StructuralSimilarity(picture, negative, 16, 16), Is.LessThan(-0.8));
    }

    [Test]
    public void The_similarity_is_that_of_the_definition_followed_window_by_window()
    {
        const int Height = 14;
        const int Width = 17;
        float[] x = Noise(2 * Height * Width, 1);
        float[] y = [.. x.Zip(Noise(x.Length, 2), (value, noise) => 0.7f * value + 0.3f * noise)];
        const int Plane = Height * Width;
        double expected = (ByDefinition(x[..Plane], y[..Plane], Height, Width) + ByDefinition(x[Plane..], y[Plane..],
            Height, Width)) / 2;
        Assert.That(expected, Is.InRange(0.5, 0.95), "neither equal nor unrelated");
        Assert.That(ImageQuality.StructuralSimilarity(x, y, Height, Width, channels: 2),
            Is.EqualTo(expected).Within(1e-9));
    }

    [Test]
    public void The_smallest_picture_is_one_window() =>
        Assert.That(ImageQuality.StructuralSimilarity(Noise(121, 1), Noise(121, 2), 11, 11),
            Is.EqualTo(ByDefinition(Noise(121, 1), Noise(121, 2), 11, 11)).Within(1e-9));

    [Test]
    public void Structural_similarity_of_numbers_far_from_0_is_that_of_its_definition()
    {
        // A million and what Single can hold beside it, sixteenths: the variances are some 0.1, and the squares have
        // steps of 0.0001.
        float[] x = [.. Noise(400, 1).Select(value => 1e6f + MathF.Round(16 * value) / 16)];
        float[] y = [.. Noise(400, 2).Select((value, i) => 1e6f + MathF.Round(8 * value + 8 * (x[i] - 1e6f)) / 16)];
        Assert.That(ImageQuality.StructuralSimilarity(x, y, 20, 20),
            Is.EqualTo(ByDefinition(x, y, 20, 20)).Within(1e-8));
    }

    [Test]
    public void Errors_name_what_was_found_and_what_is_needed()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => ImageQuality.MeanSquaredError([1, 2], [1]),
                Throws.ArgumentException.With.Message.StartsWith(
                    "The reference has 2 numbers and the image 1; they need the same length, at least 1."));
            Assert.That(() => ImageQuality.MeanSquaredError([], []),
                Throws.ArgumentException.With.Message.StartsWith(
                    "The reference has 0 numbers and the image 0; they need the same length, at least 1."));
            Assert.That(() => ImageQuality.PeakSignalToNoiseRatio([1], [1], 0),
                Throws.InstanceOf<ArgumentException>()
                    .With.Message.StartsWith("PeakSignalToNoiseRatio: peak is 0; it must be above 0."));
            Assert.That(() => ImageQuality.StructuralSimilarity(new float[120], new float[120], 10, 12),
                Throws.InstanceOf<ArgumentException>()
                    .With.Message.StartsWith("StructuralSimilarity: height is 10; it must be at least 11."));
            Assert.That(() => ImageQuality.StructuralSimilarity(new float[120], new float[120], 12, 10),
                Throws.InstanceOf<ArgumentException>()
                    .With.Message.StartsWith("StructuralSimilarity: width is 10; it must be at least 11."));
            Assert.That(() => ImageQuality.StructuralSimilarity(new float[121], new float[121], 11, 11, channels: 3),
                Throws.ArgumentException.With.Message.StartsWith(
                    "StructuralSimilarity: the pictures have 121 numbers; 3 x 11 x 11 are 363."));
            Assert.That(() => ImageQuality.StructuralSimilarity(new float[121], new float[121], 11, 11, channels: 0),
                Throws.InstanceOf<ArgumentException>()
                    .With.Message.StartsWith("StructuralSimilarity: channels is 0; it must be at least 1."));
        });
    }

    /// <summary>
    /// Wang et al. 2004, eq. 13 to 16: weighted means, variances and covariance of each window, one after the other.
    /// </summary>
    private static double ByDefinition(float[] x, float[] y, int height, int width)
    {
        var similarities = new List<double>();
        for (int top = 0; top + 11 <= height; top++)
        {
            for (int left = 0; left + 11 <= width; left++)
                similarities.Add(OfWindow(top, left));
        }
        return similarities.Average();

        double OfWindow(int top, int left)
        {
            (double Weight, double X, double Y)[] pixels = [.. Enumerable.Range(0, 121).Select(i =>
            {
                (int row, int column) = (i / 11, i % 11);
                int place = (top + row) * width + left + column;
                return (Math.Exp(-((row - 5) * (row - 5) + (column - 5) * (column - 5)) / 4.5), (double)x[place],
                    (double)y[place]);
            })];
            double total = pixels.Sum(pixel => pixel.Weight);
            double meanX = pixels.Sum(pixel => pixel.Weight * pixel.X) / total;
            double meanY = pixels.Sum(pixel => pixel.Weight * pixel.Y) / total;
            double varianceX = pixels.Sum(pixel => pixel.Weight * Math.Pow(pixel.X - meanX, 2)) / total;
            double varianceY = pixels.Sum(pixel => pixel.Weight * Math.Pow(pixel.Y - meanY, 2)) / total;
            double covariance = pixels.Sum(pixel => pixel.Weight * (pixel.X - meanX) * (pixel.Y - meanY)) / total;
            return (2 * meanX * meanY + C1) * (2 * covariance + C2)
                / ((meanX * meanX + meanY * meanY + C1) * (varianceX + varianceY + C2));
        }
    }

    private static float[] Constant(double value, int count) => [.. Enumerable.Repeat((float)value, count)];

    private static float[] Noise(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())];
    }
}
