using Ml.Autoencoders.Kernels;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ml.Autoencoders.Tests.Kernels;

/// <summary>
/// Convolutions in the forms that are fast on a processor give what torch's own give, values and gradients.
/// </summary>
internal sealed class CpuConvolutionsTests : TensorTests
{
    /// <summary>More than a thread takes at once.</summary>
    private const int Pictures = 11;

    private static readonly int[][] Geometries =
    [
        // kernel, stride, padding, output padding, height, width
        [3, 2, 1, 1, 7, 5], [3, 2, 1, 0, 6, 9], [4, 2, 1, 0, 8, 8], [2, 2, 0, 1, 5, 4],
        [1, 1, 0, 0, 4, 6], [3, 1, 1, 0, 5, 5], [5, 3, 2, 2, 9, 7], [2, 3, 0, 2, 7, 8],
    ];

    [Test]
    public void A_convolution_is_that_of_torch([ValueSource(nameof(Geometries))] int[] geometry,
        [Values(1, 2)] int channels,
        [Values(3, 8, 17)] int filters, [Values] bool isTraining)
    {
        (int size, int stride, int padding, _, int height, int width) = Read(geometry);
        Agree([Pictures, channels, height, width], [filters, channels, size, size], [filters],
            (input, kernel, bias) => Cpu.Convolve(input, kernel, bias, Both(stride), Both(padding), isTraining),
            (input, kernel, bias) =>
                functional.conv2d(input, kernel, bias, strides: [stride, stride], padding: [padding, padding]));
    }

    [Test]
    public void A_transposed_convolution_is_that_of_torch([ValueSource(nameof(Geometries))] int[] geometry,
        [Values(1, 2)] int channels, [Values(3, 8, 17)] int filters)
    {
        (int size, int stride, int padding, int extra, int height, int width) = Read(geometry);
        Agree([Pictures, filters, height, width], [filters, channels, size, size], [channels],
            (input, kernel, bias) =>
                Cpu.ConvolveTransposed(input, kernel, bias, Both(stride), Both(padding), [extra, extra]),
            (input, kernel, bias) => functional.conv_transpose2d(input, kernel, bias, strides: [stride, stride],
                padding: [padding, padding], output_padding: [extra, extra]));
    }

    // A kernel, a stride and a padding for each axis, and one axis.
    [Test]
    public void Other_numbers_for_each_axis_and_one_axis_are_those_of_torch(
        [Values(1, 2, 15, 16, 17)] int channels, [Values(1, 3, 16, 17)] int filters, [Values] bool isTraining)
    {
        Agree([Pictures, channels, 9, 7], [filters, channels, 3, 4], [filters],
            (input, kernel, bias) => Cpu.Convolve(input, kernel, bias, [2, 1], [1, 3], isTraining),
            (input, kernel, bias) => functional.conv2d(input, kernel, bias, strides: [2, 1], padding: [1, 3]));
        Agree([Pictures, filters, 5, 6], [filters, channels, 3, 4], [channels],
            (input, kernel, bias) => Cpu.ConvolveTransposed(input, kernel, bias, [2, 1], [1, 3], [1, 0]),
            (input, kernel, bias) => functional.conv_transpose2d(input, kernel, bias, strides: [2, 1],
                padding: [1, 3], output_padding: [1, 0]));
        foreach ((int size, int stride, int padding, int steps) in new[] { (7, 2, 3, 23), (4, 3, 0, 10), (1, 1, 0, 5) })
        {
            Agree([Pictures, channels, steps], [filters, channels, size], [filters],
                (input, kernel, bias) => Cpu.Convolve(input, kernel, bias, [stride], [padding], isTraining),
                (input, kernel, bias) =>
                    functional.conv1d(input, kernel, bias, stride: stride, padding: padding));
            Agree([Pictures, filters, steps], [filters, channels, size], [channels],
                (input, kernel, bias) =>
                    Cpu.ConvolveTransposed(input, kernel, bias, [stride], [padding], [stride - 1]),
                (input, kernel, bias) => functional.conv_transpose1d(input, kernel, bias, stride: stride,
                    padding: padding, output_padding: stride - 1));
        }
    }

    // As below, of one axis, and as rows come: step by step.
    [Test]
    public void In_prediction_one_axis_is_right_too([Values(1, 2, 3, 9, 15, 16, 17, 32)] int channels,
        [Values(1, 3, 16, 17)] int filters, [Values(1, 2, 3)] int stride)
    {
        const int Size = 5, Padding = 2;
        Tensor input = Uniform([Pictures, 19, channels], -1, 1).permute(0, 2, 1);
        Tensor kernel = Uniform([filters, channels, Size], -1, 1, seed: 2);
        Tensor transposed = Uniform([channels, filters, Size], -1, 1, seed: 3);
        Tensor bias = Uniform([filters], -1, 1, seed: 4);
        using IDisposable inference = inference_mode();
        Tensor expected = functional.conv1d(Exact(input), Exact(kernel), Exact(bias), stride: stride,
            padding: Padding);
        Tensor expectedBack = functional.conv_transpose1d(Exact(input), Exact(transposed), Exact(bias),
            stride: stride, padding: Padding);

        FillWithNaN();
        AreNear(Cpu.Convolve(input, kernel, bias, [stride], [Padding], isTraining: false), expected, 1e-5);
        FillWithNaN();
        AreNear(Cpu.ConvolveTransposed(input, transposed, bias, [stride], [Padding], [0]), expectedBack, 1e-5);
    }

    // Blocks of 16 channels that are not full, full, and one of two that is not; the memory before was
    // full of what is no number.
    [Test]
    public void In_prediction_it_is_right_too([Values(1, 2, 3, 8, 9, 15, 16, 17, 24, 32)] int channels,
        [Values(1, 3, 16, 17)] int filters, [Values(1, 2, 3)] int stride)
    {
        const int Size = 5, Padding = 2;
        Tensor input = Uniform([Pictures, channels, 9, 7], -1, 1);
        Tensor kernel = Uniform([filters, channels, Size, Size], -1, 1, seed: 2);
        Tensor transposed = Uniform([channels, filters, Size, Size], -1, 1, seed: 3);
        Tensor bias = Uniform([filters], -1, 1, seed: 4);
        using IDisposable inference = inference_mode();
        Tensor expected = functional.conv2d(Exact(input), Exact(kernel), Exact(bias), strides: [stride, stride],
            padding: [Padding, Padding]);
        Tensor expectedBack = functional.conv_transpose2d(Exact(input), Exact(transposed), Exact(bias),
            strides: [stride, stride], padding: [Padding, Padding]);

        FillWithNaN();
        AreNear(Cpu.Convolve(input, kernel, bias, Both(stride), Both(Padding), isTraining: false), expected, 1e-5);
        FillWithNaN();
        AreNear(Cpu.ConvolveTransposed(input, transposed, bias, Both(stride), Both(Padding), [0, 0]), expectedBack,
            1e-5);
    }

    // Rows of data have no gradient.
    [Test]
    public void From_one_channel_without_a_gradient_it_is_right([Values(3, 8, 9, 17, 48)] int filters,
        [Values(1, 2, 3)] int stride)
    {
        const int Padding = 1;
        Tensor input = Uniform([Pictures, 1, 9, 7], -1, 1);
        Tensor kernel = Uniform([filters, 1, 3, 3], -1, 1, seed: 2).requires_grad_(true);
        Tensor bias = Uniform([filters], -1, 1, seed: 3).requires_grad_(true);
        Tensor[] exact = [Exact(kernel.detach()).requires_grad_(true), Exact(bias.detach()).requires_grad_(true)];
        Tensor expected = functional.conv2d(Exact(input), exact[0], exact[1], strides: [stride, stride],
            padding: [Padding, Padding]);
        Tensor weights = Uniform(expected.shape, -1, 1, seed: 4);

        FillWithNaN();
        Tensor found = Cpu.Convolve(input, kernel, bias, Both(stride), Both(Padding), isTraining: true);
        AreNear(found, expected, 1e-5);
        FillWithNaN();
        foreach ((Tensor wanted, Tensor given) in Gradients(expected, Exact(weights), exact)
            .Zip(Gradients(found, weights, [kernel, bias])))
            AreNear(given, wanted, 1e-5);
    }

    // On processors with vectors of 256 bits torch computes these wrongly where channels lie innermost.
    [Test]
    public void Any_number_of_filters_is_right([Values(2, 17)] int channels,
        [Values(36, 40, 48, 72, 80, 104)] int filters, [Values(1, 2, 3, 5)] int width) =>
        Agree([2, channels, 3, width], [filters, channels, 3, 3], [filters],
            (input, kernel, bias) => Cpu.Convolve(input, kernel, bias, [1, 1], [1, 1], isTraining: true),
            (input, kernel, bias) => functional.conv2d(input, kernel, bias, padding: [1, 1]));

    [Test]
    public void Any_number_of_filters_is_right_backward([Values(2, 40)] int channels,
        [Values(36, 40, 48, 72, 80, 104)] int filters, [Values(1, 2, 3, 5)] int width) =>
        Agree([2, filters, 3, width], [filters, channels, 3, 3], [channels],
            (input, kernel, bias) => Cpu.ConvolveTransposed(input, kernel, bias, [1, 1], [1, 1], [0, 0]),
            (input, kernel, bias) => functional.conv_transpose2d(input, kernel, bias, padding: [1, 1]));

    // What managed code does not compute, torch does with a second channel of zeros.
    [Test]
    public void One_channel_of_other_numbers_is_that_of_torch([ValueSource(nameof(Geometries))] int[] geometry)
    {
        (int size, int stride, int padding, int extra, int height, int width) = Read(geometry);
        Agree([Pictures, 1, height, width], [3, 1, size, size], [3],
            (input, kernel, bias) =>
            Cpu.Convolve(Exact(input), Exact(kernel), Exact(bias), Both(stride), Both(padding), isTraining: true),
            (input, kernel, bias) =>
                functional.conv2d(input, kernel, bias, strides: [stride, stride], padding: [padding, padding]));
        Agree([Pictures, 3, height, width], [3, 1, size, size], [1],
            (input, kernel, bias) =>
            Cpu.ConvolveTransposed(Exact(input), Exact(kernel), Exact(bias), Both(stride), Both(padding),
                [extra, extra]),
            (input, kernel, bias) => functional.conv_transpose2d(input, kernel, bias, strides: [stride, stride],
                padding: [padding, padding], output_padding: [extra, extra]));
    }

    [Test]
    public void Sums_of_many_pictures_are_those_of_torch()
    {
        // More than eight in a part, and a rest for the last.
        Agree([1100, 1, 4, 5], [8, 1, 3, 3], [8],
            (input, kernel, bias) =>
            Cpu.Convolve(input, kernel, bias, [1, 1], [1, 1], isTraining: true),
            (input, kernel, bias) => functional.conv2d(input, kernel, bias, padding: [1, 1]));
        Agree([1100, 8, 4, 5], [8, 1, 3, 3], [1],
            (input, kernel, bias) => Cpu.ConvolveTransposed(input, kernel, bias, [1, 1], [1, 1], [0, 0]),
            (input, kernel, bias) => functional.conv_transpose2d(input, kernel, bias, padding: [1, 1]));
    }

    // A kernel over a whole picture, many filters, a large batch: 64 parts with sums of 784 x 512 numbers.
    [TestCase(28, 65_536, 512, 0, true)]
    [TestCase(1000, 512, 8, 0, true)]
    // The sums of all parts.
    [TestCase(1000, 512, 16, 0, false)]
    [TestCase(1000, 8, 16, 0, true)]
    // Pictures, features and padding.
    [TestCase(1000, 537, 8, 0, false)]
    [TestCase(1, 16_777_216, 32, 0, false)]
    [TestCase(1, 1, 8, 12_000, false)]
    public void What_takes_more_than_a_span_can_hold_is_left_to_torch(int size, long count, long filters,
        int padding, bool hasRoom)
    {
        var geometry = new OneChannelGeometry((size, size), (1, 1), size, stride: 1, padding);

        Assert.That(OneChannelBatch.HasRoomFor(geometry, count, filters), Is.EqualTo(hasRoom));
    }

    [Test]
    public void What_is_no_number_stays_none()
    {
        Tensor picture = Uniform([1, 1, 5, 5]);
        picture[0, 0, 2, 2] = float.NaN;
        Tensor features = Cpu.Convolve(picture, Uniform([8, 1, 3, 3]), zeros(8), [1, 1], [1, 1],
            isTraining: true);
        Tensor back = Cpu.ConvolveTransposed(features, Uniform([8, 1, 3, 3]), zeros(1), [1, 1], [1, 1], [0, 0]);

        Assert.That((features[0, 0].isnan().sum().item<long>(), back.isnan().sum().item<long>()), Is.EqualTo((9, 25)));
    }

    [Test]
    public void The_bits_do_not_depend_on_the_threads()
    {
        float[] one = Bits(1);

        Assert.That(Bits(2), Is.EqualTo(one));

        static float[] Bits(int threads)
        {
            using ThreadLimit? limit = ThreadLimit.Set(threads);
            Tensor kernel = Uniform([16, 1, 3, 3], seed: 2).requires_grad_(true);
            Tensor features = Cpu.Convolve(Uniform([40, 1, 9, 9]), kernel, zeros(16), [2, 2], [1, 1],
                isTraining: true);
            Tensor back = Cpu.ConvolveTransposed(features, kernel, zeros(1), [2, 2], [1, 1], [0, 0]);
            return [.. back.Floats(), .. autograd.grad([back.sin().sum()], [kernel])[0].Floats()];
        }
    }

    [TestCase(true, true)]
    [TestCase(true, false)]
    [TestCase(false, false)]
    public void Nothing_stays_kept_for_the_way_back(bool hasGradients, bool goesBack)
    {
        Tensor picture = Uniform([3, 1, 6, 6]);
        Tensor kernel = Uniform([8, 1, 3, 3]).requires_grad_(true);
        int before = LiveNodes.Settled();

        using (NewDisposeScope())
        using (set_grad_enabled(hasGradients))
        {
            Tensor features = Cpu.Convolve(picture, kernel, zeros(8), [1, 1], [1, 1],
                isTraining: true);
            Tensor back = Cpu.ConvolveTransposed(features, kernel, zeros(1), [1, 1], [1, 1], [0, 0]);
            Assert.That(LiveNodes.Now - before, Is.EqualTo(hasGradients ? 2 : 0));
            if (goesBack)
                autograd.grad([back.sum()], [kernel]);
        }

        Assert.That(LiveNodes.Now, Is.EqualTo(before));
    }

    private static void Agree(long[] inputShape, long[] kernelShape, long[] biasShape,
        Func<Tensor, Tensor, Tensor, Tensor> ours, Func<Tensor, Tensor, Tensor, Tensor> theirs)
    {
        using Generator random = new(1);
        Tensor[] arguments = [.. new[] { inputShape, kernelShape, biasShape }
            .Select(shape => randn(shape, generator: random, requires_grad: true))];
        // In float64, for which torch has kernels of its own.
        Tensor[] exact = [.. arguments.Select(argument => Exact(argument.detach()).requires_grad_(true))];
        Tensor expected = theirs(exact[0], exact[1], exact[2]);
        Tensor found = ours(arguments[0], arguments[1], arguments[2]);
        Assert.That(found.shape, Is.EqualTo(expected.shape));
        AreNear(found, expected, 1e-5);

        // A different weight on each output, so that a gradient in the wrong place is seen.
        Tensor weights = randn(expected.shape, generator: random);
        foreach ((Tensor wanted, Tensor given) in Gradients(expected, Exact(weights), exact)
            .Zip(Gradients(found, weights, arguments)))
            AreNear(given, wanted, 1e-5);
    }

    private static long[] Both(int number) => [number, number];

    /// <summary>What memory may have held before tensors get it.</summary>
    private static void FillWithNaN()
    {
        for (int numbers = 1 << 10; numbers < 1 << 18; numbers *= 4)
            full(numbers, float.NaN).Dispose();
    }

    private static Tensor Exact(Tensor tensor) => tensor.to(ScalarType.Float64);

    /// <summary>Sums of many numbers around 1, in another order.</summary>
    private static void AreNear(Tensor found, Tensor expected, double share) =>
        Assert.That(found.Doubles(), Is.EqualTo(expected.Doubles())
            .Within(share * Math.Max(1, expected.abs().max().item<double>())));

    private static IList<Tensor> Gradients(Tensor output, Tensor weights, Tensor[] arguments) =>
        autograd.grad([(output * weights).sum()], arguments);

    private static (int Size, int Stride, int Padding, int Extra, int Height, int Width) Read(int[] geometry) =>
        (geometry[0], geometry[1], geometry[2], geometry[3], geometry[4], geometry[5]);
}
