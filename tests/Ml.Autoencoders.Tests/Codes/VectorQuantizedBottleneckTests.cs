using Ml.Autoencoders.Codes;
using Ml.Autoencoders.Likelihoods;
using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests;

internal sealed class VectorQuantizedBottleneckTests : TensorTests
{
    private static readonly VectorQuantizedBottleneck Bottleneck = new(CodebookSize: 2, VectorSize: 2, Decay: 0.5f);

    private BoundNetwork _network = null!;

    [SetUp]
    public void MakeCodebook()
    {
        _network = Passes.Network(4, 4, 3, new GaussianLikelihood(), Bottleneck.Parameters(4));
        using IDisposable noGrad = no_grad();
        _network["codebook.weight"].copy_(Table([0.1f, 0.2f], [0.7f, 0.9f]));
        _network["codebook.counts"].fill_(3);
    }

    [TearDown]
    public void FreeCodebook() => _network.Dispose();

    [Test]
    public void A_code_is_made_of_the_codebook_to_the_bit() =>
        Assert.That(Bottleneck.Code(Table([0, 0, 5, 5], [1, 0.6f, -7, 0]), _network).Floats(),
            Is.EqualTo(new[] { 0.1f, 0.2f, 0.7f, 0.9f, 0.7f, 0.9f, 0.1f, 0.2f }));

    [Test]
    public void Keys_count_the_vectors_from_1() =>
        Assert.That(Bottleneck.Keys<TorchArray>(Table([0, 0, 5, 5], [1, 0.6f, 1, 1]), _network.Find).Floats(),
            Is.EqualTo(new[] { 1f, 2, 2, 2 }));

    [TestCase(float.NaN)]
    [TestCase(float.PositiveInfinity)]
    public void What_is_no_number_makes_its_row_missing_and_no_other(float value)
    {
        Tensor encoded = Table([0, 0, value, 0], [5, 5, 5, 5]);

        Assert.Multiple(() =>
        {
            Assert.That(Bottleneck.Code(encoded, _network).Floats(),
                Is.EqualTo(new[] { float.NaN, float.NaN, float.NaN, float.NaN, 0.7f, 0.9f, 0.7f, 0.9f }));
            Assert.That(Bottleneck.Keys<TorchArray>(encoded, _network.Find).Floats(),
                Is.EqualTo(new[] { 0f, 0, 2, 2 }));
        });
    }

    [Test]
    public void Gradients_pass_to_the_encoder_as_if_nothing_had_been_replaced()
    {
        Tensor encoded = Table([0, 0, 5, 5], [1, 0.6f, -7, 0]).requires_grad_();
        Tensor weights = Uniform([2, 4], -1, 1, seed: 4);
        using var random = new Generator(1);

        Tensor code = Bottleneck.Draw(encoded, _network, ForwardMode.Training(random), random);
        (code * weights).sum().backward();

        Assert.Multiple(() =>
        {
            Assert.That(code.Floats(), Is.EqualTo(new[] { 0.1f, 0.2f, 0.7f, 0.9f, 0.7f, 0.9f, 0.1f, 0.2f })
                .Within(1e-6f));
            Assert.That(encoded.grad!.Floats(), Is.EqualTo(weights.Floats()));
            Assert.That(_network["codebook.weight"].grad, Is.Null);
        });
    }

    [Test]
    public void The_codebook_moves_in_training_and_not_when_the_loss_is_only_measured()
    {
        Tensor encoded = Table([0, 0, 5, 5]);
        using var random = new Generator(1);
        float[] before = Numbers();

        Tensor measured = Bottleneck.Draw(encoded, _network, ForwardMode.Prediction, random);
        float[] afterMeasuring = Numbers();
        Bottleneck.Draw(encoded, _network, ForwardMode.Training(random), random);

        Assert.Multiple(() =>
        {
            Assert.That(measured.Floats(), Is.EqualTo(new[] { 0.1f, 0.2f, 0.7f, 0.9f }));
            Assert.That(afterMeasuring, Is.EqualTo(before));
            Assert.That(Numbers(), Is.Not.EqualTo(before));
        });

        float[] Numbers() => [.. _network["codebook.weight"].Floats(), .. _network["codebook.counts"].Floats()];
    }

    [Test]
    public void The_encoder_gives_one_number_for_each_of_the_code() =>
        Assert.That(Bottleneck.EncoderOutputs(6), Is.EqualTo(6));

    [Test]
    public void A_code_that_cannot_be_cut_is_refused() =>
        Assert.That(() => Bottleneck.EncoderOutputs(7), Throws.TypeOf<NetworkException>()
            .With.Message.EqualTo("a code of 7 numbers cannot be cut into vectors of 2."));
}
