using Ml.Autoencoders.Networks;
using static TorchSharp.torch;

namespace Ml.Autoencoders.Tests.Networks.Layers;

internal sealed class BatchNormLayerTests : TensorTests
{
    private static readonly BatchNormLayer Layer = new();

    [Test]
    public void Training_normalizes_each_feature_over_the_batch_and_moves_the_running_statistics()
    {
        // Features with mean 2 and 10; squared deviations of 8 / 4 rows and 16 / 4 rows.
        Tensor rows = Table([0, 8], [2, 8], [2, 12], [4, 12]);
        Tensor[] parameters = [tensor(new[] { 1f, 2 }), tensor(new[] { 0f, 5 }), zeros(2), ones(2)];
        using var random = new Generator(1);

        double[] output = Layer.Forward(rows, parameters, ForwardMode.Training(random)).Doubles();

        double first = 2 / Math.Sqrt(2 + 1e-5);
        double second = 2 * 2 / Math.Sqrt(4 + 1e-5);
        Assert.Multiple(() =>
        {
            Assert.That(output,
                Is.EqualTo(new[] { -first, 5 - second, 0, 5 - second, 0, 5 + second, first, 5 + second }).Within(1e-5));
            Assert.That(parameters[2].Doubles(), Is.EqualTo(new[] { 0.2, 1 }).Within(1e-6));
            // Towards the unbiased variances, 8 / 3 and 16 / 3.
            Assert.That(parameters[3].Doubles(), Is.EqualTo(new[] { 0.9 + 0.8 / 3, 0.9 + 1.6 / 3 }).Within(1e-6));
        });
    }

    [Test]
    public void Prediction_uses_the_running_statistics_and_leaves_them()
    {
        Tensor[] parameters = [tensor(new[] { 3f }), tensor(new[] { 1f }), tensor(new[] { 5f }), tensor(new[] { 4f })];

        double[] output = Layer.Forward(Table([9], [5]), parameters, ForwardMode.Prediction).Doubles();

        Assert.Multiple(() =>
        {
            Assert.That(output, Is.EqualTo(new[] { 1 + 3 * 4 / Math.Sqrt(4 + 1e-5), 1 }).Within(1e-5));
            Assert.That(parameters[2].Floats(), Is.EqualTo(new[] { 5f }));
            Assert.That(parameters[3].Floats(), Is.EqualTo(new[] { 4f }));
        });
    }

    [Test]
    public void Images_are_normalized_channel_by_channel()
    {
        Tensor images = Uniform([4, 3, 5, 7], -2, 6);
        Tensor[] parameters = [ones(3), zeros(3), zeros(3), ones(3)];
        using var random = new Generator(1);

        Tensor output = Layer.Forward(images, parameters, ForwardMode.Training(random));

        Assert.Multiple(() =>
        {
            Assert.That(Layer.Parameters(Shape.Image(3, 5, 7)).Select(spec => spec.Shape),
                Has.All.EqualTo(new long[] { 3 }));
            Assert.That(output.mean([0, 2, 3]).Doubles(), Has.All.Zero.Within(1e-5));
            Assert.That(output.square().mean([0, 2, 3]).Doubles(), Has.All.EqualTo(1).Within(1e-4));
            Assert.That(parameters[2].Doubles(),
                Is.EqualTo(images.mean([0, 2, 3]).Doubles().Select(mean => mean / 10)).Within(1e-6));
        });
    }
}
