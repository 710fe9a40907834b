using Ml.Autoencoders.Codes;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests;

/// <summary>What an encoder's numbers are read as, in torch and in managed memory.</summary>
internal sealed class HypersphericalBottleneckTests : TensorTests
{
    private static readonly HypersphericalBottleneck Bottleneck = new();

    [Test]
    public void Numbers_are_a_direction_and_the_logarithm_of_a_concentration()
    {
        float[] expected = [0.6f, 0, -0.8f, 1];
        Assert.That(Bottleneck.Read(Table([3, 0, -4, 0])).Floats(), Is.EqualTo(expected).Within(1e-6));
        Assert.That(Managed(3, 0, -4, 0), Is.EqualTo(expected).Within(1e-6));
        Assert.That(Managed(1, 0, 2)[2], Is.EqualTo(Math.Exp(2)).Within(1e-5));
        Assert.That(Bottleneck.EncoderOutputs(7), Is.EqualTo(8));
    }

    [TestCase(0, 0)]
    [TestCase(1e-35f, -1e-36f)]
    public void What_has_no_direction_is_the_first_axis(float first, float second)
    {
        Tensor encoded = Table([first, second, 0]).requires_grad_();
        Tensor read = Bottleneck.Read(encoded);
        read.sum().backward();
        Assert.That(read.Floats(), Is.EqualTo(new[] { 1f, 0, 1 }));
        Assert.That(Managed(first, second, 0), Is.EqualTo(new[] { 1f, 0, 1 }));
        Assert.That(encoded.grad!.Floats(), Is.EqualTo(new[] { 0f, 0, 1 }));
    }

    [TestCase(3e38f, 3e38f)]
    [TestCase(1e-25f, 1e-25f)]
    public void A_direction_does_not_depend_on_size(float first, float second)
    {
        Assert.That(Bottleneck.Read(Table([first, second, 0])).Floats()[..2], Has.All.EqualTo(Math.Sqrt(0.5))
            .Within(1e-6));
        Assert.That(Managed(first, second, 0)[..2], Has.All.EqualTo(Math.Sqrt(0.5)).Within(1e-6));
    }

    [Test]
    public void Concentrations_follow_the_number_between_bounds_and_fall_behind_it_beyond()
    {
        float[] numbers = [float.MinValue, -1e5f, -9, -6.9f, 0, 5, 9.2f, 12, 1e5f, float.MaxValue];
        float[] read = [.. numbers.Select(number => Managed(1, 0, number)[2])];
        Assert.That(read, Is.Ordered.And.All.Matches<float>(float.IsFinite));
        Assert.That(read[3..7], Is.EqualTo(numbers[3..7].Select(MathF.Exp)).Within(1e-4).Percent);
        Assert.That(read[7], Is.EqualTo(1e4 * Math.Exp(Math.Asinh(12 - Math.Log(1e4)))).Within(0.1).Percent);
        float[] found = Bottleneck.Read(Table([.. numbers.Select(number => new[] { 1, 0, number })])).narrow(1, 2, 1)
            .Floats();
        for (int i = 0; i < read.Length; i++)
            Assert.That(found[i], Is.EqualTo(read[i]).Within(0.01).Percent, $"{numbers[i]}");
    }

    [Test]
    public void What_is_missing_stays_missing()
    {
        Assert.That(Managed(float.NaN, 1, float.NaN), Has.All.NaN);
        float[] read = Bottleneck.Read(Table([float.NaN, 1, float.NaN], [0, 2, 0])).Floats();
        Assert.That(read[..3], Has.All.NaN);
        Assert.That(read[3..], Is.EqualTo(new[] { 0f, 1, 1 }));
    }

    [Test]
    public void The_gradient_of_a_direction_is_that_of_finite_differences()
    {
        double[] at = [0.3, -2, 1.1, 0.5];
        Tensor encoded = tensor(at, [1, 4]).requires_grad_();
        Tensor weights = tensor(new double[] { 1, 10, -4, 0.5 });
        (Bottleneck.Read(encoded) * weights).sum().backward();
        for (int i = 0; i < at.Length; i++)
        {
            const double Step = 1e-5;
            double slope = (Value(i, Step) - Value(i, -Step)) / (2 * Step);
            Assert.That(encoded.grad!.Doubles()[i], Is.EqualTo(slope).Within(1e-6));
        }

        double Value(int slot, double step)
        {
            double[] moved = [.. at];
            moved[slot] += step;
            return (Bottleneck.Read(tensor(moved, [1, 4])) * weights).sum().item<double>();
        }
    }

    private static float[] Managed(params float[] encoded)
    {
        var read = new float[encoded.Length];
        Bottleneck.Reader(_ => [])(encoded, read);
        return read;
    }
}
