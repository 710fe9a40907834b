using Ml.Autoencoders.Networks;

namespace Ml.Autoencoders.Tests.Networks;

internal sealed class ActivationFunctionsTests : TensorTests
{
    [Test]
    public void Every_function_agrees_with_torch([Values] Activation activation, [Values(1, 7, 8, 9, 2001)] int count)
    {
        float[] values = [.. Enumerable.Range(0, count).Select(i => (i - count / 2) * 0.02f)];
        float[] expected = new ActivationLayer(activation).Forward(Table(values), [], ForwardMode.Prediction).Floats();
        ActivationFunctions.Apply(activation, values);
        Assert.That(values, Is.EqualTo(expected).Within(1e-6));
    }

    [Test]
    public void Far_from_zero_they_do_as_well([Values] Activation activation)
    {
        float[] values = [-1e30f, -200, -90, -30, 30, 90, 200, 1e30f];
        float[] expected = new ActivationLayer(activation).Forward(Table(values), [], ForwardMode.Prediction).Floats();
        ActivationFunctions.Apply(activation, values);
        Assert.That(values, Is.EqualTo(expected).Within(1e-6));
    }

    // What torch's GELU makes of it depends on the processor.
    [Test]
    public void The_infinite_stays_so(
        [Values(Activation.Relu, Activation.LeakyRelu, Activation.Elu, Activation.Gelu,
            Activation.Silu)] Activation activation)
    {
        float[] values = [float.PositiveInfinity];
        ActivationFunctions.Apply(activation, values);
        Assert.That(values, Is.EqualTo(new[] { float.PositiveInfinity }));
    }

    [Test]
    public void What_is_no_number_stays_none([Values] Activation activation)
    {
        float[] values = [1, float.NaN, 2];
        ActivationFunctions.Apply(activation, values);
        Assert.That(values.Select(float.IsNaN), Is.EqualTo(new[] { false, true, false }));
    }
}
