using Ml.Autoencoders.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ml.Autoencoders.Tests.Networks.Layers;

/// <summary>
/// Linear layers beside pictures give what a reshape and a linear layer give, values and gradients,
/// for few rows and for many.
/// </summary>
internal sealed class ImageLinearTests : TensorTests
{
    private const int Channels = 3;
    private const int Height = 4;
    private const int Width = 5;
    private const int Pixels = Channels * Height * Width;
    private const int Vector = 6;

    [Test]
    public void From_a_picture([Values(1, 9)] int rows, [Values] bool channelsInnermost, [Values] bool isTraining)
    {
        using Generator random = new(1);
        using Tensor image = Leaf(random, rows, Channels, Height, Width);
        using Tensor weight = Leaf(random, Vector, Pixels);
        using Tensor bias = Leaf(random, Vector);
        Tensor given = channelsInnermost ? image.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) : image;
        Agree(ImageLinear.FromImage(given, weight, bias,
            isTraining ? ForwardMode.Training(random) : ForwardMode.Prediction),
            functional.linear(image.flatten(1), weight, bias), random, image, weight, bias);
    }

    [Test]
    public void To_a_picture([Values(1, 9)] int rows, [Values] bool isTraining)
    {
        using Generator random = new(1);
        using Tensor vector = Leaf(random, rows, Vector);
        using Tensor weight = Leaf(random, Pixels, Vector);
        using Tensor bias = Leaf(random, Pixels);
        Agree(ImageLinear.ToImage(vector, weight, bias, Shape.Image(Channels, Height, Width),
            isTraining ? ForwardMode.Training(random) : ForwardMode.Prediction),
            functional.linear(vector, weight, bias).reshape(rows, Channels, Height, Width), random, vector,
            weight, bias);
    }

    private static Tensor Leaf(Generator random, params long[] shape) =>
        randn(shape, generator: random, requires_grad: true);

    private static void Agree(Tensor found, Tensor expected, Generator random, params Tensor[] arguments)
    {
        Assert.That(found.shape, Is.EqualTo(expected.shape));
        Assert.That(found.contiguous().Floats(), Is.EqualTo(expected.contiguous().Floats()).Within(1e-5));
        // A different weight on each output, so that a gradient in the wrong place is seen.
        Tensor weights = randn(expected.shape, generator: random);
        foreach ((Tensor wanted, Tensor given) in autograd.grad([(expected * weights).sum()], arguments)
            .Zip(autograd.grad([(found * weights).sum()], arguments)))
            Assert.That(given.contiguous().Floats(), Is.EqualTo(wanted.contiguous().Floats()).Within(1e-4));
    }
}
