using Ml.Autoencoders.Codes;

namespace Ml.Autoencoders.Tests;

internal sealed class DeterministicBottleneckTests : TensorTests
{
    [Test]
    public void The_code_is_what_the_encoder_says() =>
        Assert.That(new DeterministicBottleneck().Code(Table([-1, 0, 2]), null!).Floats(),
            Is.EqualTo(new[] { -1f, 0, 2 }));

    [Test]
    public void A_rectified_code_has_exact_zeros_in_place_of_negative_numbers() =>
        Assert.That(new DeterministicBottleneck(Rectified: true).Read(Table([-1, 0, 2])).Floats(),
            Is.EqualTo(new[] { 0f, 0, 2 }));

    [Test]
    public void The_encoder_gives_one_number_for_each_of_the_code() =>
        Assert.That(new DeterministicBottleneck().EncoderOutputs(7), Is.EqualTo(7));
}
