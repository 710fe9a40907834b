using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Networks;

internal sealed class InitializationTests : TensorTests
{
    private static IEnumerable<TestCaseData> Layers()
    {
        yield return new TestCaseData(new LinearLayer(200), Shape.Vector(100), 0.1).SetArgDisplayNames("linear");
        yield return new TestCaseData(new ConvolutionLayer(200, 5, 2, 1), Shape.Image(4, 9, 9), 0.1)
            .SetArgDisplayNames("convolution");
        // PyTorch counts the outputs of a transposed convolution, whose weight has them second.
        yield return new TestCaseData(new TransposedConvolutionLayer(4, 5, 2, 1, 1, 1), Shape.Image(200, 9, 9), 0.1)
            .SetArgDisplayNames("transposed convolution");
    }

    [TestCaseSource(nameof(Layers))]
    public void Weights_and_biases_are_uniform_within_one_over_the_root_of_the_fan_in(object layer,
        object input, double bound)
    {
        using var random = new Generator(1);
        IReadOnlyList<ParameterSpec> specs = ((Layer)layer).Parameters((Shape)input);

        double[][] drawn = [.. specs.Select(spec => Draw(spec, random).Doubles())];

        double[] weights = drawn[0];
        Assert.Multiple(() =>
        {
            Assert.That(specs.Select(spec => spec.Name), Is.EqualTo(new[] { "weight", "bias" }));
            Assert.That(weights, Has.All.InRange(-bound - 1e-7, bound + 1e-7));
            Assert.That(drawn[1], Has.All.InRange(-bound - 1e-7, bound + 1e-7));
            Assert.That(drawn[1].Max() - drawn[1].Min(), Is.GreaterThan(bound / 2));
            Assert.That((weights.Min(), weights.Max()), Is.EqualTo((-bound, bound)).Within(bound / 100));
            // Five standard errors of a uniform mean, bound / sqrt(3 n).
            Assert.That(weights.Average(), Is.Zero.Within(5 * bound / Math.Sqrt(3.0 * weights.Length)));
            Assert.That(weights.Average(x => x * x), Is.EqualTo(bound * bound / 3).Within(bound * bound / 50));
        });
    }

    [Test]
    public void Normalizations_start_as_the_identity()
    {
        using var random = new Generator(1);

        Assert.Multiple(() =>
        {
            Assert.That(new BatchNormLayer().Parameters(Shape.Vector(2)).Select(spec => Draw(spec, random).Floats()),
                Is.EqualTo(new[] { new[] { 1f, 1 }, [0, 0], [0, 0], [1, 1] }));
            Assert.That(new LayerNormLayer().Parameters(Shape.Vector(2)).Select(spec => Draw(spec, random).Floats()),
                Is.EqualTo(new[] { new[] { 1f, 1 }, [0, 0] }));
        });
    }

    private static Tensor Draw(ParameterSpec spec, Generator random)
    {
        Tensor tensor = empty(spec.Shape);
        spec.InitialValues.Fill(tensor, random);
        return tensor;
    }
}
