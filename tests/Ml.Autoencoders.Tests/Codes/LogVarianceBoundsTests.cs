using System.Text.Json;
using Ml.Autoencoders.Codes;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests;

/// <summary>Against the closed form: the number between the bounds, and asinh of the rest beyond.</summary>
internal sealed class LogVarianceBoundsTests : TensorTests
{
    private static readonly LogVarianceBounds Bounds = LogVarianceBounds.Default;

    private static readonly float[] Numbers =
        [-1e30f, -1e9f, -20_000, -255, -20, -17, -16.001f, -16, -15.999f, -3.25f, -1e-30f, 0, 0.1f, 7.999f, 8, 8.001f,
            8.5f, 9, 30, 255, 20_000, 1e9f, 1e18f];

    [Test]
    public void Between_the_bounds_a_number_is_what_it_was_to_the_bit()
    {
        Tensor numbers = Uniform([10_000], Bounds.Least, Bounds.Greatest);

        Assert.That(Bits.Of(Bounds.Hold(numbers).Floats()), Is.EqualTo(Bits.Of(numbers.Floats())));
        Assert.That(Bits.Of(Held(numbers.Floats())), Is.EqualTo(Bits.Of(numbers.Floats())));
    }

    [Test]
    public void Beyond_them_it_goes_on_by_the_inverse_hyperbolic_sine_in_torch_and_in_managed_code()
    {
        double[] expected = [.. Numbers.Select(number => Expected(number))];

        Assert.That(Bounds.Hold(tensor(Numbers)).Floats()[1..], Is.EqualTo(expected[1..]).Within(1e-5));
        Assert.That(Held(Numbers), Is.EqualTo(expected).Within(1e-5));
    }

    [Test]
    public void Neither_variance_nor_precision_overflows_for_any_encoder_s_number()
    {
        Tensor held = Bounds.Hold(tensor(new[] { -1e18f, -1e6f, 1e6f, 1e18f }));

        Assert.That(held.exp().Floats(), Has.All.GreaterThan(0).And.All.LessThan(1e23f));
        Assert.That(held.neg().exp().Floats(), Has.All.GreaterThan(0).And.All.LessThan(1e27f));
        // e^8 and then in proportion to what is beyond 8, twice of it.
        Assert.That(held.exp().Floats()[2], Is.EqualTo(Math.Exp(8) * 2 * (1e6 - 8)).Within(1).Percent);
    }

    [Test]
    public void It_rises_everywhere()
    {
        Tensor numbers = linspace(-1000, 1000, 200_001, dtype: ScalarType.Float64);
        double[] held = Bounds.Hold(numbers).Doubles();

        Assert.That(held.Zip(held.Skip(1), (low, high) => high - low), Has.All.GreaterThan(0));
    }

    [Test]
    public void Its_slope_is_the_limit_of_differences_and_never_0()
    {
        const double Step = 1e-4;
        double[] points = [-20_000, -300, -17, -16, -15, 0, 7, 8, 9, 300, 20_000];
        Tensor numbers = tensor(points).requires_grad_();

        Bounds.Hold(numbers).sum().backward();

        double[] slopes = numbers.grad!.Doubles();
        Tensor at = tensor(points);
        double[] differences = ((Bounds.Hold(at + Step) - Bounds.Hold(at - Step)) / (2 * Step)).Doubles();
        Assert.That(slopes, Is.EqualTo(differences).Within(1e-6));
        Assert.That(slopes[3..8], Is.EqualTo(new[] { 1.0, 1, 1, 1, 1 }), "the bounds themselves too");
        Assert.That(slopes, Has.All.GreaterThan(1e-5));
        Assert.That(slopes[^1], Is.EqualTo(1 / Math.Sqrt(1 + 19_992.0 * 19_992)).Within(1e-12));
    }

    [Test]
    public void What_is_no_number_stays_none()
    {
        float[] numbers = [1, float.NaN, 300, float.PositiveInfinity, float.NegativeInfinity];

        Assert.That(Bounds.Hold(tensor(numbers)).Floats(), Is.EqualTo(Held(numbers)).Within(1e-5));
        Assert.That(Held(numbers),
            Is.EqualTo(new[] { 1, float.NaN, (float)Expected(300), float.PositiveInfinity, float.NegativeInfinity })
                .Within(1e-5));
    }

    [Test]
    public void A_bottleneck_holds_the_second_half_of_a_row_and_without_bounds_nothing()
    {
        float[] row = [-300, 300, 1, -300, 300, 1];
        float[] expected = [-300, 300, 1, .. Held([-300, 300, 1])];

        Assert.That(GaussianBottleneck.Bounded.Read(Table(row, row)).Floats(),
            Is.EqualTo(expected.Concat(expected)).Within(1e-5));
        Assert.That(Managed(GaussianBottleneck.Bounded), Is.EqualTo(expected));

        Tensor given = Table(row, row);
        Assert.That(Managed(new GaussianBottleneck()), Is.EqualTo(row));
        Assert.That(new GaussianBottleneck().Read(given), Is.SameAs(given));

        float[] Managed(GaussianBottleneck bottleneck)
        {
            var read = new float[row.Length];
            bottleneck.Reader(_ => [])(row, read);
            return read;
        }
    }

    [Test]
    public void A_bottleneck_that_was_written_without_bounds_has_none()
    {
        Assert.That(JsonSerializer.Deserialize<Bottleneck>("""{"bottleneck":"gaussian"}"""),
            Is.EqualTo(new GaussianBottleneck()));
        Assert.That(
            JsonSerializer.Deserialize<Bottleneck>(JsonSerializer.Serialize<Bottleneck>(GaussianBottleneck.Bounded)),
            Is.EqualTo(GaussianBottleneck.Bounded));
    }

    [TestCase(0, 8, "model.bottleneck.logVariance.least is 0; it must be a finite number below 0.")]
    [TestCase(float.NegativeInfinity, 8,
        "model.bottleneck.logVariance.least is -Infinity; it must be a finite number below 0.")]
    [TestCase(-16, 0, "model.bottleneck.logVariance.greatest is 0; it must be a finite number above 0.")]
    [TestCase(-16, float.NaN, "model.bottleneck.logVariance.greatest is NaN; it must be a finite number above 0.")]
    public void Bounds_that_bound_nothing_are_refused(float least, float greatest, string message)
    {
        var bottleneck = new GaussianBottleneck(new LogVarianceBounds(least, greatest));
        Assert.That(() => bottleneck.Check(Place.Entry("model.bottleneck"), codeSize: 2),
            Throws.TypeOf<FormatException>().With.Message.EqualTo(message));
    }

    private static double Expected(double number)
    {
        double within = Math.Clamp(number, Bounds.Least, Bounds.Greatest);
        return within + Math.Asinh(number - within);
    }

    private static float[] Held(float[] numbers)
    {
        float[] held = [.. numbers];
        Bounds.Hold(held);
        return held;
    }
}
