using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Networks.Layers;

internal sealed class ActivationLayerTests : TensorTests
{
    private static readonly double[] Points = [-3, -1, -0.5, 0, 0.5, 1, 3];

    [TestCase(Activation.Relu)]
    [TestCase(Activation.LeakyRelu)]
    [TestCase(Activation.Elu)]
    [TestCase(Activation.Gelu)]
    [TestCase(Activation.Silu)]
    [TestCase(Activation.Tanh)]
    [TestCase(Activation.Sigmoid)]
    public void Each_function_is_what_its_formula_says(Activation function)
    {
        double[] values = new ActivationLayer(function)
            .Forward(tensor(Points, [1, Points.Length]), [], ForwardMode.Prediction).Doubles();

        Assert.That(values, Is.EqualTo(Points.Select(x => Formula(function, x))).Within(1e-9));
    }

    [Test]
    public void Every_function_has_a_formula_and_keeps_the_shape()
    {
        foreach (Activation function in Enum.GetValues<Activation>())
        {
            var layer = new ActivationLayer(function);
            Assert.Multiple(() =>
            {
                Assert.That(layer.Forward(zeros(2, 3, 4, 5), [], ForwardMode.Prediction).shape,
                    Is.EqualTo(new long[] { 2, 3, 4, 5 }));
                Assert.That(layer.OutputShape(Shape.Image(3, 4, 5)), Is.EqualTo(Shape.Image(3, 4, 5)));
                Assert.That(layer.Mirror(Shape.Vector(3)), Is.Null);
                Assert.That(layer.ToString(), Is.EqualTo(function.ToString()));
            });
        }
    }

    private static double Formula(Activation function, double x) => function switch
    {
        Activation.Relu => Math.Max(0, x),
        Activation.LeakyRelu => x > 0 ? x : 0.01 * x,
        Activation.Elu => x > 0 ? x : Math.Exp(x) - 1,
        Activation.Gelu => x * NormalShareBelow(x),
        Activation.Silu => x / (1 + Math.Exp(-x)),
        Activation.Tanh => (Math.Exp(x) - Math.Exp(-x)) / (Math.Exp(x) + Math.Exp(-x)),
        Activation.Sigmoid => 1 / (1 + Math.Exp(-x)),
        _ => double.NaN,
    };

    /// <summary>Φ(x) by the series 1/2 + φ(x) (x + x³/3 + x⁵/(3·5) + ...).</summary>
    private static double NormalShareBelow(double x)
    {
        double sum = 0;
        double term = x;
        for (int n = 1; n < 200; n += 2)
        {
            sum += term;
            term *= x * x / (n + 2);
        }
        return 0.5 + sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
    }
}
