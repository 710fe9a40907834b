using Ml.Autoencoders.Objectives;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Objectives;

internal sealed class AdversarialLossTests : TensorTests
{
    [Test]
    public void Who_cannot_tell_loses_the_logarithm_of_two()
    {
        Tensor undecided = Table([0], [0], [0]);

        Assert.Multiple(() =>
        {
            Assert.That(AdversarialLoss.OfDiscriminator(undecided, undecided).item<float>(),
                Is.EqualTo(Math.Log(2)).Within(1e-6));
            Assert.That(AdversarialLoss.OfEncoder(undecided).item<float>(), Is.EqualTo(Math.Log(2)).Within(1e-6));
        });
    }

    [Test]
    public void The_discriminator_wins_where_draws_read_as_1_and_codes_as_0()
    {
        // s(ln 3) = 3/4 and s(0) = 1/2 of the draws, s(-ln 4) = 1/5 of the code.
        Tensor draws = Table([MathF.Log(3)], [0]);
        Tensor code = Table([-MathF.Log(4)]);

        double expected = -((Math.Log(0.75) + Math.Log(0.5)) / 2 + Math.Log(1 - 0.2)) / 2;

        Assert.Multiple(() =>
        {
            Assert.That(AdversarialLoss.OfDiscriminator(draws, code).item<float>(), Is.EqualTo(expected).Within(1e-6));
            Assert.That(AdversarialLoss.OfDiscriminator(Table([50]), Table([-50])).item<float>(), Is.Zero.Within(1e-6));
            Assert.That(AdversarialLoss.OfDiscriminator(Table([-50]), Table([50])).item<float>(),
                Is.EqualTo(50).Within(1e-5));
        });
    }

    [Test]
    public void The_encoder_wins_where_its_codes_read_as_1()
    {
        Assert.Multiple(() =>
        {
            Assert.That(AdversarialLoss.OfEncoder(Table([MathF.Log(3)], [-MathF.Log(4)])).item<float>(),
                Is.EqualTo(-(Math.Log(0.75) + Math.Log(0.2)) / 2).Within(1e-6));
            Assert.That(AdversarialLoss.OfEncoder(Table([50])).item<float>(), Is.Zero.Within(1e-6));
        });
    }

    [Test]
    public void The_gradient_of_the_encoder_is_strongest_where_it_loses()
    {
        Tensor codes = Table([-30], [0], [30]).requires_grad_();

        AdversarialLoss.OfEncoder(codes).backward();

        Assert.That(codes.grad!.Floats(), Is.EqualTo(new[] { -1 / 3f, -1 / 6f, 0 }).Within(1e-6f));
    }
}
